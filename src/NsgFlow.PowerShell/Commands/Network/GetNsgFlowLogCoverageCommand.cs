using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Display;
using NsgFlow.Network;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Says what is logged, by which flow logs, twice or not at all.</summary>
[Cmdlet(VerbsCommon.Get, "NsgFlowLogCoverage")]
[OutputType(typeof(FlowLogCoverage))]
public sealed class GetNsgFlowLogCoverageCommand : InventoryCmdlet
{
    private static readonly Dictionary<CoverageLevel, string> _words = new()
    {
        [CoverageLevel.NetworkInterface] = "network interface",
        [CoverageLevel.Subnet] = "subnet",
        [CoverageLevel.AksPool] = "pool of an AKS cluster",
        [CoverageLevel.VirtualNetwork] = "virtual network",
    };

    private readonly HashSet<string> _unread = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of what it is asked.</summary>
    [Parameter(Position = 0)]
    public CoverageLevel Level { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (AskInventory() is not { } inventory)
            return;
        if (InventoryFormat.IsEmpty(inventory))
            WriteWarning($"Nothing was found in {InventoryFormat.Number(inventory.Subscriptions.Count, "subscription")}: the role Reader is needed on what is to be seen, or the parameters fit nothing.");
        else if (FlowLogs(inventory) is { } logs)
            Write(Rows(inventory, logs));
    }

    private void Write(IReadOnlyList<FlowLogCoverage> rows)
    {
        if (rows.Count == 0)
            WriteWarning($"There is no {_words[Level]} in what was found; another -Level may have more.");
        WriteObject(rows, enumerateCollection: true);
    }

    private IReadOnlyList<FlowLogCoverage> Rows(NetworkInventory inventory, List<FlowLog> logs)
    {
        var rows = new CoverageTable(inventory, logs, _unread).Rows(Level);
        if (AksCluster.Length == 0 || Level != CoverageLevel.Subnet)
            return rows;

        // A cluster's virtual network may have other subnets, with what is not the cluster's.
        var subnets = inventory.AksClusters.SelectMany(static cluster => cluster.NodePools).SelectMany(static pool => new[] { pool.Subnet, pool.PodSubnet })
            .Concat(inventory.NetworkInterfaces.Select(static nic => nic.Subnet)).OfType<string>();
        var wanted = new HashSet<string>(subnets, StringComparer.OrdinalIgnoreCase);
        return [.. rows.Where(row => row.ResourceId is { } id && wanted.Contains(id))];
    }

    /// <summary>All flow logs where there is something; null when the user stopped it.</summary>
    private List<FlowLog>? FlowLogs(NetworkInventory inventory)
    {
        // What is known of a network is in its own subscription, and flow logs are in the region of what they log.
        var subscriptions = inventory.VirtualNetworks.Select(static one => one.Id).Concat(inventory.NetworkInterfaces.Select(static one => one.Id)).Concat(inventory.Nsgs.Select(static one => one.Id))
            .Select(static id => new ResourceId(id).SubscriptionId).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        try
        {
            return [.. new FlowLogLister(Arm, Finder).List(new FlowLogChoice { Subscriptions = subscriptions, Locations = inventory.Locations }, Failed, Cancellation)];
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, null));
            throw;
        }
        finally
        {
            Tick();
        }
    }

    private void Failed(string watcher, NsgFlowException failure)
    {
        if (new ResourceId(watcher).SubscriptionId is { } subscription)
            _unread.Add(subscription);
        Report(FlowErrors.Failure(failure, watcher));
    }
}
