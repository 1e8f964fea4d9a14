using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>
/// Chooses the fewest virtual network, subnet and network interface flow logs that log what NSG flow logs did. It takes the widest target whose
/// interfaces were all logged, in one and the same way; since these targets lie within each other, no other choice has fewer.
/// An NSG flow log that cannot be replaced whole is left as it is, or its interfaces would be logged twice for good.
/// </summary>
internal sealed class FlowLogConversion
{
    private readonly NetworkLayout _layout;
    private readonly FlowLogPrecedence _networkLogs;
    private readonly bool _allowMore;

    /// <param name="layout">The virtual networks that the NSGs are in, whole.</param>
    /// <param name="networkLogs">The flow logs of virtual networks, subnets and interfaces that are there.</param>
    /// <param name="allowMore">Whether interfaces may be logged that were not.</param>
    public FlowLogConversion(NetworkLayout layout, IEnumerable<FlowLog> networkLogs, bool allowMore)
    {
        _layout = layout;
        _allowMore = allowMore;
        _networkLogs = new FlowLogPrecedence(networkLogs);
    }

    /// <summary>Plans.</summary>
    public FlowLogConversionPlan Plan(IEnumerable<FlowLog> nsgLogs)
    {
        var logs = nsgLogs.Where(static log => log.Kind == FlowLogKind.Nsg).OrderBy(static log => log.Id, StringComparer.OrdinalIgnoreCase).ToList();
        var kept = new List<(FlowLog Log, string Reason)>();
        while (true)
        {
            var round = new ConversionRound(_layout, _networkLogs, logs, _allowMore);
            round.Run();
            var stuck = logs.Where(log => round.WhyNot(log) is not null).ToList();
            if (stuck.Count == 0)
                return new FlowLogConversionPlan(round, logs, kept);
            kept.AddRange(stuck.Select(log => (log, round.WhyNot(log)!)));
            // What is left could be logged otherwise without these.
            logs.RemoveAll(stuck.Contains);
        }
    }
}
