using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Resources;

/// <summary>The network of an AKS cluster: what its nodes and pods use, in the node resource group and outside it.</summary>
public sealed class AksNetwork
{
    private AksNetwork(ArmResource cluster) => Cluster = cluster;

    /// <summary>The cluster.</summary>
    public ArmResource Cluster { get; }

    /// <summary>The group in which AKS keeps what belongs to the cluster (<c>MC_…</c>).</summary>
    public string NodeResourceGroup { get; private init; } = string.Empty;

    /// <summary>NSGs of the node resource group.</summary>
    public IReadOnlyList<ArmResource> Nsgs { get; private init; } = [];

    /// <summary>Subnets of nodes and pods, in the cluster's own virtual network or one that was brought.</summary>
    public IReadOnlyList<ArmResource> Subnets { get; private init; } = [];

    /// <summary>The virtual networks of these subnets.</summary>
    public IReadOnlyList<ArmResource> VirtualNetworks { get; private init; } = [];

    /// <summary>Scale sets of the node pools.</summary>
    public IReadOnlyList<ArmResource> ScaleSets { get; private init; } = [];

    /// <summary>Network interfaces of nodes that are in no scale set.</summary>
    public IReadOnlyList<ArmResource> NetworkInterfaces { get; private init; } = [];

    /// <summary>What could not be read, as sentences.</summary>
    public IReadOnlyList<string> Issues { get; private init; } = [];

    /// <summary>Looks a cluster's network up: one query for the node resource group, and one for virtual networks that were brought.</summary>
    /// <exception cref="NsgFlowException">Any failure of <see cref="IArm"/>; a virtual network that may not be read is an issue only.</exception>
    public static AksNetwork Of(ArmResource cluster, ResourceFinder finder, CancellationToken cancellation)
    {
        if (cluster is null)
            throw new ArgumentNullException(nameof(cluster));
        if (finder is null)
            throw new ArgumentNullException(nameof(finder));
        var group = cluster.Properties["nodeResourceGroup"].Text;
        if (string.IsNullOrEmpty(group))
            return new AksNetwork(cluster) { Issues = [$"AKS cluster '{cluster.Name}' has no node resource group (yet)."] };
        var nodes = finder.InGroup(
            [ResourceKind.Nsg, ResourceKind.VirtualNetwork, ResourceKind.ScaleSet, ResourceKind.NetworkInterface], cluster.SubscriptionId ?? string.Empty, group!, cancellation);
        var managed = Of(nodes, ResourceKind.VirtualNetwork);
        var scaleSets = Of(nodes, ResourceKind.ScaleSet);
        var interfaces = Of(nodes, ResourceKind.NetworkInterface);
        var pools = cluster.Properties["agentPoolProfiles"].Items.SelectMany(static pool => new[] { pool["vnetSubnetID"].Text, pool["podSubnetID"].Text });
        var ids = new HashSet<ResourceId>(
            pools.Concat(scaleSets.SelectMany(SubnetIds.OfScaleSet)).Concat(interfaces.SelectMany(SubnetIds.OfInterface))
                .Where(static id => !string.IsNullOrEmpty(id)).Select(static id => new ResourceId(id)));
        var issues = new List<string>();
        var brought = Read(ids.Select(static id => id.Parent).Where(id => managed.All(network => network.ResourceId != id)).Distinct(), finder, issues, cancellation);
        List<ArmResource> networks = [.. managed, .. brought];
        var subnets = networks.SelectMany(static network => network.Properties["subnets"].Items).Select(static subnet => new ArmResource(subnet));
        return new AksNetwork(cluster)
        {
            NodeResourceGroup = group!,
            Nsgs = Of(nodes, ResourceKind.Nsg),
            // A cluster in a virtual network of its own may not say where its pools are: everything in there is the cluster's.
            Subnets = [.. subnets.Where(subnet => ids.Count == 0 || ids.Contains(subnet.ResourceId))],
            VirtualNetworks = networks,
            ScaleSets = scaleSets,
            NetworkInterfaces = interfaces,
            Issues = issues,
        };
    }

    /// <summary>The cluster's name.</summary>
    public override string ToString() => Cluster.Name;

    private static List<ArmResource> Of(IReadOnlyList<ArmResource> all, ResourceKind kind) =>
        [.. all.Where(one => ResourceKind.OfType(one.ResourceId.Type) == kind)];

    private static IReadOnlyList<ArmResource> Read(IEnumerable<ResourceId> ids, ResourceFinder finder, List<string> issues, CancellationToken cancellation)
    {
        var wanted = ids.ToList();
        IReadOnlyList<ArmResource> found = [];
        try
        {
            found = wanted.Count == 0 ? [] : finder.Fetch([.. wanted.Select(static id => id.Text)], cancellation);
        }
        catch (NsgFlowException e) when (e.ErrorId == "ArmAccessDenied")
        {
            issues.Add(e.Message);
        }

        issues.AddRange(wanted.Where(id => found.All(one => one.ResourceId != id)).Select(static id => $"Virtual network '{id}' could not be read."));
        return found;
    }
}
