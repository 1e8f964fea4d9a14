using System;

namespace NsgFlow.Setup;

/// <summary>Whether the services behind flow logs are there.</summary>
internal static class ServiceChecks
{
    private const string Registered = "Registered";

    public static FlowLogCheck Provider(CheckFacts facts) => Provider(
        facts, nameof(Provider), facts.Insights, "Microsoft.Insights", facts.TargetId.SubscriptionId, "flow logs are written through it");

    /// <summary>For Traffic Analytics, in the workspace's subscription, which may be another one.</summary>
    public static FlowLogCheck? WorkspaceProvider(CheckFacts facts) => facts.Log is not { TrafficAnalytics: true, WorkspaceResourceId: { } workspace } ? null : Provider(
        facts, nameof(WorkspaceProvider), facts.WorkspaceProvider, "Microsoft.Network", new ResourceId(workspace).SubscriptionId, "Traffic Analytics needs it where its workspace is");

    public static FlowLogCheck NetworkWatcher(CheckFacts facts)
    {
        var where = $"{facts.Target.Value?.Location ?? facts.Log?.Location ?? "its region"} of subscription {facts.TargetId.SubscriptionId}";
        if (facts.Watcher.Refusal is { } refusal)
            return facts.Skip(nameof(NetworkWatcher), $"The network watcher in {where}", refusal);
        if (facts.Watcher.Value is not { } watcher)
        {
            return facts.Fail(
                nameof(NetworkWatcher),
                $"There is no network watcher in {where}; flow logs are kept in one.",
                "Enable-NsgFlowLog with -Force creates it; or New-AzNetworkWatcher.");
        }

        var state = watcher.Properties["provisioningState"].Text;
        return state is null || IsSame(state, "Succeeded")
            ? facts.Pass(nameof(NetworkWatcher), $"{watcher.Name} is there.")
            : facts.Warn(nameof(NetworkWatcher), $"{watcher.Name} is in state {state}.", "Wait until it is Succeeded; a watcher that stays Failed is to be written again (New-AzNetworkWatcher).");
    }

    public static FlowLogCheck? Region(CheckFacts facts)
    {
        if (facts.Log is not { } log)
            return null;
        if (facts.Target.Refusal is { } target)
            return facts.Skip(nameof(Region), $"The region of {facts.TargetWords}", target);
        if (facts.Storage.Refusal is { } storage)
            return facts.Skip(nameof(Region), $"The region of storage account {log.StorageAccount}", storage);
        var here = facts.Target.Value?.Location;
        var account = facts.Storage.Value?.Location;
        if (here is not null && !Resources.Region.Same(here, log.Location))
        {
            return facts.Fail(
                nameof(Region),
                $"The {facts.TargetWords} is in {here}, its flow log under the watcher of {log.Location}.",
                "Remove this flow log, and enable it again: it then goes under the watcher of the target's region.");
        }

        if (account is not null && !Resources.Region.Same(account, here ?? log.Location))
        {
            return facts.Fail(
                nameof(Region),
                $"The {facts.TargetWords} is in {here ?? log.Location}, storage account {log.StorageAccount} in {account}; Azure writes within one region only.",
                $"Set-NsgFlowLog -StorageAccount with an account in {here ?? log.Location}.");
        }

        return facts.Pass(nameof(Region), $"Target, watcher and storage account are in {here ?? log.Location}.");
    }

    private static FlowLogCheck Provider(CheckFacts facts, string check, Fact<NsgFlow.Arm.ArmResource> provider, string name, string? subscription, string why)
    {
        if (provider.Refusal is { } refusal)
            return facts.Skip(check, $"Whether {name} is registered in subscription {subscription}", refusal);
        var state = provider.Value?.Root["registrationState"].Text ?? "NotRegistered";
        return IsSame(state, Registered)
            ? facts.Pass(check, $"{name} is registered.")
            : facts.Fail(
                check,
                $"{name} is not registered in subscription {subscription} (state {state}); {why}.",
                $"With Contributor on the subscription: Register-AzResourceProvider -ProviderNamespace {name}.");
    }

    private static bool IsSame(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
