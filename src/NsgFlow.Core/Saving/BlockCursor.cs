using System.Collections.Generic;
using NsgFlow.Blobs;

namespace NsgFlow.Saving;

/// <summary>How far a blob was read, in blocks.</summary>
internal sealed class BlockCursor
{
    public BlockCursor(FlowBlockList list, int blocks)
    {
        List = list;
        for (Index = 0; Index < blocks; Index++)
            Offset += list.Blocks[Index].Size;
        Left = Size(Index);
    }

    /// <summary>What is read.</summary>
    public FlowBlockList List { get; private set; }

    /// <summary>The block that is read.</summary>
    public int Index { get; private set; }

    /// <summary>Bytes of it that are missing.</summary>
    public long Left { get; private set; }

    /// <summary>Bytes before the next one to read.</summary>
    public long Offset { get; private set; }

    public bool IsAtEnd => Index >= List.Blocks.Count;

    private IReadOnlyList<FlowBlock> Blocks => List.Blocks;

    /// <summary>
    /// Goes on in a later state, if what was read is part of that too: the blob has only grown, and its old closing block, in the place of
    /// which there is something else now, was not begun.
    /// </summary>
    public bool TryFollow(FlowBlockList later)
    {
        if (!later.Continues(Blocks) || Index > Blocks.Count - 1 || (Index == Blocks.Count - 1 && Left < Size(Index)))
            return false;
        var done = Size(Index) - Left;
        List = later;
        Left = Size(Index) - done;
        return true;
    }

    /// <summary>Notes bytes of the current block.</summary>
    public void Advance(int count)
    {
        Offset += count;
        Left -= count;
    }

    /// <summary>Goes to the next block.</summary>
    public void Next()
    {
        Index++;
        Left = Size(Index);
    }

    private long Size(int index) => index < Blocks.Count ? Blocks[index].Size : 0;
}
