using System.Linq;
using NsgFlow.Blobs;
using NsgFlow.Saving;

namespace NsgFlow.Following;

/// <summary>What is to be read of a blob: bytes of one state of it, which are still to be had when it has grown since.</summary>
internal sealed class BlobPlan
{
    // The closing block is "]}"; one that is longer is no closing block but holds data.
    private const long LongestCloser = 16;

    public BlobPlan(FlowBlockList list, string? etag, long length)
    {
        List = list;
        State = etag?.Trim('"');
        ETag = etag;
        Length = length;
    }

    /// <summary>What a listing tells, without a further request.</summary>
    public static BlobPlan AsListed(FlowBlob blob) => new(new FlowBlockList(null, []), MirrorState.TagOf(blob), blob.Length);

    /// <summary>Its blocks; empty where they are not known, or the blob was written in one piece.</summary>
    public FlowBlockList List { get; }

    /// <summary>Whether the blocks are known.</summary>
    public bool HasBlocks => List.Blocks.Count > 0;

    /// <summary>State the plan was made for, as <see cref="MirrorState.TagOf"/> writes it.</summary>
    public string? State { get; }

    /// <summary>State the blob is in, as far as known.</summary>
    public string? ETag { get; set; }

    public long Length { get; }

    /// <summary>Up to where there are entries, as far as the blocks tell: the closing one will be another one when the blob grows.</summary>
    public long DataEnd => HasBlocks && List.Blocks[List.Blocks.Count - 1].Size is var last and <= LongestCloser ? Length - last : Length;

    /// <summary>How many blocks, but for the last, lie wholly before an offset.</summary>
    public int BlocksBefore(long offset)
    {
        var count = 0;
        while (count < List.Blocks.Count - 1 && (offset -= List.Blocks[count].Size) >= 0)
            count++;
        return count;
    }

    /// <summary>Takes a later state of the blob, if everything up to <paramref name="end"/> is the same in it.</summary>
    public bool TryFollow(FlowBlockList later, long end)
    {
        if (List.Blocks.Take(later.CommonWith(List.Blocks)).Sum(static block => block.Size) < end)
            return false;
        ETag = later.ETag;
        return true;
    }
}
