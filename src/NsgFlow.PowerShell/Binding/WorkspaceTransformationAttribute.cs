using System;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Binding;

/// <summary>Workspaces: names, ARM ids and customer ids as text, or objects that have one of the ids (of Az, of Get-NsgFlowLog).</summary>
internal sealed class WorkspaceTransformationAttribute : ItemsTransformationAttribute
{
    // What leads to the workspace without asking for it comes first.
    private static readonly string[] s_properties = ["CustomerId", "WorkspaceId", "WorkspaceResourceId", "ResourceId", "Id"];

    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var given = PSObject.AsPSObject(item);
        var text = given.BaseObject is string or Guid ? TextOf(given.BaseObject)
            : s_properties.Select(name => given.Properties[name]?.Value).FirstOrDefault(static one => one is not null) is { } id ? TextOf(id)
            : null;
        value = text?.Trim() ?? string.Empty;
        return text is null ? $"A {given.TypeNames[0]} is no workspace: give a name, an ARM id, a customer id, or an object with a property CustomerId or ResourceId."
            : text.Trim().Length == 0 ? "An empty text names no workspace."
            : null;
    }

    /// <summary>The PSObject, for its properties.</summary>
    protected override object Prepared(object given, object value) => given;
}
