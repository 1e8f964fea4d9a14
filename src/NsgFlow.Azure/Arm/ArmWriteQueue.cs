using System;
using System.Collections.Concurrent;
using System.Threading;

namespace NsgFlow.Azure.Arm;

/// <summary>
/// Lets one write at a time pass to what lies under a network watcher, in the whole process: Azure refuses a second one
/// (<c>AnotherOperationInProgress</c>), or fails with an internal error.
/// </summary>
internal static class ArmWriteQueue
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_watchers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for one's turn; disposing ends it. Ids that do not lie under a watcher need not wait.</summary>
    public static IDisposable? Enter(string id, CancellationToken cancellation)
    {
        if (Watcher(id) is not { } watcher)
            return null;
        var turn = s_watchers.GetOrAdd(watcher, static _ => new SemaphoreSlim(1, 1));
        turn.Wait(cancellation);
        return new Turn(turn);
    }

    /// <summary>The id of the watcher that an id names or lies in, or null.</summary>
    internal static string? Watcher(string id)
    {
        const string Type = "/networkWatchers/";
        var start = id.IndexOf(Type, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
            return null;
        var end = id.IndexOf('/', start + Type.Length);
        return end < 0 ? id : id.Substring(0, end);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
