using System;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Blobs;

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
    Task<FlowBlockList> BlocksAsync(CancellationToken cancellation);
}

/// <summary>What a range request brought.</summary>
/// <param name="Count">Bytes in the buffer.</param>
/// <param name="Length">Length of the whole blob.</param>
/// <param name="ETag">State the bytes belong to.</param>
internal readonly record struct RangeRead(int Count, long Length, string ETag)
{
    /// <summary>MD5 of the bytes; null when it was not asked for, or the service did not say.</summary>
    public byte[]? Md5 { get; init; }

    /// <summary>MD5 of the whole blob; null when its writer gave none.</summary>
    public byte[]? ContentMd5 { get; init; }

    /// <summary>Last change of that state.</summary>
    public DateTimeOffset? LastModified { get; init; }
}

/// <summary>The blob is not in the state asked for.</summary>
internal sealed class BlobStateException : Exception;
