using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>Which flow log of the new kind logs what, where several cover it: that of the interface before the subnet's, and that before the network's.</summary>
internal sealed class FlowLogPrecedence
{
    private readonly Dictionary<ResourceId, FlowLog> _logs = [];

    /// <param name="logs">Flow logs; those of NSGs do not count, since they log besides.</param>
    public FlowLogPrecedence(IEnumerable<FlowLog> logs)
    {
        foreach (var log in logs.Where(static log => log.Kind == FlowLogKind.VirtualNetwork))
            _logs[new ResourceId(log.TargetResourceId)] = log;
    }

    /// <summary>The flow log on a target itself, or null: there is one at most.</summary>
    public FlowLog? On(ResourceId target) => _logs.TryGetValue(target, out var log) ? log : null;

    /// <summary>The flow logs over an interface, or over a subnet when none is given; the first that is enabled writes.</summary>
    public IEnumerable<FlowLog> Over(LayoutSubnet subnet, LayoutNic? nic)
    {
        if (nic is not null && On(nic.Id) is { } own)
            yield return own;
        if (On(subnet.Id) is { } ofSubnet)
            yield return ofSubnet;
        if (On(subnet.Network.Id) is { } ofNetwork)
            yield return ofNetwork;
    }

    /// <summary>The flow log that writes an interface's flows, or null.</summary>
    public FlowLog? Of(LayoutNic nic) => Over(nic.Subnet, nic).FirstOrDefault(static log => log.Enabled);
}
