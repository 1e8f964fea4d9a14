using System;
using NsgFlow.Azure.Errors;
using NsgFlow.Azure.Http;
using NsgFlow.Azure.SignIn;
using NsgFlow.Query;

namespace NsgFlow.Azure.Logs;

/// <summary>Turns what Log Analytics refuses into errors with stable ids: which workspace was asked, the service's innermost words and code, the request's id.</summary>
internal static class LogsErrors
{
    /// <summary>The service could not be asked, or did not answer in time.</summary>
    public static NsgFlowException NoAnswer(LogsAsk ask, Exception failure, string? requestId)
    {
        var cause = NetworkFailure.Unwrap(failure);
        if (cause is NsgFlowException ready)
            return ready;
        var host = ask.Url.Host;
        if (cause is OperationCanceledException or TimeoutException)
            return TimedOut(ask, "took longer than " + Seconds(ask), $"{host} did not answer in time", null, requestId is null ? string.Empty : $" (request {requestId})", requestId);
        var why = NetworkFailure.IsUnknownHost(cause) ? $"the host {host} is not known"
            : NetworkFailure.IsRefused(cause) ? $"nobody listens at {host}"
            : $"{host} cannot be reached: {NetworkFailure.Kind(cause)}";
        return new(
            "LogsUnavailable",
            $"Asking {ask.Where} failed: {why}.",
            "Check network, proxy and firewall between this machine and Azure (with a private link scope also its DNS), and which cloud was signed in to; then try again.") { RequestId = requestId };
    }

    /// <summary>An answer with nothing in it, where there must be a table at least.</summary>
    public static NsgFlowException Empty(LogsAsk ask, ServiceAnswer answer, string? requestId) =>
        Make("LogsRequestFailed", $"Asking {ask.Where} failed: the answer is empty", "Something between this machine and Azure may take the content away: check proxy and firewall.", null, answer, requestId);

    /// <summary>An answer that is said to be packed and cannot be unpacked.</summary>
    public static NsgFlowException Damaged(LogsAsk ask, ServiceAnswer answer, string requestId) => Make(
        "LogsRequestFailed",
        $"Asking {ask.Where} failed: the answer's gzip is damaged",
        "Try again. If it happens again, something between this machine and Azure may change the answers: check proxy and firewall.",
        null,
        answer,
        requestId);

