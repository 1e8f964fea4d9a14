using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>All that can be wanted of a flow log, with nothing left open: as it is, or as it is to be.</summary>
internal sealed record FlowLogState
{
    /// <summary>Microsoft's default, and what a flow log gets that nobody said anything about.</summary>
    private const int UsualInterval = 60;

    private const string AllRecords = "BCED";

    public bool Enabled { get; init; }

    public string StorageId { get; init; } = string.Empty;

    public int RetentionDays { get; init; }

    public int? FormatVersion { get; init; }

    /// <summary>Letters in the order of <c>BCED</c>; empty for all.</summary>
    public string RecordTypes { get; init; } = string.Empty;

    public string FilteringCriteria { get; init; } = string.Empty;

    public bool TrafficAnalytics { get; init; }

    public string? WorkspaceResourceId { get; init; }

    public string? WorkspaceId { get; init; }

    public string? WorkspaceRegion { get; init; }

    public int? Interval { get; init; }

    public IReadOnlyList<string> Identity { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>A flow log as it is.</summary>
    public static FlowLogState Of(FlowLog log) => new()
    {
        Enabled = log.Enabled,
        StorageId = log.StorageId,
        RetentionDays = log.RetentionDays,
        FormatVersion = log.FormatVersion,
        RecordTypes = Letters(log.RecordTypes?.Split(',') ?? []),
        FilteringCriteria = log.FilteringCriteria ?? string.Empty,
        TrafficAnalytics = log.TrafficAnalytics,
        WorkspaceResourceId = log.WorkspaceResourceId,
        WorkspaceId = log.WorkspaceId,
        WorkspaceRegion = log.WorkspaceRegion,
        Interval = log.TrafficAnalyticsInterval,
        Identity = log.Identity,
        Tags = log.Tags,
    };

    /// <summary>A new flow log before anything is said about it.</summary>
    public static FlowLogState New() => new() { Enabled = true, FormatVersion = 2 };

    /// <summary>The state that somebody wants, where this one is there.</summary>
    public FlowLogState With(FlowLogSettings settings)
    {
        var enabled = settings.Enabled ?? Enabled;
        // Analytics of a log that writes nothing are refused; a workspace is given for nothing else than analytics.
        var analytics = enabled && (settings.TrafficAnalytics ?? (settings.Workspace is not null || TrafficAnalytics));
        var changed = this with
        {
            Enabled = enabled,
            StorageId = settings.StorageId ?? StorageId,
            RetentionDays = settings.RetentionDays ?? RetentionDays,
            FormatVersion = settings.FormatVersion ?? FormatVersion,
            RecordTypes = settings.RecordTypes is { } types ? Letters(types) : RecordTypes,
            FilteringCriteria = settings.FilteringCriteria?.Trim() ?? FilteringCriteria,
            TrafficAnalytics = analytics,
            Identity = settings.IdentityId is { } identity ? identity.Length == 0 ? [] : [identity] : Identity,
            Tags = settings.Tags ?? Tags,
        };
        if (settings.Workspace is { } workspace)
            changed = changed with { WorkspaceResourceId = workspace.Id, WorkspaceId = workspace.CustomerId, WorkspaceRegion = workspace.Location };
        return analytics ? changed with { Interval = settings.TrafficAnalyticsInterval ?? Interval ?? UsualInterval } : changed;
    }

    /// <summary>Letters of records in their order, each once; empty for all.</summary>
    public static string Letters(IEnumerable<string> types)
    {
        var given = string.Concat(types).ToUpperInvariant();
        var letters = string.Concat(AllRecords.Where(letter => given.IndexOf(letter) >= 0));
        return letters == AllRecords ? string.Empty : letters;
    }
}
