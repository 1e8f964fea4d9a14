using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Resources;

/// <summary>
/// Flow logs as their network watchers list them, each watcher asked once. Resource Graph has rows of flow logs, too, but late ones, after a change by
/// minutes: whoever has just enabled a flow log would be told that there is none.
/// </summary>
internal sealed class WatcherLogs(ResourceFinder finder)
{
    private readonly Dictionary<string, IReadOnlyList<ArmResource>> _watchers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ResourceId, Listed> _logs = [];

    /// <summary>Has every watcher of some subscriptions listed.</summary>
    /// <returns>Ids of the subscriptions that have watchers.</returns>
    public IReadOnlyList<string> LoadAll(IReadOnlyList<string> subscriptions, CancellationToken cancellation)
    {
        var all = finder.Find(new ResourceQuestion { Kind = ResourceKind.NetworkWatcher, Subscriptions = subscriptions }, cancellation)
            .GroupBy(static watcher => watcher.SubscriptionId ?? string.Empty, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var own in all)
            _watchers[own.Key] = [.. own];
        List<string> ids = [.. all.Select(static own => own.Key)];
        Load(ids.Select(static id => (id, (string?)null)), cancellation);
        return ids;
    }

    /// <summary>Has the watchers of some places listed, eight at a time: one query for the watchers and one list for each.</summary>
    public void Load(IEnumerable<(string Subscription, string? Location)> places, CancellationToken cancellation)
    {
        var wanted = places.ToList();
        var unknown = wanted.Select(static place => place.Subscription).Where(id => !_watchers.ContainsKey(id)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (unknown.Count > 0)
        {
            var found = finder.Find(new ResourceQuestion { Kind = ResourceKind.NetworkWatcher, Subscriptions = unknown }, cancellation)
                .ToLookup(static watcher => watcher.SubscriptionId ?? string.Empty, StringComparer.OrdinalIgnoreCase);
            foreach (var subscription in unknown)
                _watchers[subscription] = [.. found[subscription]];
        }

        var watchers = wanted.SelectMany(place => Of(place.Subscription, place.Location)).Where(watcher => !_logs.ContainsKey(watcher.ResourceId))
            .GroupBy(static watcher => watcher.ResourceId).Select(static same => same.First()).ToList();
        foreach (var (watcher, listed) in watchers.Zip(SideBySide.Select(watchers, watcher => List(watcher, cancellation), cancellation), static (watcher, listed) => (watcher, listed)))
            _logs[watcher.ResourceId] = listed;
    }

    /// <summary>Flow logs of a place that was loaded; those that are being deleted are none.</summary>
    public IEnumerable<FlowLog> In(string subscription, string? location) =>
        Of(subscription, location).SelectMany(watcher => _logs[watcher.ResourceId].FlowLogs)
            .Where(static log => !log.IsBeingDeleted);

    /// <summary>Why watchers of a place that was loaded could not be listed.</summary>
    public IEnumerable<NsgFlowException> FailuresIn(string subscription, string? location) =>
        Of(subscription, location).Select(watcher => _logs[watcher.ResourceId].Failure).OfType<NsgFlowException>();

    private IEnumerable<ArmResource> Of(string subscription, string? location) => _watchers[subscription].Where(watcher => Region.MayBeSame(watcher.Location, location));

    private Listed List(ArmResource watcher, CancellationToken cancellation)
    {
        try
        {
            return new Listed([.. finder.Arm.List(watcher.Id + "/flowLogs", ResourceKind.FlowLog.ApiVersion, cancellation).Select(static one => new FlowLog(one))], null);
        }
        catch (NsgFlowException e) when (e.ErrorId is not ("NotSignedIn" or "ArmUnauthorized"))
        {
            return new Listed([], e);
        }
    }

    private sealed record Listed(IReadOnlyList<FlowLog> FlowLogs, NsgFlowException? Failure);
}
