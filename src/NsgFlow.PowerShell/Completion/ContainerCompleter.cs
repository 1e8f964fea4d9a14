using System.Collections;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Completion;

/// <summary>The containers Azure writes flow logs to.</summary>
internal sealed class ContainerCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string? Tip)> Names(IDictionary bound) =>
    [
        ("insights-logs-networksecuritygroupflowevent", "NSG flow logs"),
        ("insights-logs-flowlogflowevent", "virtual network flow logs"),
    ];
}
