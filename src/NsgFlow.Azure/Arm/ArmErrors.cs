using System;
using System.Text.RegularExpressions;
using NsgFlow.Azure.Errors;
using NsgFlow.Azure.Http;

namespace NsgFlow.Azure.Arm;

/// <summary>Turns what ARM refuses into errors with stable ids: what was asked, the service's words and code, the id by which Microsoft finds the request.</summary>
internal static class ArmErrors
{
    private static readonly Regex s_namespace = new("namespace '([A-Za-z.]+)'", RegexOptions.CultureInvariant);
    private static readonly Regex s_tenant = new("authorization_uri=\"?https://[^/]+/([0-9a-fA-F-]{36})", RegexOptions.CultureInvariant);

    /// <summary>Whether an answer says that the resource, or what it lies in, does not exist. A proxy's page does not say that, nor does ARM of a type unknown to it.</summary>
    public static bool IsMissing(ServiceAnswer answer) =>
        answer.Status == 404 && !answer.IsGarbage && ArmFault.Of(answer.Body).Code is not ("InvalidResourceType" or "InvalidResourceNamespace");

    /// <summary>The service could not be asked.</summary>
    public static NsgFlowException NoAnswer(ArmAsk ask, Exception failure)
    {
        var cause = NetworkFailure.Unwrap(failure);
        if (cause is NsgFlowException ready)
            return ready;
        var host = ask.Url.Host;
        var why = NetworkFailure.IsUnknownHost(cause) ? $"the host {host} is not known"
            : NetworkFailure.IsRefused(cause) ? $"nobody listens at {host}"
            : $"{host} cannot be reached: {NetworkFailure.Kind(cause)}";
        return new("ArmUnavailable", $"{ask.Doing} failed: {why}.", "Check network, proxy and firewall between this machine and Azure, and which cloud was signed in to; then try again.");
    }

    /// <summary>The service refused, or somebody else answered.</summary>
    public static NsgFlowException Refused(ArmAsk ask, ServiceAnswer answer)
    {
        if (answer.IsGarbage)
        {
            var type = answer.Header("Content-Type") ?? "text";
            return new(
                "ArmRequestFailed",
                $"{ask.Doing} failed: the answer is not Azure's but {type} without JSON (HTTP {answer.Status}).",
                "Something between this machine and Azure answers in its place: check proxy and firewall.") { RequestId = answer.RequestId };
        }

        var fault = ArmFault.Of(answer.Body);
        return Make(ByCode(ask, fault) ?? ByStatus(answer, fault), $"{ask.Doing} was refused", fault, answer);
    }

    /// <summary>A long operation was accepted and has failed.</summary>
    public static NsgFlowException OperationFailed(ArmAsk ask, ServiceAnswer answer, string state)
    {
        // An operation's body has its error beside the state; a resource's has it nowhere.
        var fault = ArmFault.Of(answer.Body);
        var advice = ByCode(ask, fault);
        if (advice is null or { Id: "ArmRequestFailed" })
            advice = new("ArmOperationFailed", advice?.Action ?? "Try again; if it fails again, Microsoft's support finds the request by its id.");
        return Make(advice, $"{ask.Doing} was begun and ended as {state}", fault, answer);
    }

    /// <summary>An answer that cannot be gone on with, for a reason of its own.</summary>
    public static NsgFlowException Unusable(ArmAsk ask, ServiceAnswer answer, string why, string action) =>
        Make(new("ArmRequestFailed", action), $"{ask.Doing} could not be carried on: {why}", ArmFault.Of(answer.Body), answer);

    private static NsgFlowException Make(Advice advice, string what, ArmFault fault, ServiceAnswer answer)
    {
        var text = fault.Line.Length == 0 ? what : $"{what}: {fault.Line}";
        var code = fault.Code is null ? string.Empty : fault.Code + ", ";
        var request = answer.RequestId is null ? string.Empty : ", request " + answer.RequestId;
        return new(advice.Id, $"{text} ({code}HTTP {answer.Status}{request}).", advice.Action) { ServiceCode = fault.Code, RequestId = answer.RequestId };
    }

