using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>A flow log of the new kind, to be made or there already, and the NSG flow logs whose place it takes.</summary>
internal sealed class Replacement
{
    private readonly List<ConvertedPlace> _places = [];

    /// <summary>One that is to be made.</summary>
    public Replacement(FlowLogTarget target, KeptSettings settings, IEnumerable<ConvertedPlace> places, int added)
    {
        Target = target;
        Settings = settings;
        Added = added;
        Name = FlowLogName.For(target.Id);
        _places.AddRange(places);
    }

    /// <summary>One that is there.</summary>
    public Replacement(FlowLog existing)
    {
        Existing = existing;
        Target = new FlowLogTarget(existing.TargetResourceId, existing.Location);
        Settings = KeptSettings.Of(existing);
        Name = existing.Name;
    }

    public FlowLogTarget Target { get; }

    public KeptSettings Settings { get; }

    /// <summary>The flow log that is there, or null.</summary>
    public FlowLog? Existing { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How many network interfaces it logs that were not logged.</summary>
    public int Added { get; }

    /// <summary>How many network interfaces it takes over.</summary>
    public int Nics => _places.Count(static place => place.Nic is not null);

    /// <summary>The NSG flow logs it replaces, wholly or in part.</summary>
    public IReadOnlyList<FlowLog> Replaces =>
    [
        .. _places.SelectMany(static place => place.Logs).GroupBy(static log => new ResourceId(log.Id)).Select(static group => group.First())
            .OrderBy(static log => log.Id, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>Tags of all that it replaces; of two values the first log's.</summary>
    public IReadOnlyDictionary<string, string> Tags
    {
        get
        {
            var tags = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var tag in Replaces.SelectMany(static log => log.Tags))
            {
                if (!tags.ContainsKey(tag.Key))
                    tags.Add(tag.Key, tag.Value);
            }

            return tags;
        }
    }

    /// <summary>The choice made where one network interface was logged in two ways, as a sentence; empty where there was none.</summary>
    public string Choice
    {
        get
        {
            var others = _places.SelectMany(static place => place.Logs.Skip(1)).Where(log => log.Enabled && KeptSettings.Of(log) != Settings)
                .GroupBy(static log => new ResourceId(log.Id)).Select(static group => group.First())
                .OrderBy(static log => log.Id, StringComparer.OrdinalIgnoreCase)
                .Select(static log => $"{log.Target} ({KeptSettings.Of(log)})").ToList();
            return others.Count == 0 ? string.Empty
                : $"Network interfaces here were also logged by {string.Join(", ", others)}: these settings are not kept, those of {_places[0].Logs[0].Target} are.";
        }
    }

    /// <summary>How one that is there differs from what it replaces, as a sentence; empty where it does not.</summary>
    public string Difference => DifferenceFrom(Replaces);

    /// <summary>What somebody should know before it is made; empty when all is plain.</summary>
    public string Words
    {
        get
        {
            var more = Added == 0 ? string.Empty : Added == 1 ? "Logs 1 network interface that was not logged." : $"Logs {Added} network interfaces that were not logged.";
            return more.Length == 0 || Choice.Length == 0 ? more + Choice : $"{more} {Choice}";
        }
    }

    /// <summary>How one that is there differs from some flow logs that it replaces.</summary>
    public string DifferenceFrom(IEnumerable<FlowLog> logs)
    {
        var others = Existing is null ? [] : logs.Where(log => log.Enabled && Settings.EndsUpElsewhere(KeptSettings.Of(log)))
            .Select(static log => $"{log.Target} ({KeptSettings.Of(log)})").ToList();
        return others.Count == 0 ? string.Empty : $"{Name} is there already ({Settings}); it takes over from {string.Join(", ", others)}, whose settings are not kept.";
    }

    /// <summary>Counts in what it takes over.</summary>
    public void Take(ConvertedPlace place) => _places.Add(place);
}
