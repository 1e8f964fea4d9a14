using System;
using Azure.Core.Pipeline;

namespace NsgFlow.Azure.Arm;

/// <summary>Limits and delays of the adapter.</summary>
internal sealed class ArmTuning
{
    /// <summary>How often a request is repeated after 429, 5xx or a broken connection.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>Delay before the first repetition; it doubles.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest delay that we choose.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest delay that the service may choose; beyond it the caller is told instead.</summary>
    public TimeSpan MaxServerDelay { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a write is repeated while another one is in progress: with these delays for about five minutes.</summary>
    public int MaxBusyRetries { get; init; } = 13;

    /// <summary>Delay before the first of these.</summary>
    public TimeSpan BusyDelay { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Between two looks at a long operation, unless the service names a delay; for flow logs it names none.</summary>
    public TimeSpan PollDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest delay between two looks.</summary>
    public TimeSpan MaxPollDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After this nobody believes that a long operation will end.</summary>
    public TimeSpan OperationLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the service may be silent.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Replaces the network.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>The clock.</summary>
    public Func<DateTimeOffset> Now { get; init; } = static () => DateTimeOffset.UtcNow;

    /// <summary>Delay before a repetition after 429, 5xx or a broken connection.</summary>
    public TimeSpan RetryWait(int attempt) => Growing(RetryDelay, attempt);

    /// <summary>Delay before a repetition while another operation is in progress.</summary>
    public TimeSpan BusyWait(int attempt) => Growing(BusyDelay, attempt);

    private TimeSpan Growing(TimeSpan first, int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt - 1, 20)), MaxRetryDelay.TotalMilliseconds));
}
