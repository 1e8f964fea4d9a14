namespace NsgFlow.Network;

/// <summary>Searches a block of <see cref="SegmentTable"/>.</summary>
internal static class SegmentSearch
{
    /// <summary>The place of the block's last half up to one; the place before them when all are greater.</summary>
    public static int Find(short[] lows, int block, short low)
    {
        int count = unchecked((ushort)lows[block]);
        var begin = block + 1 + (count is > SegmentTable.Chunk and <= SegmentTable.MostChunked ? SegmentTable.Chunk : 0);
        return SegmentTable.Find(lows, begin, count, low);
    }
}
