using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Resources;
using static NsgFlow.Network.InventoryIds;

namespace NsgFlow.Network;

/// <summary>Narrows an inventory to virtual networks and AKS clusters. Sites stay, and public addresses of which nobody knows to what they belong: they still explain addresses.</summary>
internal sealed class InventorySelection
{
    private readonly HashSet<ResourceId>? _networks;
    private readonly HashSet<ResourceId>? _clusters;
    private readonly HashSet<string> _nodeGroups = new(StringComparer.Ordinal);

    /// <param name="scope">What is wanted.</param>
    /// <param name="found">What there is.</param>
    /// <param name="issues">Told of wildcards that fit nothing.</param>
    /// <exception cref="NsgFlowException"><c>ResourceNotFound</c>.</exception>
    public InventorySelection(InventoryScope scope, IReadOnlyList<ArmResource> found, ICollection<string> issues)
    {
        _networks = Choose(scope.VirtualNetworks, ResourceKind.VirtualNetwork, found);
        _clusters = Choose(scope.AksClusters, ResourceKind.AksCluster, found);
        if (_networks is { Count: 0 })
            issues.Add($"Nothing that you may read is a virtual network with a name like {string.Join(" or ", scope.VirtualNetworks)}.");
        if (_clusters is { Count: 0 })
            issues.Add($"Nothing that you may read is an AKS cluster with a name like {string.Join(" or ", scope.AksClusters)}.");
        foreach (var cluster in found.Where(one => _clusters?.Contains(one.ResourceId) == true))
            _nodeGroups.Add(Group(cluster.SubscriptionId, cluster.Properties["nodeResourceGroup"].Text));
    }

    /// <summary>Whether the network interfaces of a scale set have to be read.</summary>
    public bool WantsScaleSet(ArmResource scaleSet) => IsOfClusters(scaleSet.ResourceId) && (_networks is null || SubnetIds.OfScaleSet(scaleSet).Any(IsOfNetworks));

    /// <summary>Whether a cluster is wanted by itself.</summary>
    public bool WantsCluster(ArmResource cluster) => _networks is null && (_clusters is null || _clusters.Contains(cluster.ResourceId));

    public NetworkInventory Narrow(NetworkInventory all)
    {
        if (_networks is null && _clusters is null)
            return all;
        var clusters = all.AksClusters.Where(IsWanted).ToList();
        var nics = all.NetworkInterfaces.Where(nic => IsOfNetworks(nic.Subnet) && IsOfClusters(new ResourceId(nic.Id))).ToList();
        var nicIds = Ids(nics.Select(static nic => nic.Id));
        var machineIds = Ids(nics.Select(static nic => nic.VirtualMachine));
        var subnets = Ids(nics.Select(static nic => nic.Subnet).Concat(clusters.SelectMany(SubnetsOf)));
        var networks = all.VirtualNetworks.Where(network => _networks is null || _networks.Contains(new ResourceId(network.Id)))
            .Where(network => _clusters is null || network.Subnets.Any(subnet => subnets.Contains(new ResourceId(subnet.Id)))).ToList();
        if (_clusters is null)
            subnets.UnionWith(Ids(networks.SelectMany(static network => network.Subnets).Select(static subnet => subnet.Id)));
        var gateways = Ids(networks.SelectMany(static network => network.Gateways).Select(static gateway => gateway.Id));
        var balancers = all.LoadBalancers.Where(balancer => balancer.Backends.Any(id => nicIds.Contains(new ResourceId(id)))
            || balancer.Frontends.Any(frontend => frontend.Subnet is not null && subnets.Contains(new ResourceId(frontend.Subnet)))).ToList();
        var kept = Ids(balancers.Select(static balancer => balancer.Id));
        kept.UnionWith(nicIds);
        kept.UnionWith(gateways);

        // Where nothing fits, addresses that may be anybody's would be all there is.
        var isNothing = networks.Count + nics.Count + clusters.Count == 0;
        return new NetworkInventory
        {
            Time = all.Time,
            ToolVersion = all.ToolVersion,
            Issues = all.Issues,
            Subscriptions = all.Subscriptions,
            VirtualNetworks = networks,
            NetworkInterfaces = nics,
            VirtualMachines = [.. all.VirtualMachines.Where(machine => machineIds.Contains(new ResourceId(machine.Id)))],
            Nsgs = [.. all.Nsgs.Where(nsg => nsg.NetworkInterfaces.Any(id => nicIds.Contains(new ResourceId(id))) || nsg.Subnets.Any(id => subnets.Contains(new ResourceId(id))))],
            LoadBalancers = balancers,
            PublicAddresses = isNothing ? [] : [.. all.PublicAddresses.Where(address => !IsModelled(address.NetworkInterface ?? address.Resource) || kept.Contains(new ResourceId(address.NetworkInterface ?? address.Resource)))],
            AksClusters = clusters,
            Sites = all.Sites,
            PointToSite = [.. all.PointToSite.Where(pool => gateways.Contains(new ResourceId(pool.Id)))],
        };
    }

    private static HashSet<ResourceId>? Choose(IReadOnlyList<string> names, ResourceKind kind, IReadOnlyList<ArmResource> found)
    {
        if (names.Count == 0)
            return null;
        var choice = new NameChoice(names);
        var ofKind = found.Where(one => ResourceKind.OfType(one.ResourceId.Type) == kind).ToList();
        foreach (var id in choice.Ids.Where(id => ofKind.TrueForAll(one => one.ResourceId != new ResourceId(id))))
            throw ResourceErrors.NotFound(kind, id, string.Empty, []);
        foreach (var name in choice.Literals.Where(name => ofKind.TrueForAll(one => !string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))))
            throw ResourceErrors.NotFound(kind, name, string.Empty, NearNames.Of(name, ofKind.Select(static one => one.Name)));
        var ids = new HashSet<ResourceId>(choice.Ids.Select(static id => new ResourceId(id)));
        return [.. ofKind.Where(one => ids.Contains(one.ResourceId) || (choice.Names.Count > 0 && choice.Matches(one.Name))).Select(static one => one.ResourceId)];
    }

    private static IEnumerable<string?> SubnetsOf(InventoryAksCluster cluster) => cluster.NodePools.SelectMany(static pool => new[] { pool.Subnet, pool.PodSubnet });

    // What else has a public address (NAT gateway, firewall …) is not in an inventory.
    private static bool IsModelled(string? id) => new ResourceId(id) is var owner
        && (owner.NetworkInterface is not null || owner.Segment("loadBalancers") is not null || owner.Segment("virtualNetworkGateways") is not null);

    private static HashSet<ResourceId> Ids(IEnumerable<string?> ids) => [.. ids.OfType<string>().Select(static id => new ResourceId(id))];

    private bool IsWanted(InventoryAksCluster cluster) =>
        (_clusters is null || _clusters.Contains(new ResourceId(cluster.Id))) && (_networks is null || SubnetsOf(cluster).Any(IsOfNetworks));

    private bool IsOfNetworks(string? subnet) => _networks is null || (Owner(subnet) is { } network && _networks.Contains(new ResourceId(network)));

    private bool IsOfClusters(ResourceId id) => _clusters is null || _nodeGroups.Contains(Group(id));
}
