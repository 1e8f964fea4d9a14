using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Network;

namespace NsgFlow.Setup;

/// <summary>
/// Which flow logs write the flows of what is in an inventory. NSG flow logs do it by the security groups of a network interface and its subnet. Of the flow logs of
/// network interface, subnet and virtual network the nearest that is enabled does, and the others leave it to it. With both sorts everything is written twice.
/// </summary>
public sealed class CoverageTable
{
    private readonly NetworkInventory _inventory;
    private readonly CoverageLogs _logs;
    private readonly Dictionary<ResourceId, InventorySubnet> _subnets;
    private readonly List<Covered> _interfaces;

    /// <summary>Makes the table.</summary>
    /// <param name="inventory">What there is.</param>
    /// <param name="flowLogs">All flow logs of its subscriptions.</param>
    /// <param name="unread">Subscriptions of which not all flow logs could be listed: what looks unlogged there is unknown.</param>
    public CoverageTable(NetworkInventory inventory, IEnumerable<FlowLog> flowLogs, IEnumerable<string>? unread = null)
    {
        _inventory = inventory ?? throw new ArgumentNullException(nameof(inventory));
        _logs = new CoverageLogs(inventory, flowLogs ?? throw new ArgumentNullException(nameof(flowLogs)), unread ?? []);
        _subnets = inventory.VirtualNetworks.SelectMany(static network => network.Subnets).Where(static subnet => subnet.Id is not null)
            .GroupBy(static subnet => new ResourceId(subnet.Id)).ToDictionary(static same => same.Key, static same => same.First());
        var machines = new InventoryMachines([inventory]);
        _interfaces = [.. inventory.NetworkInterfaces.Select(nic => new Covered(nic, machines.Find(nic.VirtualMachine), Of(nic)))];
    }

    /// <summary>The rows of a level, in the inventory's order.</summary>
    public IReadOnlyList<FlowLogCoverage> Rows(CoverageLevel level) => level switch
    {
        CoverageLevel.NetworkInterface => [.. _interfaces.Select(Row)],
        CoverageLevel.Subnet => Subnets(),
        CoverageLevel.AksPool => Pools(),
        CoverageLevel.VirtualNetwork => Networks(),
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };

    private static FlowLogCoverage Row(Covered one) => new(CoverageLevel.NetworkInterface, NameOf(one.Nic), one.Nic.Id, [one.Coverage])
    {
        NetworkInterfaces = 1,
        NotLogged = NotLogged([one]),
        LoggedTwice = LoggedTwice([one]),
        VirtualMachine = one.Machine?.Name ?? InventoryMachines.NameOf(one.Nic.VirtualMachine),
        VirtualNetwork = new ResourceId(one.Nic.Subnet).VirtualNetwork,
        Subnet = new ResourceId(one.Nic.Subnet).Subnet,
        AksCluster = new ResourceId(one.Machine?.AksCluster).Name,
        NodePool = one.Machine?.NodePool,
        Location = one.Nic.Location,
    };

    private List<FlowLogCoverage> Subnets()
    {
        var nics = _interfaces.Where(static one => one.Nic.Subnet is not null).ToLookup(static one => new ResourceId(one.Nic.Subnet));
        var rows = new List<FlowLogCoverage>();
        foreach (var network in _inventory.VirtualNetworks)
        {
            foreach (var subnet in network.Subnets)
            {
                var (networkName, name) = (network.Name ?? new ResourceId(network.Id).Name, subnet.Name ?? new ResourceId(subnet.Id).Name);
                var own = nics[new ResourceId(subnet.Id)].ToList();
                rows.Add(new FlowLogCoverage(CoverageLevel.Subnet, networkName + "/" + name, subnet.Id, Parts(own, () => Of(subnet.Id)))
                {
                    NetworkInterfaces = own.Count,
                    NotLogged = NotLogged(own),
                    LoggedTwice = LoggedTwice(own),
                    VirtualNetwork = networkName,
                    Subnet = name,
                    Location = network.Location,
                });
            }
        }

        return rows;
    }

