namespace NsgFlow.Simulator;

/// <summary>How <c>AnotherOperationInProgress</c> is said.</summary>
public enum BusyAnswer
{
    /// <summary>With HTTP 409.</summary>
    Conflict,

    /// <summary>With HTTP 429.</summary>
    TooManyRequests,

    /// <summary>The write is taken, and its operation fails.</summary>
    FailedOperation,
}
