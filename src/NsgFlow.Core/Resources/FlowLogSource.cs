using System.Collections.Generic;

namespace NsgFlow.Resources;

/// <summary>A container that flow logs write to.</summary>
public sealed class FlowLogSource
{
    /// <summary>ARM id of the storage account.</summary>
    public required string StorageId { get; init; }

    /// <summary>The account's blob endpoint as the account itself says; null when it may not be asked, then name and cloud must do.</summary>
    public string? BlobEndpoint { get; init; }

    /// <summary>Name of the container.</summary>
    public required string Container { get; init; }

    /// <summary>The flow logs that write there, and that are wanted: blobs of others need not be opened.</summary>
    public required IReadOnlyList<FlowLog> FlowLogs { get; init; }

    /// <summary>Name of the storage account.</summary>
    public string Account => new ResourceId(StorageId).Name ?? string.Empty;

    /// <summary>Account and container.</summary>
    public override string ToString() => Account + "/" + Container;
}
