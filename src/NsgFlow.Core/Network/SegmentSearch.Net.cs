using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NsgFlow.Network;

/// <summary>Searches a block of <see cref="SegmentTable"/>.</summary>
internal static class SegmentSearch
{
    /// <summary>The place of the block's last half up to one; the place before them when all are greater.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Find(short[] lows, int block, short low)
    {
        int count = unchecked((ushort)lows[block]);
        if (count <= SegmentTable.Chunk)
        {
            return block + CountUpTo(lows, block + 1, count, low);
        }

        if (count > SegmentTable.MostChunked)
        {
            return SegmentTable.Find(lows, block + 1, count, low);
        }

        // When even the first of the first chunk is greater, so are all in it, and nothing is counted.
        var chunks = (count + SegmentTable.Chunk - 1) / SegmentTable.Chunk;
        var skipped = SegmentTable.Chunk * int.Max(CountUpTo(lows, block + 1, chunks, low) - 1, 0);
        var begin = block + 1 + SegmentTable.Chunk + skipped;
        return begin - 1 + CountUpTo(lows, begin, int.Min(count - skipped, SegmentTable.Chunk), low);
    }

    /// <summary>How many of up to sixteen are not greater; they are sorted. What follows them may be anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountUpTo(short[] lows, int begin, int count, short low)
    {
        // The table has a chunk more than it needs, so this never reads beyond it.
        var chunk = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(lows), (nuint)begin);
        var isGreater = Vector256.GreaterThan(chunk, Vector256.Create(low)).AsByte().ExtractMostSignificantBits();
        return BitOperations.TrailingZeroCount(isGreater | (1UL << (2 * count))) >> 1;
    }
}
