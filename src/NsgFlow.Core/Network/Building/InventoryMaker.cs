using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using static NsgFlow.Network.InventoryIds;

namespace NsgFlow.Network;

/// <summary>Makes an inventory of resources as ARM gave them: what belongs together is in several of them.</summary>
internal sealed class InventoryMaker
{
    private readonly ILookup<ResourceKind?, ArmResource> _resources;
    private readonly InventoryShapes _shapes;
    private readonly List<InventoryNetworkInterface> _interfaces = [];
    private readonly List<InventoryVirtualMachine> _machines = [];
    private readonly HashSet<string> _instances = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ArmResource> _clusters = new(StringComparer.Ordinal);

    public InventoryMaker(IReadOnlyList<ArmResource> resources, ICollection<string> issues)
    {
        _resources = resources.ToLookup(static one => ResourceKind.OfType(one.Type) ?? ResourceKind.OfType(one.ResourceId.Type));
        _shapes = new InventoryShapes(issues);
        foreach (var cluster in Of(ResourceKind.AksCluster))
        {
            if (cluster.Properties["nodeResourceGroup"].Text is { } group)
                _clusters[Group(cluster.SubscriptionId, group)] = cluster;
        }
    }

    /// <summary>The scale sets whose instances have network interfaces of their own; those of the other sort (Flexible) have ordinary virtual machines.</summary>
    public IReadOnlyList<ArmResource> ScaleSets =>
        [.. Of(ResourceKind.ScaleSet).Where(static one => !string.Equals(one.Properties["orchestrationMode"].Text, "Flexible", StringComparison.OrdinalIgnoreCase))];

    /// <summary>The AKS clusters that have nodes in scale sets, none of which can be seen.</summary>
    public IEnumerable<ArmResource> ClustersWithoutNodes
    {
        get
        {
            var groups = new HashSet<string>(Of(ResourceKind.ScaleSet).Concat(Of(ResourceKind.VirtualMachine)).Select(static one => Group(one.ResourceId)), StringComparer.Ordinal);
            return _clusters.Where(one => !groups.Contains(one.Key) && one.Value.Properties["agentPoolProfiles"].Items.Any(static pool => pool["count"].Number > 0)).Select(static one => one.Value);
        }
    }

    /// <summary>Takes the network interfaces of a scale set's instances.</summary>
    public void Add(ArmResource scaleSet, IReadOnlyList<ArmResource> interfaces)
    {
        foreach (var one in interfaces)
        {
            var nic = _shapes.NetworkInterface(one, Owner(one.Id), scaleSet.Location);
            _interfaces.Add(nic);
            if (nic.VirtualMachine is { } machine && _instances.Add(machine))
                _machines.Add(Machine(machine, InventoryMachines.NameOf(machine), scaleSet, scaleSet.Id));
        }
    }

    public NetworkInventory Make(IReadOnlyList<InventorySubscription> subscriptions, IReadOnlyList<string> issues, DateTime time, string version)
    {
        foreach (var nic in Of(ResourceKind.NetworkInterface))
            _interfaces.Add(_shapes.NetworkInterface(nic));
        foreach (var machine in Of(ResourceKind.VirtualMachine))
            _machines.Add(Machine(machine.Id, machine.Name, machine, IdOf(machine.Properties["virtualMachineScaleSet"])));
        var gateways = Of(ResourceKind.VirtualNetworkGateway)
            .SelectMany(static gateway => InventoryShapes.NetworksOf(gateway).Select(network => (Network: new ResourceId(network), Gateway: InventoryShapes.Gateway(gateway))))
            .ToLookup(static one => one.Network, static one => one.Gateway);
        var clients = Of(ResourceKind.VirtualNetworkGateway).Select(_shapes.PointToSite).Where(static one => one.AddressPrefixes.Count > 0);
        var subnets = SubnetsOfPools();
        List<InventoryVirtualNetwork> networks = [.. Of(ResourceKind.VirtualNetwork).Select(network => _shapes.VirtualNetwork(network, [.. gateways[network.ResourceId]]))];
        return new NetworkInventory
        {
            Time = time,
            ToolVersion = version,
            Subscriptions = subscriptions,
            VirtualNetworks = networks,
            NetworkInterfaces = [.. _interfaces.OrderBy(static one => one.Id, StringComparer.OrdinalIgnoreCase)],
            VirtualMachines = [.. _machines.OrderBy(static one => one.Id, StringComparer.OrdinalIgnoreCase)],
            Nsgs = [.. Of(ResourceKind.Nsg).Select(_shapes.Nsg)],
            LoadBalancers = [.. Of(ResourceKind.LoadBalancer).Select(_shapes.LoadBalancer)],
            PublicAddresses = [.. Of(ResourceKind.PublicAddress).Concat(Of(ResourceKind.PublicPrefix)).Select(_shapes.PublicAddress)],
            AksClusters = [.. Of(ResourceKind.AksCluster).Select(cluster => _shapes.AksCluster(cluster, pool => subnets.TryGetValue((cluster.ResourceId, pool), out var subnet) ? subnet : null))],
            Sites = [.. Of(ResourceKind.LocalNetworkGateway).Select(_shapes.Site)],
            PointToSite = [.. clients],
            Issues = [.. issues],
        };
    }

    private IEnumerable<ArmResource> Of(ResourceKind kind) => _resources[kind];

    /// <summary>A machine, and the pool of nodes to which it belongs: AKS tags what is in the group of its nodes.</summary>
    private InventoryVirtualMachine Machine(string id, string? name, ArmResource tagged, string? scaleSet)
    {
        _clusters.TryGetValue(Group(tagged.ResourceId), out var cluster);
        return new InventoryVirtualMachine
        {
            Id = id,
            Name = name,
            Location = tagged.Location,
            ScaleSet = scaleSet,
            AksCluster = cluster?.Id,
            NodePool = cluster is null ? null : PoolOf(tagged),
        };
    }

    private static string? PoolOf(ArmResource tagged) =>
        tagged.Tags.TryGetValue("aks-managed-poolName", out var pool) || tagged.Tags.TryGetValue("poolName", out pool) ? pool : PoolOf(tagged.Name);

    // aks-nodepool1-12345678-vmss; those of Windows are named otherwise, and tagged.
    private static string? PoolOf(string name) => name.Split('-') is [var aks, var pool, _, _, ..] && string.Equals(aks, "aks", StringComparison.OrdinalIgnoreCase) ? pool : null;

    /// <summary>The subnets in which nodes are: a pool does not name its own when AKS made the virtual network.</summary>
    private Dictionary<(ResourceId Cluster, string Pool), string> SubnetsOfPools()
    {
        var ofMachines = new Dictionary<ResourceId, string>();
        foreach (var nic in _interfaces.Where(static nic => nic.Subnet is not null && nic.VirtualMachine is not null))
            ofMachines[new ResourceId(nic.VirtualMachine)] = nic.Subnet!;
        var ofPools = new Dictionary<(ResourceId Cluster, string Pool), string>();
        foreach (var machine in _machines)
        {
            if (machine.AksCluster is not null && machine.NodePool is { } pool && ofMachines.TryGetValue(new ResourceId(machine.Id), out var subnet))
                ofPools[(new ResourceId(machine.AksCluster), pool)] = subnet;
        }

        return ofPools;
    }
}
