using System;
using System.Collections.Generic;
using NsgFlow.Parsing;

namespace NsgFlow.Following;

/// <summary>Makes a record of every tuple and keeps them until they are taken: whole entries only, so that a batch ends where a position is.</summary>
internal sealed class EntryCollector : IFlowSink
{
    private List<FlowRecord> _records = [];
    private List<FlowIssue> _issues = [];

    /// <summary>Records and issues that wait.</summary>
    public int Count => _records.Count + _issues.Count;

    public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
    {
        foreach (ref readonly var tuple in tuples)
            _records.Add(new FlowRecord(tuple, group));
    }

    public void Report(FlowIssue issue) => _issues.Add(issue);

    public (IReadOnlyList<FlowRecord> Records, IReadOnlyList<FlowIssue> Issues) Take()
    {
        var taken = (_records, _issues);
        (_records, _issues) = ([], []);
        return taken;
    }
}
