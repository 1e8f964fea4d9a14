using System;
using System.Collections.Generic;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Blobs;
using NsgFlow.Filtering;

namespace NsgFlow.Setup;

/// <summary>Finds what a flow log wrote last by listing its blobs: first the last hour, and further back only while there is nothing.</summary>
public sealed class BlobArrivals : IFlowArrivals
{
    private static readonly TimeSpan[] _windows = [TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    private readonly Func<FlowLog, ArmResource?, IFlowBlobStore> _open;
    private readonly Func<DateTime> _now;

    /// <summary>Makes it.</summary>
    /// <param name="open">Opens the container that a flow log writes to; the account is null when ARM would not tell.</param>
    /// <param name="now">The present, UTC.</param>
    public BlobArrivals(Func<FlowLog, ArmResource?, IFlowBlobStore> open, Func<DateTime>? now = null)
    {
        _open = open ?? throw new ArgumentNullException(nameof(open));
        _now = now ?? (static () => DateTime.UtcNow);
    }

    /// <inheritdoc/>
    public FlowArrival Look(FlowLog log, ArmResource? account, CancellationToken cancellation)
    {
        if (log is null)
            throw new ArgumentNullException(nameof(log));
        var store = _open(log, account);
        try
        {
            foreach (var window in _windows)
            {
                if (Newest(store, log, _now() - window, cancellation) is { } blob)
                    return new FlowArrival(blob, window);
            }
        }
        catch (NsgFlowException e) when (e.ErrorId == "ContainerNotFound")
        {
            return FlowArrival.NoContainer;
        }

        return new FlowArrival(null, _windows[_windows.Length - 1]);
    }

    /// <summary>Whether a blob was written by a flow log, by its name. Names of virtual network flow logs come in three forms.</summary>
    internal static bool IsOf(FlowBlob blob, FlowLog log)
    {
        if (blob.Kind != log.Kind || !Same(blob.SubscriptionId, log.SubscriptionId))
            return false;
        if (log.Kind == FlowLogKind.Nsg)
            return new ResourceId(blob.ResourceId) == new ResourceId(log.TargetResourceId);
        if (blob.ResourceId is { } id)
            return new ResourceId(id) == new ResourceId(log.Id);
        // {watcher}_{flow log}: of a watcher with an underscore in its name too much may be taken for the flow log's.
        return Same(blob.Target, log.Name) || blob.Target?.EndsWith("_" + log.Name, StringComparison.OrdinalIgnoreCase) == true;
    }

    private static FlowBlob? Newest(IFlowBlobStore store, FlowLog log, DateTime start, CancellationToken cancellation)
    {
        FlowBlob? newest = null;
        foreach (var blob in Blobs(store, log, start, cancellation))
        {
            if (IsOf(blob, log) && (newest is null || blob.LastModified > newest.LastModified))
                newest = blob;
        }

        return newest;
    }

    // The target in an NSG blob's name makes a prefix of the listing; of a virtual network's it can be the subscription at most.
    private static IEnumerable<FlowBlob> Blobs(IFlowBlobStore store, FlowLog log, DateTime start, CancellationToken cancellation)
    {
        var scope = log.Kind == FlowLogKind.Nsg
            ? new FlowScope { ResourceId = [log.TargetResourceId] }
            : new FlowScope { SubscriptionId = log.SubscriptionId is { } subscription ? [subscription] : [] };
        return store.List(new FlowBlobQuery { Scope = scope, Start = start }, cancellation);
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
