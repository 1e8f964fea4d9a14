namespace NsgFlow.Parsing;

/// <summary>What kind of damage a <see cref="FlowIssue"/> reports; the names are the ids of the errors users see.</summary>
public enum FlowIssueKind
{
    /// <summary>One tuple cannot be read; it is left out.</summary>
    FlowTupleInvalid,

    /// <summary>The JSON breaks inside or between entries; reading goes on at the next entry.</summary>
    FlowEntryDamaged,

    /// <summary>The input ends in the middle of an entry; everything before the cut came.</summary>
    FlowBlobTruncated,

    /// <summary>The input is no flow log at all.</summary>
    NotFlowLog,

    /// <summary>A limit against hostile input was reached (depth, string length, entry size).</summary>
    FlowLimitExceeded,

    /// <summary>More of the same blob's issues were found than are reported one by one.</summary>
    FlowIssuesSuppressed,
}

/// <summary>Damage found while reading: where, and why.</summary>
public sealed class FlowIssue
{
    /// <summary>What happened.</summary>
    public required FlowIssueKind Kind { get; init; }

    /// <summary>Name of the blob, path of the file, or another name of the input; empty when it has none.</summary>
    public required string Blob { get; init; }

    /// <summary>Byte offset in the (decompressed) input at which it was found.</summary>
    public required long Offset { get; init; }

    /// <summary>The reason in words, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>The text in question, cut to a line and without control characters; null when there is none.</summary>
    public string? Text { get; init; }

    /// <summary>The reason, the place, the text.</summary>
    public override string ToString() => $"{Reason} (byte {Offset}{(Blob.Length == 0 ? string.Empty : " of " + Blob)}){(Text is null ? string.Empty : ": " + Text)}";
}
