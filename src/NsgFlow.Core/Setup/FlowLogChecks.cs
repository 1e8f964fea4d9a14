using System;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>What can be said against settings by what is known of Azure.</summary>
internal static class FlowLogChecks
{
    /// <summary>Whether the target can have a flow log of that name and format.</summary>
    public static void Target(FlowLogSettings settings, FlowLogFacts facts)
    {
        var (target, actual) = (facts.Target, facts.Actual);
        if (target.Kind == FlowLogTargetKind.Unknown || target.Id.SubscriptionId is null || target.Id.ResourceGroup is null)
        {
            throw new NsgFlowException(
                "FlowLogTargetUnsupported",
                $"'{target.Id}' can have no flow log.",
                "Give a virtual network, a subnet, a network interface, or an NSG that has a flow log.");
        }

        if (actual is { IsBeingDeleted: true })
        {
            throw new NsgFlowException(
                "FlowLogBeingDeleted",
                $"The flow log '{actual.Name}' of the {target} is being deleted; until it is gone, it cannot be changed, nor another take its place.",
                "Wait a minute and run the command again.");
        }

        // With a storage account one is wanted that is off, as an NSG's was that it replaces.
        if (actual is null && settings is { Enabled: false, StorageId: null })
            throw new NsgFlowException("FlowLogNotFound", $"The {target} has no flow log.", "There is nothing to disable.");
        if (actual is null && target.Kind == FlowLogTargetKind.Nsg)
            throw NsgRetirement.Blocked(settings, facts);
        if (actual is not null && settings.Name is { } name && !string.Equals(name, actual.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw new NsgFlowException(
                "FlowLogExists",
                $"The {target} has the flow log '{actual.Name}'; a target has one, and its name cannot change.",
                $"Leave -Name out to change '{actual.Name}', or remove that first.");
        }

        if (settings.FormatVersion is { } version && target.Kind != FlowLogTargetKind.Nsg)
        {
            throw new NsgFlowException(
                "FormatVersionUnsupported",
                $"A format (here {version}) can be chosen for NSG flow logs only; the log of the {target} always has version 4.",
                "Leave -FormatVersion out.");
        }

        if (string.IsNullOrEmpty(target.Location))
            throw new NsgFlowException("FlowLogRegionUnknown", $"The region of the {target} is not known.", "Give a target that exists and that you may read.");
        if (actual is null && facts.Watcher is { } watcher && !Region.Same(watcher.Location, target.Location))
        {
            throw new NsgFlowException(
                "NetworkWatcherRegionMismatch",
                $"Network watcher '{watcher.Name}' is in {watcher.Location}, the {target} in {target.Location}; a flow log is kept by the watcher of its target's region.",
                "Use the watcher of the target's region.");
        }
    }

    /// <summary>Whether Traffic Analytics can be as wanted.</summary>
    public static void Analytics(FlowLogSettings settings, FlowLogFacts facts, FlowLogState wanted)
    {
        if (!wanted.TrafficAnalytics)
        {
            if (settings.TrafficAnalytics == true || settings.Workspace is not null)
            {
                throw new NsgFlowException(
                    "FlowLogDisabled",
                    $"The flow log of the {facts.Target} is disabled, and Traffic Analytics reads what it writes.",
                    "Enable it in the same command (Enable-NsgFlowLog).");
            }

            if (settings.TrafficAnalyticsInterval is not null)
            {
                throw new NsgFlowException(
                    "TrafficAnalyticsOff",
                    $"Traffic Analytics is off for the {facts.Target}, so it has no interval.",
                    "Switch it on in the same command: -Workspace, or -TrafficAnalytics when it was on before.");
            }

            return;
        }

        if (wanted.WorkspaceResourceId is not { Length: > 0 } id)
            throw new NsgFlowException("WorkspaceMissing", $"Traffic Analytics of the {facts.Target} needs a Log Analytics workspace.", "Give one with -Workspace.");
        var isNew = settings.Workspace is not null || facts.Actual is null;
        if (isNew && (string.IsNullOrEmpty(wanted.WorkspaceId) || string.IsNullOrEmpty(wanted.WorkspaceRegion)))
        {
            throw new NsgFlowException(
                "WorkspaceIncomplete",
                $"Azure did not say the customer id or the region of workspace '{new ResourceId(id).Name}'.",
                "Check that it exists, is not being deleted, and that you may read it.");
        }
    }

    /// <summary>Whether the storage account can take the blobs.</summary>
    public static void Storage(FlowLogFacts facts, FlowLogState wanted)
    {
        var target = facts.Target;
        if (wanted.StorageId.Length == 0)
            throw new NsgFlowException("FlowLogStorageMissing", $"The {target} has no flow log yet, and a new one needs a storage account.", "Give one with -StorageAccount.");
        if (facts.Storage is not { } account)
            return;
        if (!Region.Same(account.Location, target.Location))
        {
            throw new NsgFlowException(
                "StorageRegionMismatch",
                $"Storage account '{account.Name}' is in {account.Location}, the {target} in {target.Location}.",
                $"Give a storage account in {target.Location}.");
        }

        if (account.ResourceId.SubscriptionId is { } subscription
            && !string.Equals(subscription, target.Id.SubscriptionId, StringComparison.OrdinalIgnoreCase)
            && facts is { StorageTenant: { } theirs, TargetTenant: { } ours } && !string.Equals(theirs, ours, StringComparison.OrdinalIgnoreCase))
        {
            throw new NsgFlowException(
                "StorageTenantMismatch",
                $"Storage account '{account.Name}' belongs to another Entra tenant ({theirs}) than the {target} ({ours}).",
                "Give a storage account of the same tenant; its subscription may be another.");
        }

        var (tier, sku, kind) = (account.Root["sku"]["tier"].Text, account.Root["sku"]["name"].Text, account.Root["kind"].Text);
        if (string.Equals(tier, "Premium", StringComparison.OrdinalIgnoreCase) || sku?.StartsWith("Premium", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw new NsgFlowException(
                "StorageTierUnsupported",
                $"Storage account '{account.Name}' is of the Premium tier ({sku}), to which Azure writes no flow logs.",
                "Give a Standard account, of any redundancy.");
        }

        if (wanted.RetentionDays > 0 && kind is not null && !string.Equals(kind, "StorageV2", StringComparison.OrdinalIgnoreCase))
        {
            throw new NsgFlowException(
                "StorageRetentionUnsupported",
                $"Storage account '{account.Name}' is of the kind {kind}, on which Azure deletes nothing by itself; -RetentionDays needs StorageV2.",
                "Upgrade the account to StorageV2, or leave -RetentionDays out (0).");
        }
    }
}
