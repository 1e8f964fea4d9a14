using System;
using System.Threading;

namespace NsgFlow.Blobs;

/// <summary>
/// A store whose blobs can be read in part, block by block: Azure appends a block a minute, so whoever has what was there before need
/// read no more than what is new. Safe for many threads. Failures are <see cref="NsgFlowException"/>.
/// </summary>
public interface IFlowBlockStore : IFlowBlobStore
{
    /// <summary>What a blob is made of now.</summary>
    FlowBlockList Blocks(FlowBlob blob, CancellationToken cancellation);

    /// <summary>Reads bytes as they are stored (a packed blob stays packed), checked against the hash that the store gives where it gives one.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="offset">First byte wanted.</param>
    /// <param name="buffer">Filled, unless the blob ends before. After an exception, a cancellation included, it must not be used again.</param>
    /// <param name="etag">State the blob must be in; null for any.</param>
    /// <param name="cancellation">Ends the reading, even while a service is silent.</param>
    /// <returns>Null when the blob is in another state.</returns>
    FlowRange? Read(FlowBlob blob, long offset, ArraySegment<byte> buffer, string? etag, CancellationToken cancellation);
}
