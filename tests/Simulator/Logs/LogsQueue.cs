using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.Simulator;

/// <summary>Lets a few queries of each user run at once; others wait, and too many are throttled.</summary>
internal sealed class LogsQueue(LogsOptions options)
{
    private readonly ConcurrentDictionary<Principal, Line> _lines = new();

    /// <summary>Waits for a turn, which is over when the result is disposed.</summary>
    public async Task<IDisposable> EnterAsync(Principal who, CancellationToken cancellation)
    {
        var line = _lines.GetOrAdd(who, _ => new Line(options.ConcurrentQueries));
        if (line.Places.Wait(0, CancellationToken.None))
        {
            return new Turn(line);
        }

        if (Interlocked.Increment(ref line.Waiting) > options.QueuedQueries)
        {
            Interlocked.Decrement(ref line.Waiting);
            throw Throttled();
        }

        try
        {
            return await line.Places.WaitAsync(options.QueueTime, cancellation).ConfigureAwait(false) ? new Turn(line) : throw Throttled();
        }
        finally
        {
            Interlocked.Decrement(ref line.Waiting);
        }
    }

    private LogsException Throttled() => new(429, "ThrottledError", "Too many queries of this user run or wait; try again later.")
    {
        Headers = options.RetryAfter is { } seconds
            ? new Dictionary<string, string> { ["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture) }
            : new Dictionary<string, string>(),
    };

    private sealed class Line(int places)
    {
        public int Waiting;

        public SemaphoreSlim Places { get; } = new(places);
    }

    private sealed class Turn(Line line) : IDisposable
    {
        public void Dispose() => line.Places.Release();
    }
}
