using System;
using System.Collections;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Binding;

/// <summary>
/// Checks and converts the values of a parameter while it is bound, so that nonsense is refused before anything is read, with a
/// message about the value instead of about a .NET type. One value and a list of them are treated alike.
/// Not generic: .NET Framework does not support generic attributes.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal abstract class ItemsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Type of one value of the parameter.</summary>
    protected virtual Type ItemType => typeof(string);

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        // Null and empty lists are refused (or let pass) by the parameter's own validation.
        if (Unwrap(inputData) is not { } value)
            return inputData;
        var items = new ArrayList();
        if (value is not string && value is IEnumerable list)
        {
            foreach (var item in list)
                items.Add(Checked(item));
        }
        else
        {
            items.Add(Checked(inputData));
        }

        return items.ToArray(ItemType);
    }

    /// <summary>Converts one value.</summary>
    /// <param name="item">A value as <see cref="Prepared"/> leaves it.</param>
    /// <param name="value">The value of the parameter.</param>
    /// <returns>Why the value means nothing, as a sentence for people; null on success.</returns>
    protected abstract string? Convert(object item, out object value);

    /// <summary>What <see cref="Convert"/> gets of a value: it without its PSObject.</summary>
    /// <param name="given">As given, perhaps in a PSObject that knows the text of a number.</param>
    /// <param name="value">Without the PSObject.</param>
    protected virtual object Prepared(object given, object value) => value;

    /// <summary>The text of a value: as typed for strings, without culture for everything else.</summary>
    protected static string TextOf(object item) => LanguagePrimitives.ConvertTo<string>(item);

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private object Checked(object? item)
    {
        if (item is null || Unwrap(item) is not { } plain)
            throw new ArgumentTransformationMetadataException("A list of values must not have an empty ($null) one.");
        return Convert(Prepared(item, plain), out var value) is { } error ? throw new ArgumentTransformationMetadataException(error) : value;
    }
}
