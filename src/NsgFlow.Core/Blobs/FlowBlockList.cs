using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Blobs;

/// <summary>
/// The committed blocks of a blob. In a flow log the first opens the JSON, the last closes it (<c>]}</c>), and each minute with traffic
/// puts one more before the last.
/// </summary>
public sealed class FlowBlockList
{
    /// <summary>Makes a list.</summary>
    /// <param name="etag">State it belongs to; null when the store does not say.</param>
    /// <param name="blocks">Blocks in order; empty for a blob that was written in one piece.</param>
    public FlowBlockList(string? etag, IReadOnlyList<FlowBlock> blocks)
    {
        ETag = etag;
        Blocks = blocks ?? throw new ArgumentNullException(nameof(blocks));
        Length = blocks.Sum(static block => block.Size);
    }

    /// <summary>State it belongs to; null when the store did not say.</summary>
    public string? ETag { get; }

    /// <summary>Blocks in order; empty for a blob that was written in one piece.</summary>
    public IReadOnlyList<FlowBlock> Blocks { get; }

    /// <summary>Bytes of all blocks.</summary>
    public long Length { get; }

    /// <summary>How many blocks at the beginning are those of an earlier list.</summary>
    public int CommonWith(IReadOnlyList<FlowBlock> earlier)
    {
        if (earlier is null)
        {
            throw new ArgumentNullException(nameof(earlier));
        }

        var most = Math.Min(earlier.Count, Blocks.Count);
        var common = 0;
        while (common < most && earlier[common] == Blocks[common])
        {
            common++;
        }

        return common;
    }

    /// <summary>
    /// Whether the blob has only grown since an earlier list: all blocks but the closing one are still there. One that was shortened
    /// or written anew has others; of one that was written in one piece nothing can be told.
    /// </summary>
    public bool Continues(IReadOnlyList<FlowBlock> earlier)
    {
        var common = CommonWith(earlier);
        return common > 0 && common >= earlier.Count - 1 && Blocks.Count >= earlier.Count;
    }
}
