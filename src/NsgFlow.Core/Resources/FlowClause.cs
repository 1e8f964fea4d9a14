using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>What one property of a question came to.</summary>
internal sealed class FlowClause(string text, IReadOnlyList<FlowTarget> targets)
{
    public IReadOnlyList<FlowTarget> Targets => targets;

    /// <summary>Flow logs of any of them, each once.</summary>
    public IEnumerable<FlowLog> FlowLogs => targets.SelectMany(static target => target.FlowLogs).GroupBy(static log => new ResourceId(log.Id)).Select(static same => same.First());

    /// <summary>How logs call all of them.</summary>
    public ScopeResources ToScope() => new()
    {
        Text = text,
        Ids = [.. targets.SelectMany(static target => target.Ids)],
        NsgGuids = [.. targets.SelectMany(static target => target.NsgGuids)],
        MacAddresses = [.. targets.SelectMany(static target => target.Macs)],
        Parts = [.. targets.SelectMany(static target => target.Parts)],
        IsByMacAddress = targets.Count > 0 && targets.All(static target => target.Kind == ResourceKind.NetworkInterface && target.Macs.Count > 0),
    };
}