    /// <summary>The service refused, or somebody else answered.</summary>
    /// <param name="ask">What was asked.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="header">The service's id of the request, as a header has it; null when none does.</param>
    /// <param name="ownId">Ours, by which Microsoft may not find it.</param>
    public static NsgFlowException Refused(LogsAsk ask, ServiceAnswer answer, string? header, string ownId)
    {
        var reason = answer.IsGarbage || answer.IsEmpty ? null : LogsReason.In(answer.Body["error"].Exists ? answer.Body["error"] : answer.Body)[0];
        var code = reason?.Code;
        var outer = answer.Body["error"]["code"].Text ?? code;
        var requestId = header ?? (answer.Body["error"]["correlationId"].Text is { Length: > 0 } told ? SafeText.FirstLine(told) : ownId);
        string Asking(string what) => reason is null ? $"Asking {ask.Where} {what}" : $"Asking {ask.Where} {what}: {reason.Text}";
        switch (answer.Status)
        {
            case 401 or 403 when IsTokenTrouble(outer, answer.Status):
                return Make("LogsUnauthorized", Asking("was refused"), TokenAdvice(ask, outer), code, answer, requestId);
            case 403:
                return Make(
                    "LogsAccessDenied",
                    Asking("was refused"),
                    "The identity that signed in needs *Log Analytics Reader* on " + (ask.Request.Workspaces.Count == 1 ? "the workspace" : "each of the workspaces")
                    + " (or *Monitoring Reader*, or Reader of the tables). A new role assignment takes up to ten minutes. A workspace may also be closed to queries from public networks.",
                    code,
                    answer,
                    requestId);
            case 404 when reason is not null:
            case 400 when code is not null && code.IndexOf("WorkspaceNotFound", StringComparison.OrdinalIgnoreCase) >= 0:
                return Make(
                    "WorkspaceNotFound",
                    Asking("failed"),
                    "Check the workspace's customer id (Get-AzOperationalInsightsWorkspace, or az monitor log-analytics workspace list, shows it), and the cloud and tenant that were signed in to.",
                    code,
                    answer,
                    requestId);
            case 400 when reason is { IsLimit: true }:
                return Make("LogsLimitExceeded", Asking("failed"), "Ask for less: a shorter time, a narrower filter, or a simpler query.", code, answer, requestId);
            case 400 when reason is not null:
                return Make(
                    "LogsQueryInvalid", Asking("was refused"), "Correct the query. Names of tables and columns are compared with case; a table exists once it has got its first row.", code, answer, requestId);
            case 429:
                return Make(
                    "LogsThrottled",
                    Asking("was refused, also after repeated requests"),
                    "Azure permits an identity 200 queries in 30 seconds and 5 at the same time. Try again later, ask less at the same time, or ask for several workspaces in one query.",
                    code,
                    answer,
                    requestId);
            case 408 or 504:
            case >= 500 when IsTimeout(code) || IsTimeout(reason?.Text):
                // Who gave up is not told, nor after how long: a gateway may have less patience than the service.
                return TimedOut(ask, $"was given up (it had {Seconds(ask)})", reason?.Text ?? "something on the way did not wait for the answer", code, Trace(code, answer, requestId), requestId);
            case >= 500:
                return Make("LogsUnavailable", Asking("failed, also after repeated requests"), "Try again later; status.azure.com tells of outages. If it fails again, make the query simpler.", code, answer, requestId);
            case >= 300 and < 400:
                return Make(
                    "LogsRequestFailed", $"Asking {ask.Where} failed: the answer points to another address, and the token is sent to no other", "Check which cloud was signed in to, and the proxy.", code, answer, requestId);
            default:
                return reason is null
                    ? Make(
                        "LogsRequestFailed",
                        $"Asking {ask.Where} failed: the answer is not that of Log Analytics but {answer.Header("Content-Type") ?? "text"} without JSON",
                        "Something between this machine and Azure answers in its place: check proxy and firewall.",
                        null,
                        answer,
                        requestId)
                    : Make("LogsRequestFailed", Asking("was refused"), "See the service's message; its code is searchable.", code, answer, requestId);
        }
    }

    private static NsgFlowException TimedOut(LogsAsk ask, string what, string why, string? code, string trace, string? requestId) => new(
        "LogsTimeout",
        $"Asking {ask.Where} {what}: {why}{trace}.",
        (ask.Wait < LogsRequest.LongestServerTimeout.TotalSeconds ? "Give it more time (-ServerTimeout 10m is the most), or ask" : "Ask") + " for less: a shorter time, fewer workspaces, a narrower filter.")
    {
        ServiceCode = code,
        RequestId = requestId,
    };

    private static string Seconds(LogsAsk ask) => ask.Wait == 1 ? "1 second" : $"{ask.Wait} seconds";

    private static NsgFlowException Make(string id, string what, string action, string? code, ServiceAnswer answer, string? requestId) =>
        new(id, $"{what}{Trace(code, answer, requestId)}.", action) { ServiceCode = code, RequestId = requestId };

    private static string Trace(string? code, ServiceAnswer answer, string? requestId) =>
        $" ({(code is null ? string.Empty : code + ", ")}HTTP {answer.Status}{(requestId is null ? string.Empty : ", request " + requestId)})";

    private static bool IsTokenTrouble(string? code, int status) =>
        status == 401 || code is "InvalidTokenError" or "ExpiredAuthenticationToken" or "AuthenticationFailed"
        || code?.StartsWith("InvalidAuthenticationToken", StringComparison.OrdinalIgnoreCase) == true;

    private static string TokenAdvice(LogsAsk ask, string? code) => code == "InvalidAuthenticationTokenAudience"
        ? "The token was issued for another resource than Log Analytics: a token of Azure Resource Manager or storage is not good here. Connect again with a token for "
          + $"{ask.Audience} (-LogAnalyticsAccessToken), or sign in in another way than with tokens."
        : "Sign in again, to the tenant of the workspace; a token must be issued for Log Analytics and not be expired.";

    private static bool IsTimeout(string? text) => text is not null
        && (text.IndexOf("timeout", StringComparison.OrdinalIgnoreCase) >= 0 || text.IndexOf("timed out", StringComparison.OrdinalIgnoreCase) >= 0);
}
