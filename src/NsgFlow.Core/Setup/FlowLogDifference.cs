using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>The differences between two states of a flow log, in words.</summary>
internal static class FlowLogDifference
{
    private const string None = "none";

    /// <summary>What differs; for a new flow log (no actual state) what is set.</summary>
    public static IReadOnlyList<FlowLogChange> Between(FlowLogState? actual, FlowLogState wanted)
    {
        var changes = new List<FlowLogChange>();
        Add("logging", state => OnOff(state.Enabled));
        if (actual is null || !Same(actual.StorageId, wanted.StorageId))
            changes.Add(new FlowLogChange("storage account", actual is null ? null : Name(actual.StorageId, wanted.StorageId), Name(wanted.StorageId, actual?.StorageId)));
        Add("retention", state => Days(state.RetentionDays));
        Add("format version", state => state.FormatVersion?.ToString(CultureInfo.InvariantCulture) ?? None);
        Add("record types", state => state.RecordTypes.Length == 0 ? "all" : string.Join(", ", state.RecordTypes.ToCharArray()), unlessNew: "all");
        Add("filter", state => state.FilteringCriteria.Length == 0 ? None : $"'{state.FilteringCriteria}'", unlessNew: None);
        Add("Traffic Analytics", state => OnOff(state.TrafficAnalytics));
        if (wanted.TrafficAnalytics)
            AddAnalytics();
        if (!SameSet(actual?.Identity ?? [], wanted.Identity))
            changes.Add(new FlowLogChange("identity", actual is null ? null : Names(actual.Identity), Names(wanted.Identity)));
        if (!SameTags(actual?.Tags, wanted.Tags))
            changes.Add(new FlowLogChange("tags", actual is null ? null : Tags(actual.Tags), Tags(wanted.Tags)));
        return changes;

        void Add(string what, Func<FlowLogState, string> show, string? unlessNew = null)
        {
            var from = actual is null ? null : show(actual);
            var to = show(wanted);
            if (from != to && (from is not null || to != unlessNew))
                changes.Add(new FlowLogChange(what, from, to));
        }

        void AddAnalytics()
        {
            if (actual is null || !Same(actual.WorkspaceResourceId, wanted.WorkspaceResourceId))
                changes.Add(new FlowLogChange("workspace", actual is null ? null : Name(actual.WorkspaceResourceId, wanted.WorkspaceResourceId), Name(wanted.WorkspaceResourceId, actual?.WorkspaceResourceId)));
            else if (!Same(actual.WorkspaceId, wanted.WorkspaceId))
                changes.Add(new FlowLogChange("workspace id", actual.WorkspaceId ?? None, wanted.WorkspaceId ?? None));
            else if (!Region.Same(actual.WorkspaceRegion, wanted.WorkspaceRegion))
                changes.Add(new FlowLogChange("workspace region", actual.WorkspaceRegion ?? None, wanted.WorkspaceRegion ?? None));
            Add("Traffic Analytics interval", state => state.Interval is { } minutes ? Counted(minutes, "minute") : None);
        }
    }

    private static string OnOff(bool value) => value ? "on" : "off";

    private static string Days(int days) => days == 0 ? "0 (for ever)" : Counted(days, "day");

    private static string Counted(int number, string noun) => number.ToString(CultureInfo.InvariantCulture) + " " + noun + (number == 1 ? string.Empty : "s");

    private static bool Same(string? left, string? right) => new ResourceId(left) == new ResourceId(right);

    /// <summary>The name; with its group when the other has the same.</summary>
    private static string Name(string? id, string? other)
    {
        var (mine, its) = (new ResourceId(id), new ResourceId(other));
        if (mine.Name is not { } name)
            return None;
        return mine != its && string.Equals(name, its.Name, StringComparison.OrdinalIgnoreCase) ? id! : name;
    }

    private static string Names(IReadOnlyList<string> ids) => ids.Count == 0 ? None : string.Join(", ", ids.Select(static id => new ResourceId(id).Name));

    private static bool SameSet(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        new HashSet<string>(left, StringComparer.OrdinalIgnoreCase).SetEquals(right);

    // Names of tags are compared without case, their values with it, as Azure does.
    private static bool SameTags(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string> right) =>
        (left?.Count ?? 0) == right.Count && Tags(left ?? right, true) == Tags(right, true);

    private static string Tags(IReadOnlyDictionary<string, string>? tags, bool toCompare = false) => tags is null || tags.Count == 0
        ? None
        : string.Join(", ", tags.OrderBy(static tag => tag.Key, StringComparer.OrdinalIgnoreCase)
            .Select(tag => (toCompare ? tag.Key.ToUpperInvariant() : tag.Key) + "=" + tag.Value));
}
