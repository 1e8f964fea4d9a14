using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Rules seen in this session, and the default rules of every NSG.</summary>
internal sealed class RuleCompleter : NameCompleter
{
    private static readonly string[] _defaults =
    [
        "AllowAzureLoadBalancerInBound", "AllowInternetOutBound", "AllowVnetInBound", "AllowVnetOutBound", "DenyAllInBound", "DenyAllOutBound", "PlatformRule",
    ];

    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound)
    {
        foreach (var name in SeenNames.Rules.ToSorted())
            yield return (name, null);
        foreach (var name in _defaults)
            yield return (name, "default rule");
    }
}
