using System;
using System.Collections.Generic;

namespace NsgFlow.Blobs;

/// <summary>What reading a part of a blob brought.</summary>
public sealed class FlowRange
{
    /// <summary>Bytes in the buffer.</summary>
    public required int Count { get; init; }

    /// <summary>Length of the whole blob.</summary>
    public required long Length { get; init; }

    /// <summary>State the bytes belong to.</summary>
    public required string ETag { get; init; }

    /// <summary>Last change of that state, UTC; null when the store does not say.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>MD5 of the whole blob, where its writer gave one. Azure gives none for flow logs; tools that copy blobs do.</summary>
    public IReadOnlyList<byte>? ContentMd5 { get; init; }
}
