using System;

namespace NsgFlow.Setup;

/// <summary>What of a flow log is in its storage account.</summary>
public sealed class FlowArrival
{
    /// <summary>Nothing; the container does not exist.</summary>
    public static FlowArrival NoContainer { get; } = new(null, TimeSpan.Zero) { HasContainer = false };

    /// <summary>What was found.</summary>
    /// <param name="newest">The flow log's blob that changed last; null when there is none.</param>
    /// <param name="lookedBack">How far back was looked.</param>
    public FlowArrival(FlowBlob? newest, TimeSpan lookedBack)
    {
        Newest = newest;
        LookedBack = lookedBack;
    }

    /// <summary>Whether the container is there: Azure makes it with the first blob.</summary>
    public bool HasContainer { get; private init; } = true;

    /// <summary>The flow log's blob that changed last; null when there is none.</summary>
    public FlowBlob? Newest { get; }

    /// <summary>How far back was looked.</summary>
    public TimeSpan LookedBack { get; }
}