    private static Advice? ByCode(ArmAsk ask, ArmFault fault)
    {
        switch (fault.Code)
        {
            case "AnotherOperationInProgress" or "RetryableError":
                return new("AnotherOperationInProgress", "Azure makes one change at a time under a network watcher. Wait until the other one has ended, then try again.");
            case "NsgFlowLogCreationBlocked":
                return new(
                    "NsgFlowLogCreationBlocked",
                    "New NSG flow logs cannot be created since 2025-06-30; those that exist can be changed until the feature ends on 2027-09-30. "
                    + "Log the virtual network instead: Enable-NsgFlowLog -VirtualNetwork <name>.");
            case "MissingSubscriptionRegistration" or "SubscriptionNotRegistered" or "GatewayAuthenticationFailed":
                var provider = s_namespace.Match(fault.Text) is { Success: true } match ? match.Groups[1].Value : "Microsoft.Insights";
                return new(
                    "ProviderNotRegistered",
                    $"Register the resource provider in the subscription, which takes some minutes: Register-AzResourceProvider -ProviderNamespace {provider}, "
                    + $"or az provider register --namespace {provider}."
                    + (fault.Code == "GatewayAuthenticationFailed" ? " If it is registered, the identity that signed in lacks rights there." : string.Empty));
            case "ParentResourceNotFound" or "ResourceGroupNotFound" when ArmWriteQueue.Watcher(ask.About) is { } watcher && watcher.Length < ask.About.Length:
                return new(
                    "NetworkWatcherMissing",
                    "Network Watcher is not enabled in this region of the subscription. Enable it: az network watcher configure --enabled --locations <region>.");
            case "InvalidTAWorkspaceRegion":
                return new("ArmRequestFailed", "Traffic Analytics wants the workspace's own region: give the workspace by name or id, so that its region is read from it.");
            case "CannotGetWorkspace":
                return new("ArmRequestFailed", "Check that the workspace exists, that you may read it, and that its subscription is registered for Microsoft.Network.");
            case "InvalidResourceType" or "InvalidResourceNamespace" or "NoRegisteredProviderFound":
                return new("ArmRequestFailed", "This cloud or region does not have that kind of resource, or not in the api-version that the module asks with.");
            case "ScopeLocked":
                return new("ArmRequestFailed", "A lock on the resource, its group or its subscription forbids this; az lock list shows it. Remove it, or ask who set it.");
            case "ReadOnlyDisabledSubscription" or "DisabledSubscription":
                return new("ArmRequestFailed", "The subscription is disabled and can only be read; check its state and billing.");
            case "RequestDisallowedByPolicy":
                return new("ArmRequestFailed", "An Azure Policy of the subscription or its management group forbids this; ask who assigned it.");
            default:
                return null;
        }
    }

    private static Advice ByStatus(ServiceAnswer answer, ArmFault fault)
    {
        switch (answer.Status)
        {
            case 401:
                var tenant = s_tenant.Match(answer.Link("WWW-Authenticate") ?? string.Empty) is { Success: true } match ? $" (it belongs to tenant {match.Groups[1].Value})" : string.Empty;
                return new("ArmUnauthorized", $"Sign in again, to the tenant of the subscription{tenant}; a token must be issued for Azure Resource Manager and not be expired.");
            case 403:
                return new("ArmAccessDenied", ArmAccess.Advice(fault.Text));
            case 404:
                return new("ResourceNotFound", "Check the id, the subscription and the tenant that was signed in to.");
            case 429:
                return new("ArmThrottled", "Azure limits the requests of a caller, also after waiting as long as it asked for. Try again later, or ask for fewer resources at a time.");
            case 408 or >= 500:
                return new("ArmUnavailable", "Azure failed, also after repeated requests. Try again later; status.azure.com tells of outages.");
            default:
                return new("ArmRequestFailed", "See the service's message; its code is searchable.");
        }
    }

    private sealed record Advice(string Id, string Action);
}
