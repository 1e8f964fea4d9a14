using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>What a new flow log takes over from the NSG flow logs it replaces. Two that differ cannot be replaced by one.</summary>
internal sealed record KeptSettings
{
    public bool Enabled { get; init; }

    public ResourceId Storage { get; init; }

    public int RetentionDays { get; init; }

    public bool TrafficAnalytics { get; init; }

    /// <summary>Of Traffic Analytics, as long as it is on.</summary>
    public ResourceId Workspace { get; init; }

    public int? Interval { get; init; }

    public string? RecordTypes { get; init; }

    public string? FilteringCriteria { get; init; }

    public ResourceId Identity { get; init; }

    // Empty for all records.
    private string Letters => FlowLogState.Letters(RecordTypes?.Split(',') ?? []);

    public static KeptSettings Of(FlowLog log)
    {
        // A flow log that is off may still have Traffic Analytics on; there is nothing for it to read, and no new one may have it.
        var analytics = log.Enabled && log.TrafficAnalytics;
        return new()
        {
            Enabled = log.Enabled,
            Storage = new ResourceId(log.StorageId),
            RetentionDays = log.RetentionDays,
            TrafficAnalytics = analytics,
            Workspace = new ResourceId(analytics ? log.WorkspaceResourceId : null),
            Interval = analytics ? log.TrafficAnalyticsInterval : null,
            RecordTypes = log.RecordTypes,
            FilteringCriteria = log.FilteringCriteria,
            Identity = new ResourceId(log.Identity.Count == 0 ? null : log.Identity[0]),
        };
    }

    /// <summary>Whether a flow log of these settings leaves out what one of the others writes. Of two filters nobody can tell which lets more through.</summary>
    public bool WritesLessThan(KeptSettings other) =>
        (FilteringCriteria is not null && FilteringCriteria != other.FilteringCriteria)
        || (Letters.Length > 0 && (other.Letters.Length == 0 || other.Letters.Any(letter => Letters.IndexOf(letter) < 0)));

    /// <summary>Whether records end up elsewhere, or are kept for another time, than with others.</summary>
    public bool EndsUpElsewhere(KeptSettings other) => this with { Enabled = other.Enabled, RecordTypes = other.RecordTypes, FilteringCriteria = other.FilteringCriteria, Identity = other.Identity } != other;

    /// <summary>The settings as a new flow log is asked for.</summary>
    public FlowLogSettings ToSettings(Workspace? workspace, IReadOnlyDictionary<string, string> tags) => new()
    {
        Enabled = Enabled,
        StorageId = Storage.Text,
        RetentionDays = RetentionDays,
        TrafficAnalytics = TrafficAnalytics,
        Workspace = TrafficAnalytics ? workspace : null,
        TrafficAnalyticsInterval = Interval,
        RecordTypes = RecordTypes?.Split(','),
        FilteringCriteria = FilteringCriteria,
        IdentityId = Identity.Text.Length == 0 ? null : Identity.Text,
        Tags = tags,
    };

    /// <summary>In words: <c>to stflows, 30 days, Traffic Analytics into law-net every 10 minutes</c>.</summary>
    public override string ToString()
    {
        var days = RetentionDays == 0 ? "kept for ever" : $"{RetentionDays} days";
        var analytics = !TrafficAnalytics ? "no Traffic Analytics" : $"Traffic Analytics into {Workspace.Name} every {Interval ?? 60} minutes";
        return $"{(Enabled ? string.Empty : "disabled, ")}to {Storage.Name}, {days}, {analytics}";
    }
}
