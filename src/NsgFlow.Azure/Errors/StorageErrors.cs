using System;
using Azure;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;

namespace NsgFlow.Azure.Errors;

/// <summary>
/// Turns what the SDK throws into errors with stable ids. The service's own text is never passed on: for a wrong signature it repeats what was
/// signed, and the SDK adds headers to it. Code, status and request id are.
/// </summary>
internal sealed class StorageErrors(string account, string host, StorageCredential credential, StorageRights rights, Func<DateTime> now)
{
    /// <summary>The error for a failure while reading a container or one of its blobs.</summary>
    public NsgFlowException Map(Exception failure, string container, string? blob)
    {
        var cause = NetworkFailure.Unwrap(failure);
        return cause switch
        {
            NsgFlowException ready => ready,
            _ when NetworkFailure.IsUnknownHost(cause) => new(
                "StorageAccountNotFound",
                $"There is no storage account '{account}': the host {host} is not known.",
                "Check the account's name and the cloud it is in; with a private endpoint, check the DNS zone of this machine."),
            _ when NetworkFailure.IsRefused(cause) => new(
                "StorageUnavailable",
                $"Nobody listens at {host} for storage account '{account}'{Where(container, blob)}.",
                "Check the address; for the emulator, check that Azurite is running."),
            RequestFailedException { Status: > 0 } answer => FromAnswer(answer, container, blob),
            _ => new(
                "StorageUnavailable",
                $"Storage account '{account}' ({host}) cannot be reached: {NetworkFailure.Kind(cause)}{Where(container, blob)}.",
                "Check network, proxy and firewall between this machine and the account, then try again."),
        };
    }

    /// <summary>A blob's content is not what it was when reading began.</summary>
    public NsgFlowException Changed(string container, string blob, string why) => new(
        "BlobChanged",
        $"The blob was replaced while it was read: {why}{Where(container, blob)}.",
        "Read it again; if that happens often, find out what else writes to the container.");

    /// <summary>What comes is not what the service sends.</summary>
    public NsgFlowException Damaged(string container, string blob) => new(
        "BlobHashMismatch",
        $"What came of the blob is not what the service sent (length or MD5), also after repeated requests{Where(container, blob)}.",
        "Look for a proxy between this machine and the account that changes what passes, then try again.");

    /// <summary>None of the containers asked for exists.</summary>
    public NsgFlowException NoContainer(string[] containers, bool isDefault) => new(
        "ContainerNotFound",
        containers.Length == 1
            ? $"Storage account '{account}' has no container '{containers[0]}'."
            : $"Storage account '{account}' has none of the containers {string.Join(", ", containers)}.",
        isDefault
            ? "No flow log has written to this account yet: the first blob comes about five minutes after a flow log is enabled. "
              + "Check that one is enabled (Network Watcher, Flow logs) and which account it writes to."
            : "Check the container's name.");

    /// <summary>The service's code, status and request id, as the end of a sentence.</summary>
    public static string Trace(RequestFailedException answer) =>
        $" ({Code(answer)}HTTP {answer.Status}{(RequestId(answer) is { } id ? ", request " + id : string.Empty)})";

    private static string Where(string container, string? blob) => blob is null ? $"; container '{container}'" : $"; blob '{container}/{blob}'";

    private static string? RequestId(RequestFailedException answer) =>
        answer.GetRawResponse() is { } response && response.Headers.TryGetValue("x-ms-request-id", out var id) ? SafeText.FirstLine(id) : null;

    private static string Code(RequestFailedException answer) => string.IsNullOrEmpty(answer.ErrorCode) ? string.Empty : answer.ErrorCode + ", ";

    private NsgFlowException FromAnswer(RequestFailedException answer, string container, string? blob)
    {
        var (id, message, action) = Explain(answer, container, blob);
        return new(id, message, action) { ServiceCode = answer.ErrorCode, RequestId = RequestId(answer) };
    }

    private (string Id, string Message, string Action) Explain(RequestFailedException answer, string container, string? blob)
    {
        var end = Trace(answer) + Where(container, blob) + ".";
        switch (answer.Status)
        {
            case 401:
                return (
                    "StorageUnauthorized",
                    $"Storage account '{account}' did not accept the {credential}{end}",
                    "Sign in again to the tenant of the account; a token must be issued for " + AzureSignIn.StorageResource + " and not be expired.");
            case 403:
                var (why, action) = AccessDenied.Explain(answer.ErrorCode, account, container, credential, rights, now());
                return ("StorageAccessDenied", $"Access to storage account '{account}' was refused: {why}{end}", action);
            case 404 when blob is not null && answer.ErrorCode != "ContainerNotFound":
                return (
                    "BlobNotFound",
                    $"The blob does not exist any more{end}",
                    "The retention of the flow log or a lifecycle rule may have deleted it since it was listed; list again.");
            case 404:
                return ("ContainerNotFound", $"Storage account '{account}' has no such container{end}", "Check the container's name.");
            case 409 when answer.ErrorCode == "BlobArchived":
                return ("BlobArchived", $"The blob is in the archive tier{end}", "Rehydrate it to the hot or cool tier (hours), then read it.");
            case 412:
                return ("BlobChanged", $"The blob changed while it was read{end}", "Read it again.");
            case 429 or 503:
                return (
                    "StorageThrottled",
                    $"Storage account '{account}' was too busy, also after repeated requests{end}",
                    "Try again later, ask for less at a time, or lower the number of parallel downloads.");
            case 408 or >= 500:
                return ("StorageUnavailable", $"Storage account '{account}' failed, also after repeated requests{end}", "Try again later.");
            default:
                return (
                    "StorageRequestFailed",
                    $"Storage account '{account}' refused the request{end}",
                    "Check the account, the container's name and the credential.");
        }
    }
}
