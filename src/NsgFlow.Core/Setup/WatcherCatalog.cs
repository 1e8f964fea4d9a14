using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System;
using NsgFlow.Arm;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>Network watchers by subscription and region, and what lies in them; each is asked for once. For one thread.</summary>
internal sealed class WatcherCatalog
{
    private readonly Dictionary<string, List<ArmResource>> _watchers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ResourceId, List<FlowLog>> _logs = [];
    private readonly IArm _arm;

    public WatcherCatalog(IArm arm) => _arm = arm;

    /// <summary>The watcher of a subscription and region; null when there is none.</summary>
    public ArmResource? Find(string subscription, string? location, CancellationToken cancellation)
    {
        if (!_watchers.TryGetValue(subscription, out var list))
        {
            list = [.. _arm.List($"/subscriptions/{subscription}/providers/Microsoft.Network/networkWatchers", ResourceKind.NetworkWatcher.ApiVersion, cancellation)];
            _watchers.Add(subscription, list);
        }

        return list.FirstOrDefault(watcher => Region.Same(watcher.Location, location));
    }

    /// <summary>The flow logs of a watcher.</summary>
    public IReadOnlyList<FlowLog> FlowLogs(ArmResource watcher, CancellationToken cancellation)
    {
        if (!_logs.TryGetValue(watcher.ResourceId, out var logs))
        {
            logs = [.. _arm.List(watcher.Id.TrimEnd('/') + "/flowLogs", ResourceKind.FlowLog.ApiVersion, cancellation).Select(static row => new FlowLog(row))];
            _logs.Add(watcher.ResourceId, logs);
        }

        return logs;
    }

    /// <summary>Takes note of a watcher that was made.</summary>
    public void Add(ArmResource watcher)
    {
        if (watcher.SubscriptionId is { } subscription && _watchers.TryGetValue(subscription, out var list))
            list.Add(watcher);
    }

    /// <summary>Takes note of a flow log that was written.</summary>
    public void Add(FlowLog log) => Change(log.Id, logs => logs.Add(log));

    /// <summary>Takes note of a flow log that was removed.</summary>
    public void Remove(string id) => Change(id, static _ => { });

    private void Change(string id, Action<List<FlowLog>> change)
    {
        foreach (var (watcher, logs) in _logs.Select(static pair => (pair.Key, pair.Value)))
        {
            if (!id.StartsWith(watcher.Text.TrimEnd('/') + "/", StringComparison.OrdinalIgnoreCase))
                continue;
            logs.RemoveAll(log => new ResourceId(log.Id) == new ResourceId(id));
            change(logs);
        }
    }
}
