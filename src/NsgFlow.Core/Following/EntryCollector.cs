using System;
using System.Collections.Generic;
using NsgFlow.Parsing;

namespace NsgFlow.Following;

/// <summary>Makes a record of every tuple and keeps them until they are taken: whole entries only, so that a batch ends where a position is.</summary>
/// <param name="taken">How many tuples were handed on before; those are left out.</param>
internal sealed class EntryCollector(int taken) : IFlowSink
{
    private List<FlowRecord> _records = [];
    private List<FlowIssue> _issues = [];

    /// <summary>Records and issues that wait.</summary>
    public int Count => _records.Count + _issues.Count;

    /// <summary>Tuples that came, those included that are left out.</summary>
    public int Accepted { get; private set; }

    public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
    {
        foreach (ref readonly var tuple in tuples)
        {
            if (Accepted++ >= taken)
                _records.Add(new FlowRecord(tuple, group));
        }
    }

    public void Report(FlowIssue issue) => _issues.Add(issue);

    public (IReadOnlyList<FlowRecord> Records, IReadOnlyList<FlowIssue> Issues) Take()
    {
        var taken = (_records, _issues);
        (_records, _issues) = ([], []);
        return taken;
    }
}
