using System;
using System.Collections.Generic;
using System.Threading;
using NsgFlow.Filtering;
using NsgFlow.Parsing;

namespace NsgFlow.Reading;

/// <summary>
/// Reads many blobs at once and gives their records in blob order, then position, whatever the parallelism. Memory is bounded:
/// at most <see cref="ThrottleLimit"/> blobs are open, each with a few batches waiting.
/// </summary>
public sealed class FlowRecordReader
{
    /// <summary>Which tuples are wanted.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.Everything;

    /// <summary>Limits against hostile input.</summary>
    public FlowReadLimits Limits { get; init; } = FlowReadLimits.Default;

    /// <summary>Most blobs read at the same time; at least 1.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>Reads the blobs. Ending the enumeration early, or cancelling, ends all reading at once.</summary>
    /// <param name="blobs">Blobs to read; enumerated on the caller's thread, only as far ahead as they are needed.</param>
    /// <param name="cancellation">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    public IEnumerable<FlowRecordBatch> Read(IEnumerable<FlowBlob> blobs, CancellationToken cancellation)
    {
        if (blobs is null)
        {
            throw new ArgumentNullException(nameof(blobs));
        }

        return OrderedJobs.Run(blobs, (blob, take, ending) => new BlobReading(blob, this, take).Run(ending), ThrottleLimit, cancellation);
    }
}
