using System;
using NsgFlow.Bench.Data;
using NsgFlow.Parsing;

namespace NsgFlow.Bench.Compare;

/// <summary>
/// Bytes by source address in a small open-addressing table; the whole cost of an answer besides reading. The contenders that
/// parse tuples themselves use it too, so that only the reading differs.
/// </summary>
internal sealed class SourceBytes : IFlowSink
{
    private FlowAddress[] _keys = new FlowAddress[16 * 1024];
    private long[] _bytes = new long[16 * 1024];
    private bool[] _isUsed = new bool[16 * 1024];
    private int _count;
    private long _tuples;

    public Truth Answer
    {
        get
        {
            long sum = 0;
            long top = 0;
            foreach (var bytes in _bytes)
            {
                sum += bytes;
                top = Math.Max(top, bytes);
            }

            return new Truth(_tuples, 0, _count, sum, top);
        }
    }

    public void Clear()
    {
        Array.Clear(_isUsed);
        Array.Clear(_bytes);
        _count = 0;
        _tuples = 0;
    }

    public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
    {
        _tuples += tuples.Length;
        foreach (ref readonly var tuple in tuples)
            Add(tuple.Source, Math.Max(0, tuple.BytesSent) + Math.Max(0, tuple.BytesReceived));
    }

    public void AddTuple(FlowAddress source, long bytes)
    {
        _tuples++;
        Add(source, bytes);
    }

    public void Report(FlowIssue issue) => throw new InvalidOperationException("A made file has no damage, but: " + issue.Reason);

    private void Add(FlowAddress source, long bytes)
    {
        var slot = source.GetHashCode() & (_keys.Length - 1);
        while (_isUsed[slot])
        {
            if (_keys[slot] == source)
            {
                _bytes[slot] += bytes;
                return;
            }

            slot = (slot + 1) & (_keys.Length - 1);
        }

        _isUsed[slot] = true;
        _keys[slot] = source;
        _bytes[slot] = bytes;
        if (++_count > _keys.Length / 2)
            Grow();
    }

    private void Grow()
    {
        var (keys, bytes, isUsed) = (_keys, _bytes, _isUsed);
        _keys = new FlowAddress[2 * keys.Length];
        _bytes = new long[2 * keys.Length];
        _isUsed = new bool[2 * keys.Length];
        _count = 0;
        for (var i = 0; i < keys.Length; i++)
        {
            if (isUsed[i])
                Add(keys[i], bytes[i]);
        }
    }
}
