using System;
using System.Collections;
using System.IO;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Binding;

/// <summary>
/// Text, or files and folders as objects, whose names are then taken as they are. Nothing else is a path: without this, PowerShell
/// would bind the text of any object from the pipeline (of a network security group, say).
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class PathTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = Unwrap(inputData);
        // They come by the million, and an exception for each would cost more than all the rest.
        if (value is FlowRecord)
            return NoPath.Instance;
        if (value is null or string or not IEnumerable)
            return value is null ? null : TextOf(value);
        var paths = new ArrayList();
        foreach (var item in (IEnumerable)value)
            paths.Add(TextOf(Unwrap(item)));
        return paths.ToArray(typeof(string));
    }

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string TextOf(object? item) => item switch
    {
        string text => text,
        PathInfo path => path.Path,
        FileSystemInfo file => WildcardPattern.Escape(file.FullName),
        // The inner exception tells the binder to try another parameter with an object from the pipeline.
        _ => throw new ArgumentTransformationMetadataException(
            $"{(item is null ? "Nothing" : "A " + item.GetType().Name)} is no path: give text, or files and folders.", new PSInvalidCastException()),
    };

    /// <summary>What no parameter of paths takes, also not as its text: the binder goes on to the next parameter without an exception.</summary>
    private sealed class NoPath
    {
        public static NoPath Instance { get; } = new();

        public override string ToString() => throw new PSInvalidCastException("A FlowRecord is no path: give text, or files and folders.");
    }
}
