using System;
using System.Threading;

namespace NsgFlow.Simulator;

/// <summary>How the query service of Log Analytics behaves. The limits are Azure's unless a test says otherwise.</summary>
public sealed class LogsOptions
{
    /// <summary>How many rows an answer has at most.</summary>
    public int MostRows { get; set; } = 500_000;

    /// <summary>How many bytes the rows of an answer have at most, before they are compressed.</summary>
    public long MostBytes { get; set; } = 64_000_000;

    /// <summary>Whether numbers of type <c>long</c> are sent as text: both are seen.</summary>
    public bool LongsAsText { get; set; }

    /// <summary>How long every query takes at least; past the time that a request is ready to wait, it fails.</summary>
    public TimeSpan QueryTime { get; set; }

    /// <summary>How many queries of one user run at once. Read at the user's first query.</summary>
    public int ConcurrentQueries { get; set; } = 5;

    /// <summary>How many more may wait for their turn; what comes then is throttled at once.</summary>
    public int QueuedQueries { get; set; } = 200;

    /// <summary>How long they wait before they are throttled, too.</summary>
    public TimeSpan QueueTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Seconds that an answer to a throttled query says to wait; none when null, as nothing promises the header.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>What evaluates queries. A test that is about the wire puts a table of its own here.</summary>
    public Func<string, KqlDatabase, CancellationToken, KqlTable> Engine { get; set; } = KqlEngine.Run;
}
