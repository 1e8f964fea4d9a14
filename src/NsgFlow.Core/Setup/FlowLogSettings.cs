using System.Collections.Generic;

namespace NsgFlow.Setup;

/// <summary>What somebody wants a flow log to be. Null means: as it is, or the default for a new one.</summary>
public sealed record FlowLogSettings
{
    /// <summary>Whether it logs.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The flow log's name; null for Microsoft's (<c>{resource}-{group}-flowlog</c>), or that of the one that exists.</summary>
    public string? Name { get; init; }

    /// <summary>ARM id of the storage account.</summary>
    public string? StorageId { get; init; }

    /// <summary>Days that blobs are kept, 0 to 365; 0 for ever.</summary>
    public int? RetentionDays { get; init; }

    /// <summary>1 or 2; NSG flow logs only.</summary>
    public int? FormatVersion { get; init; }

    /// <summary>Records to write, of B, C, E and D; empty for all.</summary>
    public IReadOnlyList<string>? RecordTypes { get; init; }

    /// <summary>Flows to write, in Azure's language of filters; empty for all.</summary>
    public string? FilteringCriteria { get; init; }

    /// <summary>Whether Traffic Analytics is on.</summary>
    public bool? TrafficAnalytics { get; init; }

    /// <summary>The workspace of Traffic Analytics, as it is.</summary>
    public Workspace? Workspace { get; init; }

    /// <summary>Minutes, 10 or 60.</summary>
    public int? TrafficAnalyticsInterval { get; init; }

    /// <summary>ARM id of a user-assigned identity; empty for none.</summary>
    public string? IdentityId { get; init; }

    /// <summary>All tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
