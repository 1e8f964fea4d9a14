using NsgFlow.Saving;

namespace NsgFlow.Following;

/// <summary>How far a growing blob was read, so that whoever reads on from there gets each entry once.</summary>
public sealed record FlowBlobPosition
{
    /// <summary>Nothing was read yet.</summary>
    public static FlowBlobPosition Start { get; } = new();

    /// <summary>State of the blob that was read to its end; null when it was not, so that there is more to read.</summary>
    public string? State { get; init; }

    /// <summary>Length of the blob in that state, as it is stored.</summary>
    public long Length { get; init; }

    /// <summary>Behind the last entry that was handed on: the first byte to read. Counts unpacked bytes of a packed blob.</summary>
    public long Offset { get; init; }

    /// <summary>Committed blocks that lie wholly before the offset, without the last, which makes room for others.</summary>
    public int Blocks { get; init; }

    /// <summary>Tells whether those blocks are still the same.</summary>
    public string BlocksHash { get; init; } = string.Empty;

    /// <summary>How many bytes before the offset are known by <see cref="AnchorHash"/>.</summary>
    public int AnchorLength { get; init; }

    /// <summary>Tells whether the bytes before the offset are still the same, where the blocks do not.</summary>
    public string AnchorHash { get; init; } = string.Empty;

    /// <summary>Whether an entry was begun at the end of that state, for the rest of which one has to wait.</summary>
    public bool IsPending { get; init; }

    /// <summary>Whether what stands at the offset is the rest of something damaged, which was reported.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Whether the blob is packed (or UTF-16), so that it can be read from its beginning only.</summary>
    public bool IsPacked { get; init; }

    /// <summary>Since when it could not be read although others of its container could, UTC; null when it can.</summary>
    public System.DateTime? FailedSince { get; init; }

    /// <summary>How many of the tuples of the entry at the offset were handed on, since that was taken for cut for good; 0 when it was not.</summary>
    public int Taken { get; init; }

    /// <summary>When listings first did not have the blob any more; null while they have.</summary>
    public System.DateTime? UnlistedSince { get; init; }

    /// <summary>Whether the blob, as it was listed, has something new, or will not get the end that was waited for.</summary>
    internal bool IsDue(FlowBlob blob, bool mayGrow) => State is null || State != MirrorState.TagOf(blob) || Length != blob.Length || (IsPending && !mayGrow);
}
