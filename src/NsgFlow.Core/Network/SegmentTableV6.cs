using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NsgFlow.Network;

/// <summary>
/// Finds the segment of an IPv6 address: by the upper halves, and where several segments share theirs, by the lower ones. Nearly
/// all prefixes are of 64 bits or fewer.
/// </summary>
internal sealed class SegmentTableV6
{
    // The distinct upper halves at which segments begin, and for each the first of these segments; one more at the end.
    private readonly ulong[] _highs;
    private readonly int[] _begins;
    private readonly ulong[] _lows;
    private readonly int[] _values;

    public SegmentTableV6(List<PrefixSegment> segments)
    {
        var highs = new List<ulong>();
        var begins = new List<int>();
        _lows = new ulong[segments.Count];
        _values = new int[segments.Count];
        for (var i = 0; i < segments.Count; i++)
        {
            _lows[i] = segments[i].First.Low;
            _values[i] = segments[i].Value;
            if (highs.Count == 0 || highs[highs.Count - 1] != segments[i].First.High)
            {
                highs.Add(segments[i].First.High);
                begins.Add(i);
            }
        }

        begins.Add(segments.Count);
        _highs = highs.ToArray();
        _begins = begins.ToArray();
    }

    [MethodImpl(Hot.Path)]
    public int Find(in FlowAddress address)
    {
        var highs = _highs;
        var high = address.High;
        var at = 0;
        for (var count = highs.Length; count > 1;)
        {
            var half = count >> 1;
            at += half & Mask(highs[at + half], high);
            count -= half;
        }

        var begin = _begins[at];
        var end = _begins[at + 1];
        return _values[highs[at] == high ? LastAtMost(address.Low, begin, end) : end - 1];
    }

    /// <summary>The last segment up to the address; the one before the first when the address lies before it.</summary>
    private int LastAtMost(ulong low, int begin, int end)
    {
        var lows = _lows;
        var at = begin - 1;
        for (var count = end - begin; count > 0;)
        {
            var half = (count + 1) >> 1;
            at += half & Mask(lows[at + half], low);
            count -= half;
        }

        return at;
    }

    /// <summary>
    /// All ones when the first is not greater, else 0: the borrow of the subtraction, since a jump would be mispredicted every other time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Mask(ulong first, ulong second) =>
        unchecked((int)(((~second & first) | ((~second | first) & (second - first))) >> 63) - 1);
}
