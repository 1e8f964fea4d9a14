using System;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Binding;

/// <summary>ARM ids, wildcards allowed; kept as text. A name instead of an id would match nothing, and not say so.</summary>
internal sealed class ResourceIdTransformationAttribute : ItemsTransformationAttribute
{
    /// <inheritdoc/>
    protected override string? Convert(object item, out object value)
    {
        var text = TextOf(item).Trim();
        value = text;
        var isId = text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) || text.StartsWith("subscriptions/", StringComparison.OrdinalIgnoreCase);
        var isPattern = text.IndexOf('/') >= 0 && WildcardPattern.ContainsWildcardCharacters(text);
        return isId || isPattern ? null : $"'{text}' is no ARM id: it begins with /subscriptions/. For names there are -Nsg, -VirtualNetwork, -Subnet and -NetworkInterface.";
    }
}
