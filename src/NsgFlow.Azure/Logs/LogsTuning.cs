using System;
using Azure.Core.Pipeline;
using NsgFlow.Query;

namespace NsgFlow.Azure.Logs;

/// <summary>Limits and delays of the adapter.</summary>
internal sealed class LogsTuning
{
    /// <summary>How often a query is repeated after 5xx or a broken connection: it may be the query that breaks the service.</summary>
    public int MaxRetries { get; init; } = 3;

    /// <summary>How often a query is repeated after 429: with these delays for about a minute, and 200 requests are permitted every half.</summary>
    public int MaxThrottleRetries { get; init; } = 6;

    /// <summary>Delay before the first repetition; it doubles.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest delay that we choose.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest delay that the service may choose; beyond it the caller is told instead.</summary>
    public TimeSpan MaxServerDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the service may be silent beyond the time that it may work: a query stands in its queue for up to three minutes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(210);

    /// <summary>A longer answer is not taken even by who sets no limit; the service's own is about 100 MB.</summary>
    public long MostBytes { get; init; } = 256L << 20;

    /// <summary>Replaces the network.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>The clock.</summary>
    public Func<DateTimeOffset> Now { get; init; } = static () => DateTimeOffset.UtcNow;

    /// <summary>Delay before a repetition.</summary>
    public TimeSpan RetryWait(int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(RetryDelay.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 20)), MaxRetryDelay.TotalMilliseconds));

    /// <summary>How long the service may work on a query, as whole seconds.</summary>
    public static int Wait(LogsRequest request)
    {
        var wait = request.ServerTimeout ?? LogsRequest.DefaultServerTimeout;
        return (int)Math.Ceiling(Math.Max(1, Math.Min(wait.TotalSeconds, LogsRequest.LongestServerTimeout.TotalSeconds)));
    }
}
