using System;
using System.Collections.Generic;
using NsgFlow.Parsing;

namespace NsgFlow.Reading;

/// <summary>
/// Some records of one blob, in their order. A blob gives any number of batches, the last of which has <see cref="IsLast"/>.
/// </summary>
public sealed class FlowRecordBatch
{
    /// <summary>The blob the records came from.</summary>
    public required FlowBlob Blob { get; init; }

    /// <summary>The records; may be empty.</summary>
    public IReadOnlyList<FlowRecord> Records { get; init; } = [];

    /// <summary>Damage found since the last batch.</summary>
    public IReadOnlyList<FlowIssue> Issues { get; init; } = [];

    /// <summary>Why the blob could not be read to its end (a <see cref="NsgFlowException"/> for a store's own errors); null when it could. Only with <see cref="IsLast"/>.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Counts of the blob so far; whole with <see cref="IsLast"/>.</summary>
    public FlowReadCounts Counts { get; init; }

    /// <summary>Where its blob is to be read on once this batch is done with; null unless the blob is followed.</summary>
    public Following.FlowBlobPosition? Position { get; init; }

    /// <summary>Why a followed blob is read again from its beginning, so that records come that came before; null when it is not.</summary>
    public string? Rewritten { get; init; }

    /// <summary>Whether the failure is that of the blob's container, of which no other blob was asked for, and is told for all of them.</summary>
    public bool IsOfContainer { get; init; }

    /// <summary>True when nothing more comes from this blob.</summary>
    public bool IsLast { get; init; }
}
