using System;
using System.Collections.Generic;
using NsgFlow.Parsing;

namespace NsgFlow.Unit.Parsing;

/// <summary>Keeps flow records as users see them.</summary>
public sealed class KeepingSink : IFlowSink
{
    public List<FlowRecord> Records { get; } = [];

    public List<FlowIssue> Issues { get; } = [];

    public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
    {
        foreach (ref readonly var tuple in tuples)
            Records.Add(new FlowRecord(tuple, group));
    }

    public void Report(FlowIssue issue) => Issues.Add(issue);
}
