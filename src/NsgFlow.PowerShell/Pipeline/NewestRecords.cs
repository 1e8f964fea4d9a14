using System;
using System.Collections.Generic;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Keeps the newest so many records of a stream, and gives them in the order they came. Memory is twice that number.</summary>
internal sealed class NewestRecords
{
    private readonly int _count;
    private readonly List<(long Order, FlowRecord Record)> _kept = [];
    private long _next;

    public NewestRecords(int count) => _count = count;

    /// <summary>How many are kept, at most as many as asked for.</summary>
    public int Count => Math.Min(_kept.Count, _count);

    public void Add(FlowRecord record)
    {
        _kept.Add((_next++, record));
        if (_kept.Count >= 2L * Math.Max(_count, 512))
            Trim();
    }

    /// <summary>The newest, in the order they came.</summary>
    public IReadOnlyList<FlowRecord> ToList()
    {
        Trim();
        _kept.Sort(static (left, right) => left.Order.CompareTo(right.Order));
        return _kept.ConvertAll(static kept => kept.Record);
    }

    private void Trim()
    {
        if (_kept.Count <= _count)
            return;
        // Newest first; of the same moment the one that came last.
        _kept.Sort(static (left, right) => left.Record.Tuple.UnixMilliseconds != right.Record.Tuple.UnixMilliseconds
            ? right.Record.Tuple.UnixMilliseconds.CompareTo(left.Record.Tuple.UnixMilliseconds)
            : right.Order.CompareTo(left.Order));
        _kept.RemoveRange(_count, _kept.Count - _count);
    }
}
