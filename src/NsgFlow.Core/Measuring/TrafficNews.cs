using System;
using System.Collections.Generic;
using NsgFlow.Parsing;

namespace NsgFlow.Measuring;

/// <summary>What there is to say while a measurement reads: how far it is, or that a blob has been read.</summary>
public sealed class TrafficNews
{
    /// <summary>The blob that was read to its end; null when this only tells how far it is.</summary>
    public FlowBlob? Blob { get; init; }

    /// <summary>Damage in the blob.</summary>
    public IReadOnlyList<FlowIssue> Issues { get; init; } = [];

    /// <summary>Why the blob could not be read to its end; null when it could.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Counts of the blob.</summary>
    public FlowReadCounts Counts { get; init; }

    /// <summary>Bytes of all blobs read so far.</summary>
    public long Bytes { get; init; }

    /// <summary>Tuples of all blobs read so far, those the filter dropped included.</summary>
    public long Tuples { get; init; }
}
