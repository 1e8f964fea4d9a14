using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NsgFlow.Network;

/// <summary>
/// Finds the segment of an IPv4 address. By its upper 16 bits it has either the value, when they share one, or a block of the
/// segments that begin within them: the lower halves of their first addresses, side by side.
/// </summary>
/// <remarks>
/// A block begins with the number of its segments but the first, whose own lower half is always 0. The other lower halves follow. When
/// there are more than <see cref="Chunk"/> and up to <see cref="MostChunked"/>, every sixteenth of them comes first, as a chunk of its
/// own: two comparisons of sixteen at once then find one in 256, always by the same steps, while a search's number of steps would be
/// anybody's guess. Halves are signed numbers with the order of the unsigned ones, since those are what can be compared at once.
/// </remarks>
internal sealed class SegmentTable
{
    /// <summary>How many halves are compared at once.</summary>
    public const int Chunk = 16;

    /// <summary>How many a block with a chunk of every sixteenth may have.</summary>
    public const int MostChunked = Chunk * Chunk;

    // Not negative: the place in _lows at which the block begins. Negative: the value's complement.
    private readonly int[] _blocks = new int[1 << 16];
    private readonly short[] _lows;

    // The first segment's value stands before those of the block's halves, each at its half's place.
    private readonly int[] _values;

    public SegmentTable(List<PrefixSegment> segments)
    {
        var lows = new List<short>();
        var values = new List<int>();
        var next = 0;
        var value = -1;
        for (var upper = 0u; upper < 1 << 16; upper++)
        {
            if (next < segments.Count && segments[next].First.V4 == upper << 16)
            {
                value = segments[next++].Value;
            }

            var begin = next;
            while (next < segments.Count && segments[next].First.V4 >> 16 == upper)
            {
                next++;
            }

            if (begin == next)
            {
                _blocks[upper] = ~value;
                continue;
            }

            _blocks[upper] = lows.Count;
            AddBlock(lows, values, value, segments.GetRange(begin, next - begin));
            value = segments[next - 1].Value;
        }

        // A chunk is read whole, also where the last block ends within it.
        lows.AddRange(new short[Chunk]);
        _lows = lows.ToArray();
        _values = values.ToArray();
    }

    [MethodImpl(Hot.Path)]
    public int Find(uint address)
    {
        var block = _blocks[address >> 16];
        return block < 0 ? ~block : _values[SegmentSearch.Find(_lows, block, Signed(address))];
    }

    /// <summary>The search where nothing is compared at once: the place of the last of the halves up to one, or the place before them.</summary>
    public static int Find(short[] lows, int begin, int count, short low)
    {
        // Which way it goes is a coin toss that no predictor can guess, so the step is taken by a mask rather than a jump.
        var at = begin - 1;
        while (count > 0)
        {
            var half = (count + 1) >> 1;
            at += half & ~((low - lows[at + half]) >> 31);
            count -= half;
        }

        return at;
    }

    private static short Signed(uint address) => unchecked((short)((address & 0xFFFF) ^ 0x8000));

    private static void AddBlock(List<short> lows, List<int> values, int first, List<PrefixSegment> segments)
    {
        lows.Add(unchecked((short)segments.Count));
        if (segments.Count is > Chunk and <= MostChunked)
        {
            for (var i = 0; i < MostChunked; i += Chunk)
            {
                lows.Add(i < segments.Count ? Signed(segments[i].First.V4) : (short)0);
                values.Add(first);
            }
        }

        values.Add(first);
        foreach (var segment in segments)
        {
            lows.Add(Signed(segment.First.V4));
            values.Add(segment.Value);
        }
    }
}
