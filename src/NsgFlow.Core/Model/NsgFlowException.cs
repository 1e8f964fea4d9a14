using System;

namespace NsgFlow;

/// <summary>Something outside (a file, a storage account, Azure Resource Manager, a sign-in) did not do what was asked. The message is for people and holds no secret.</summary>
public sealed class NsgFlowException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">Stable id, as in docs/errors.md (<c>StorageAccessDenied</c>, <c>FlowLogNotFound</c> …).</param>
    /// <param name="message">What happened, with the service's code and request id where there is one.</param>
    /// <param name="recommendedAction">What to do about it; empty when nothing can be said.</param>
    /// <param name="inner">The cause; must hold no secret.</param>
    public NsgFlowException(string errorId, string message, string recommendedAction, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        RecommendedAction = recommendedAction;
    }

    /// <summary>Stable id, as in docs/errors.md.</summary>
    public string ErrorId { get; }

    /// <summary>What to do about it.</summary>
    public string RecommendedAction { get; }

    /// <summary>The service's own code (<c>AuthorizationFailed</c>), or null.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The service's id of the request, which its support asks for, or null.</summary>
    public string? RequestId { get; init; }
}
