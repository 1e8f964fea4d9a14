using System.Threading;

namespace NsgFlow.Query;

/// <summary>
/// The query service of Log Analytics as the rest of the module sees it. Safe for many threads. Throttling and 5xx are asked again before they
/// become errors. Every failure is a <see cref="NsgFlowException"/>.
/// </summary>
public interface ILogs
{
    /// <summary>Runs a query and waits for its answer.</summary>
    /// <param name="request">What to ask, and where.</param>
    /// <param name="cancellation">Ends the waiting; the service may go on for a while.</param>
    /// <returns>The tables; rows may be missing, which the answer tells.</returns>
    /// <exception cref="NsgFlowException">
    /// <c>LogsUnauthorized</c>, <c>LogsAccessDenied</c>, <c>LogsThrottled</c>, <c>LogsTimeout</c>, <c>LogsUnavailable</c>, <c>LogsQueryInvalid</c>, <c>LogsLimitExceeded</c>,
    /// <c>WorkspaceNotFound</c>, <c>LogsRequestFailed</c>, <c>NotSignedIn</c>.
    /// </exception>
    LogsAnswer Query(LogsRequest request, CancellationToken cancellation);
}
