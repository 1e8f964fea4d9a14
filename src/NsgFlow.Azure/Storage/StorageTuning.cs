using System;
using Azure.Core.Pipeline;

namespace NsgFlow.Azure.Storage;

/// <summary>Sizes, limits and delays of the adapter.</summary>
internal sealed class StorageTuning
{
    /// <summary>How often a request is repeated after 429, 5xx or a broken connection.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>Delay before the first repetition; it doubles.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.8);

    /// <summary>Longest delay between two repetitions.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the service may be silent.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Names a page; null for the service's 5,000.</summary>
    public int? PageSize { get; init; }

    /// <summary>Bytes a request asks for; most flow log blobs are smaller, and one buffer of this size is all an open blob holds.</summary>
    public int RangeSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long a checkpoint stays with a run that says nothing; 60 s is the most that ends by itself.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a run says that it still has the checkpoint, and how long it waits for the answer.</summary>
    public TimeSpan LeaseRenewal { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a command that is stopped may take to write how far it came, and how long to give the checkpoint back.</summary>
    public TimeSpan Farewell { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Replaces the network.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>The clock.</summary>
    public Func<DateTime> Now { get; init; } = static () => DateTime.UtcNow;
}