    private List<FlowLogCoverage> Networks()
    {
        var nics = _interfaces.Where(static one => one.Nic.Subnet is not null).ToLookup(static one => new ResourceId(one.Nic.Subnet).Parent);
        var rows = new List<FlowLogCoverage>();
        foreach (var network in _inventory.VirtualNetworks)
        {
            var name = network.Name ?? new ResourceId(network.Id).Name;
            var own = nics[new ResourceId(network.Id)].ToList();
            rows.Add(new FlowLogCoverage(CoverageLevel.VirtualNetwork, name, network.Id, Parts(own, () => _logs.Of([network.Id], null)))
            {
                NetworkInterfaces = own.Count,
                NotLogged = NotLogged(own),
                LoggedTwice = LoggedTwice(own),
                VirtualNetwork = name,
                Location = network.Location,
            });
        }

        return rows;
    }

    private List<FlowLogCoverage> Pools()
    {
        var nics = _interfaces.Where(static one => one.Machine?.AksCluster is not null)
            .ToLookup(static one => (new ResourceId(one.Machine!.AksCluster), one.Machine.NodePool?.ToUpperInvariant()));
        var rows = new List<FlowLogCoverage>();
        foreach (var cluster in _inventory.AksClusters)
        {
            var id = new ResourceId(cluster.Id);
            var name = cluster.Name ?? id.Name;
            foreach (var pool in cluster.NodePools)
            {
                var own = nics[(id, pool.Name?.ToUpperInvariant())].ToList();
                var parts = Parts(own, () => Of(pool.Subnet));

                // Pods with a subnet of their own are on no network interface that Azure shows.
                if (pool.PodSubnet is not null)
                    parts.Add(Of(pool.PodSubnet));
                rows.Add(new FlowLogCoverage(CoverageLevel.AksPool, name + "/" + pool.Name, cluster.Id is null ? null : cluster.Id + "/agentPools/" + pool.Name, parts)
                {
                    NetworkInterfaces = own.Count,
                    NotLogged = NotLogged(own),
                    LoggedTwice = LoggedTwice(own),
                    VirtualNetwork = new ResourceId(pool.Subnet).VirtualNetwork,
                    Subnet = new ResourceId(pool.Subnet).Subnet,
                    AksCluster = name,
                    NodePool = pool.Name,
                    Location = cluster.Location,
                });
            }
        }

        return rows;
    }

    /// <summary>What has network interfaces is judged by them, and else by itself: what is in it tomorrow.</summary>
    private static List<Coverage> Parts(List<Covered> own, Func<Coverage> self) => own.Count == 0 ? [self()] : own.ConvertAll(static one => one.Coverage);

    private static int NotLogged(List<Covered> own) => own.Count(static one => one.Coverage is { State: CoverageState.None, Unsupported: null });

    private static int LoggedTwice(List<Covered> own) => own.Count(static one => one.Coverage.State == CoverageState.Twice);

    private Coverage Of(InventoryNetworkInterface nic) =>
        _logs.Of([nic.Id, nic.Subnet, NetworkOf(nic.Subnet)], Unsupported(nic) ?? Unsupported(Find(nic.Subnet)));

    private Coverage Of(string? subnet) => _logs.Of([subnet, NetworkOf(subnet)], Unsupported(Find(subnet)));

    private InventorySubnet? Find(string? id) => id is not null && _subnets.TryGetValue(new ResourceId(id), out var subnet) ? subnet : null;

    private static string? NetworkOf(string? subnet) => InventoryIds.Owner(subnet);

    private static string? Unsupported(InventorySubnet? subnet) => subnet?.Delegations.Select(UnsupportedService.Of).FirstOrDefault(static name => name is not null) is { } found
        ? $"Flow logs do not support {found}, to which the subnet is delegated."
        : null;

    private static string? Unsupported(InventoryNetworkInterface nic) => nic.PrivateEndpoint is null ? null : "Traffic of a private endpoint is logged at its other end only.";

    // The network interfaces of all instances of a scale set have one name.
    private static string? NameOf(InventoryNetworkInterface nic) => new ResourceId(nic.Id).Segment("virtualMachineScaleSets") is null
        ? nic.Name ?? new ResourceId(nic.Id).Name
        : InventoryMachines.NameOf(nic.Id);

    private sealed record Covered(InventoryNetworkInterface Nic, InventoryVirtualMachine? Machine, Coverage Coverage);
}
