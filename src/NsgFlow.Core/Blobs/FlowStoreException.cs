using System;

namespace NsgFlow.Blobs;

/// <summary>A store cannot list or open. The message is for people and holds no secret.</summary>
public sealed class FlowStoreException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">Stable id, as in docs/errors.md (<c>StorageAccessDenied</c>, <c>BlobNotFound</c> …).</param>
    /// <param name="message">What happened, with the service's code and request id where there is one.</param>
    /// <param name="recommendedAction">What to do about it; empty when nothing can be said.</param>
    /// <param name="inner">The cause; must hold no secret.</param>
    public FlowStoreException(string errorId, string message, string recommendedAction, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        RecommendedAction = recommendedAction;
    }

    /// <summary>Stable id, as in docs/errors.md.</summary>
    public string ErrorId { get; }

    /// <summary>What to do about it.</summary>
    public string RecommendedAction { get; }
}
