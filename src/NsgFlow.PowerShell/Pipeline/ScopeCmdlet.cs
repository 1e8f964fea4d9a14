using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.PowerShell.Errors;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet that asks about flows of resources and of a time, in blobs or in a workspace.</summary>
public abstract partial class ScopeCmdlet : AzureCmdlet
{
    private FlowScope? _clusters;

    /// <summary>What the time parameters come to.</summary>
    /// <param name="byDefault">How long before the end it begins when nobody says; null for the beginning of time.</param>
    private protected TimeRange ChooseTime(TimeSpan? byDefault)
    {
        var time = TimeRange.Choose(_startTime, _endTime, _last, byDefault, out var error);
        if (error is not null)
            ThrowTerminatingError(error);
        return time;
    }

    /// <summary>Whose flows, by names as flow logs tell them.</summary>
    private protected FlowScope ByName() => ByName(OwnIds(), Clusters().Resources, SubscriptionId);

    private FlowScope ByName(string[] ids, IReadOnlyList<ScopeResources> resources, IReadOnlyList<string> subscriptions) => new()
    {
        Nsg = Nsg,
        VirtualNetwork = VirtualNetwork,
        Subnet = Array.ConvertAll(Subnet, OfNetwork),
        NetworkInterface = NetworkInterface,
        Resources = resources,
        ResourceId = ids,
        // A cluster is in another group than its network, and was looked for in this one.
        ResourceGroup = AksCluster.Length > 0 ? [] : ResourceGroupName,
        SubscriptionId = AksCluster.Length > 0 ? [] : subscriptions,
    };

    /// <summary>Whose flow logs, to be found in Azure.</summary>
    private protected FlowLogQuestion Question(IReadOnlyList<FlowLog> flowLogs) => new()
    {
        Nsg = Nsg,
        VirtualNetwork = VirtualNetwork,
        Subnet = Subnet,
        NetworkInterface = NetworkInterface,
        AksCluster = AksCluster,
        ResourceId = ResourceId,
        FlowLogs = flowLogs,
        ResourceGroups = ResourceGroupName,
        Subscriptions = SubscriptionId,
    };

    /// <summary>What was named first, as the target of errors; null when nothing was.</summary>
    private protected string? Named(IEnumerable<FlowLog> flowLogs)
    {
        string[][] names = [Nsg, VirtualNetwork, Subnet, NetworkInterface, AksCluster, ResourceId, [.. flowLogs.Select(static log => log.Name)], ResourceGroupName, SubscriptionId];
        return Array.Find(names, static given => given.Length > 0) is { } first ? string.Join(", ", first) : null;
    }

    /// <summary>A subnet named with its network, as a part of the ARM ids that have it.</summary>
    private static string OfNetwork(string subnet) =>
        subnet.Trim().Split('/') is [{ Length: > 0 } network, { Length: > 0 } name] ? $"*/virtualNetworks/{network}/subnets/{name}" : subnet;

    // Get-AzStorageAccount and Get-AzOperationalInsightsWorkspace bring their own ids along, which say where to look and not whose flows.
    private string[] OwnIds() => Array.FindAll(ResourceId, static id => new ResourceId(id) is var own && own.Segment("storageAccounts") is null && own.Segment("workspaces") is null);

    /// <summary>The clusters that were named: no log names one, so where it is read from does not matter, ARM must be asked.</summary>
    private FlowScope Clusters()
    {
        if (AksCluster.Length == 0)
            return FlowScope.Everything;
        if (_clusters is { } known)
            return known;
        return _clusters = Found(new FlowLogQuestion { AksCluster = AksCluster, ResourceGroups = ResourceGroupName, Subscriptions = SubscriptionId }, AksCluster);
    }

    private FlowScope Found(FlowLogQuestion question, IEnumerable<string> names)
    {
        try
        {
            var scope = new FlowLogFinder(Finder, Say).FindScope(question, out var warnings, Cancellation);
            foreach (var warning in warnings)
                WriteWarning(warning);
            return scope;
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, string.Join(", ", names)));
            throw;
        }
    }
}
