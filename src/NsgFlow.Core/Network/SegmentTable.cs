using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NsgFlow.Network;

/// <summary>
/// Finds the segment of an IPv4 address. By its upper 16 bits it has either the value, when they share one, or a block of the
/// segments that begin within them: the lower halves of their first addresses, side by side in some cache line.
/// </summary>
internal sealed class SegmentTable
{
    // Not negative: the place in _lows at which the block begins. Negative: the value's complement.
    private readonly int[] _blocks = new int[1 << 16];

    // Each block begins with the number of segments behind the first, whose own lower half is always 0.
    private readonly ushort[] _lows;
    private readonly int[] _values;

    public SegmentTable(List<PrefixSegment> segments)
    {
        var lows = new List<ushort>();
        var values = new List<int>();
        var next = 0;
        var value = -1;
        for (var upper = 0u; upper < 1 << 16; upper++)
        {
            var block = lows.Count;
            if (next < segments.Count && segments[next].First.V4 == upper << 16)
            {
                value = segments[next++].Value;
            }

            if (next == segments.Count || segments[next].First.V4 >> 16 != upper)
            {
                _blocks[upper] = ~value;
                continue;
            }

            _blocks[upper] = block;
            lows.Add(0);
            values.Add(value);
            for (; next < segments.Count && segments[next].First.V4 >> 16 == upper; next++)
            {
                value = segments[next].Value;
                lows.Add((ushort)segments[next].First.V4);
                values.Add(value);
            }

            lows[block] = (ushort)(lows.Count - block - 1);
        }

        _lows = lows.ToArray();
        _values = values.ToArray();
    }

    [MethodImpl(Hot.Path)]
    public int Find(uint address)
    {
        var block = _blocks[address >> 16];
        if (block < 0)
        {
            return ~block;
        }

        // Which way the search goes is a coin toss that no predictor can guess, so the step is taken by a mask rather than a jump.
        var lows = _lows;
        int count = lows[block];
        var low = (int)(address & 0xFFFF);
        var at = block;
        while (count > 0)
        {
            var half = (count + 1) >> 1;
            at += half & ~((low - lows[at + half]) >> 31);
            count -= half;
        }

        return _values[at];
    }
}
