using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.Azure.Storage;

/// <summary>The two requests that a consistent read needs; a seam, so that the reading can be tested against any history of a blob.</summary>
internal interface IBlobRanges
{
    /// <summary>
    /// Reads from an offset into a buffer until it is full or the blob ends.
    /// </summary>
    /// <param name="offset">First byte wanted.</param>
    /// <param name="buffer">Where to.</param>
    /// <param name="ifMatch">State the blob must be in; null for any.</param>
    /// <param name="cancellation">Ends the request.</param>
    /// <exception cref="BlobStateException">The blob is in another state.</exception>
    Task<RangeRead> ReadAsync(long offset, ArraySegment<byte> buffer, string? ifMatch, CancellationToken cancellation);

    /// <summary>The committed blocks, with the state they belong to.</summary>
    Task<BlockListRead> BlocksAsync(CancellationToken cancellation);
}

/// <summary>What a range request brought.</summary>
/// <param name="Count">Bytes in the buffer.</param>
/// <param name="Length">Length of the whole blob.</param>
/// <param name="ETag">State the bytes belong to.</param>
internal readonly record struct RangeRead(int Count, long Length, string ETag);

/// <summary>A committed block list.</summary>
/// <param name="ETag">State it belongs to; null when the service did not say.</param>
/// <param name="Blocks">Ids and sizes in order; empty for a blob that was not written in blocks.</param>
internal sealed record BlockListRead(string? ETag, IReadOnlyList<CommittedBlock> Blocks);

/// <summary>One committed block.</summary>
internal readonly record struct CommittedBlock(string Id, long Size);

/// <summary>The blob is not in the state asked for.</summary>
internal sealed class BlobStateException : Exception;
