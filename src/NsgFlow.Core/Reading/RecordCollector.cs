using System;
using System.Collections.Generic;
using NsgFlow.Parsing;

namespace NsgFlow.Reading;

/// <summary>A sink that makes a record of every tuple and hands them on in batches of bounded size.</summary>
internal sealed class RecordCollector : IFlowSink
{
    /// <summary>Records of a full batch: enough to make the hand-over cheap, few enough that the first come at once.</summary>
    public const int BatchSize = 1024;

    private readonly Action _full;
    private FlowRecord[] _records = [];
    private List<FlowIssue> _issues = [];
    private int _count;

    /// <summary>Makes a collector.</summary>
    /// <param name="full">Called when a batch is full; must take it.</param>
    public RecordCollector(Action full) => _full = full;

    public bool IsEmpty => _count == 0 && _issues.Count == 0;

    public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
    {
        foreach (ref readonly var tuple in tuples)
        {
            if (_count == _records.Length)
            {
                Grow();
            }

            _records[_count++] = new FlowRecord(tuple, group);
        }
    }

    public void Report(FlowIssue issue)
    {
        _issues.Add(issue);
        if (_issues.Count == BatchSize)
        {
            _full();
        }
    }

    /// <summary>The records since the last call.</summary>
    public ArraySegment<FlowRecord> TakeRecords()
    {
        var taken = new ArraySegment<FlowRecord>(_records, 0, _count);
        _records = [];
        _count = 0;
        return taken;
    }

    /// <summary>The issues since the last call.</summary>
    public IReadOnlyList<FlowIssue> TakeIssues()
    {
        if (_issues.Count == 0)
        {
            return [];
        }

        var taken = _issues;
        _issues = [];
        return taken;
    }

    private void Grow()
    {
        if (_count == BatchSize)
        {
            _full();
            _records = new FlowRecord[BatchSize];
        }
        else
        {
            Array.Resize(ref _records, _count == 0 ? 64 : Math.Min(BatchSize, 8 * _count));
        }
    }
}
