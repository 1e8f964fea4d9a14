using System;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Blobs;

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

    private static FlowBlob? Newest(IFlowBlobStore store, FlowLog log, DateTime start, CancellationToken cancellation)
    {
        FlowBlob? newest = null;
        foreach (var blob in store.List(new FlowBlobQuery { FlowLogs = [log], Start = start }, cancellation))
        {
            if (newest is null || blob.LastModified > newest.LastModified)
                newest = blob;
        }

        return newest;
    }
}
