using NsgFlow.Display;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>Errors that the answer itself gives cause for.</summary>
internal static class LogsFailure
{
    /// <summary>An answer that is not what the service gives.</summary>
    /// <param name="what">What is wrong with it; names in it may be anything, too.</param>
    /// <param name="text">What stands there; it may be long and anything.</param>
    /// <param name="requestId">The service's id of the request.</param>
    public static NsgFlowException Damaged(string what, string text, string? requestId) => new(
        "LogsRequestFailed",
        ShownText.Clean($"The answer of Log Analytics cannot be used: {what}: {Excerpt(text)}{(requestId is null ? string.Empty : $" (request {requestId})")}."),
        "Try again. If it happens again, something between this machine and Azure may change the answers: check proxy and firewall.") { RequestId = requestId };

    /// <summary>The service could not answer wholly, and says so beside the rows.</summary>
    public static NsgFlowException Partial(string why, string? code, string? requestId) => new(
        "LogsPartial",
        $"Log Analytics answered only in part: {why} ({(code is null ? string.Empty : code + ", ")}{(requestId is null ? "no request id" : "request " + requestId)}).",
        "What came is right, but more may be missing. Ask again, ask for less time or less data, or make the query simpler.")
    {
        ServiceCode = code,
        RequestId = requestId,
    };

    // Hidden first, then cut: no half of a secret is left standing.
    private static string Excerpt(string text) => text.Trim().Length == 0 ? "nothing" : Shown.Text(SecretWords.Hide(text).Trim());
}
