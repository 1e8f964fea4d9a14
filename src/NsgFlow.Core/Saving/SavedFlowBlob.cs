using System;

namespace NsgFlow;

/// <summary>A blob and its copy in a folder, as Save-NsgFlowBlob left it.</summary>
public sealed class SavedFlowBlob
{
    /// <summary>Full path of the copy.</summary>
    public required string Path { get; init; }

    /// <summary>Name of the blob in its container, or full path of the file it came from.</summary>
    public required string Blob { get; init; }

    /// <summary>Storage account; null when it came from a file.</summary>
    public string? Account { get; init; }

    /// <summary>Container, which is also the first folder of the copy.</summary>
    public required string Container { get; init; }

    /// <summary>What was done.</summary>
    public required SavedFlowBlobStatus Status { get; init; }

    /// <summary>Why the copy was put there anew; null when it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>Bytes of the blob's content that were read from the store, repeated ones included.</summary>
    public long BytesDownloaded { get; init; }

    /// <summary>Bytes of the blob.</summary>
    public required long Length { get; init; }

    /// <summary>Bytes of the copy: fewer when it is packed.</summary>
    public required long FileLength { get; init; }

    /// <summary>NSG or virtual network flow log, told by the name; null when the name does not tell.</summary>
    public FlowLogKind? Kind { get; init; }

    /// <summary>Name of what is logged (NSG), or of the flow log (virtual network); null when the name does not tell.</summary>
    public string? Target { get; init; }

    /// <summary>MAC of the logging network interface; null when the name does not tell.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Start of the hour the blob covers, UTC; null when the name does not tell.</summary>
    public DateTime? Hour { get; init; }

    /// <summary>Last change of the blob, UTC; null when not known.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>True while Azure may still append to the blob.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The path of the copy.</summary>
    public override string ToString() => Path;
}
