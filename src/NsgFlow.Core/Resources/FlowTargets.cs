using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>Works out what flow logs may be on, and how they call it, for each kind of resource that can be asked about.</summary>
internal sealed class FlowTargets(ResourceFinder finder, Action<string> warn)
{
    private readonly Dictionary<ResourceId, ArmResource?> _known = [];

    /// <summary>The target that a resource is.</summary>
    public FlowTarget Of(ResourceKind kind, ArmResource resource, CancellationToken cancellation)
    {
        var target = new FlowTarget(kind, resource);
        if (kind == ResourceKind.Nsg)
            AddNsg(target, resource, cancellation);
        else if (kind == ResourceKind.VirtualNetwork)
            AddNetwork(target, resource);
        else if (kind == ResourceKind.Subnet)
            AddSubnet(target, resource, Known(resource.ResourceId.Parent, cancellation));
        else if (kind == ResourceKind.NetworkInterface)
            AddInterface(target, resource);
        else
            AddCluster(target, resource, cancellation);
        return target;
    }

    /// <summary>Subnets of a network interface, asked once.</summary>
    public IEnumerable<string> SubnetsOfInterface(string id, CancellationToken cancellation) =>
        Known(new ResourceId(id), cancellation) is { } nic ? SubnetIds.OfInterface(nic) : [];

    /// <summary>Has resources ready in one query that will be asked for one by one.</summary>
    public void Load(IEnumerable<string> ids, CancellationToken cancellation)
    {
        var unknown = ids.Distinct(StringComparer.OrdinalIgnoreCase).Where(id => !_known.ContainsKey(new ResourceId(id))).ToList();
        foreach (var id in unknown)
            _known[new ResourceId(id)] = null;
        foreach (var resource in Read(unknown, cancellation))
            _known[resource.ResourceId] = resource;
    }

    /// <summary>
    /// Adds the NSGs of the subnets that network interfaces are in: only their networks name these. Asked in one query, and only once it is known that no
    /// flow log writes flows of them.
    /// </summary>
    public void AddNsgsOfSubnets(IEnumerable<FlowTarget> interfaces, CancellationToken cancellation)
    {
        var all = interfaces.Where(static target => target.Kind == ResourceKind.NetworkInterface).ToList();
        Load(all.SelectMany(static target => target.Loggable).Select(static network => network.Text), cancellation);
        foreach (var target in all)
        {
            var subnets = target.Loggable.Select(network => Known(network, cancellation)).OfType<ArmResource>().SelectMany(static network => network.Properties["subnets"].Items)
                .Where(subnet => subnet["id"].Text is { } id && target.Targets.Contains(new ResourceId(id)));
            target.NsgsNearby.UnionWith(subnets.Select(NsgOf).OfType<ResourceId>());
        }
    }

    private static void AddNetwork(FlowTarget target, ArmResource network)
    {
        target.Ids.Add(network.Id);
        target.Targets.Add(network.ResourceId);
        target.Networks.Add(network.ResourceId);
        target.Loggable.Add(network.ResourceId);
        target.NsgsNearby.UnionWith(network.Properties["subnets"].Items.Select(NsgOf).OfType<ResourceId>());
    }

    private static void AddSubnet(FlowTarget target, ArmResource subnet, ArmResource? network)
    {
        target.Location ??= network?.Location;
        target.Ids.Add(subnet.Id);
        AddPlace(target, subnet.ResourceId);
        target.Parts.Add(new ScopePart(subnet.ResourceId.Parent.Text, AddressesOf(subnet)));
        if (NsgOf(subnet.Root) is { } nsg)
            target.NsgsNearby.Add(nsg);
    }

    private static void AddInterface(FlowTarget target, ArmResource nic)
    {
        target.Ids.Add(nic.Id);
        target.Targets.Add(nic.ResourceId);
        foreach (var subnet in SubnetIds.OfInterface(nic).Select(static id => new ResourceId(id)))
        {
            target.Targets.Add(subnet);
            target.Targets.Add(subnet.Parent);
            target.Loggable.Add(subnet.Parent);
            // An interface that is switched off may have lost its MAC; then its addresses must do.
            if (nic.Properties["macAddress"].Text is not { Length: > 0 })
                target.Parts.AddRange(new[] { subnet, subnet.Parent }.Select(whole => new ScopePart(whole.Text, AddressesOfInterface(nic))));
        }

        if (MacSet.TryNormalize(nic.Properties["macAddress"].Text, out var mac, out _))
            target.Macs.Add(mac);
        if (NsgOf(nic.Root) is { } nsg)
            target.NsgsNearby.Add(nsg);
    }

    // A flow log on the network, the subnet, or an interface in the subnet.
    private static void AddPlace(FlowTarget target, ResourceId subnet)
    {
        target.Targets.Add(subnet);
        target.Targets.Add(subnet.Parent);
        target.Subnets.Add(subnet);
        target.Loggable.Add(subnet.Parent);
    }

    private static AddressSet AddressesOf(ArmResource subnet)
    {
        var prefixes = subnet.Properties["addressPrefixes"].Items.Append(subnet.Properties["addressPrefix"]).Select(static prefix => prefix.Text);
        return Addresses(prefixes);
    }

    private static AddressSet AddressesOfInterface(ArmResource nic) =>
        Addresses(nic.Properties["ipConfigurations"].Items.Select(static one => one["properties"]["privateIPAddress"].Text));

    private static AddressSet Addresses(IEnumerable<string?> texts) =>
        AddressSet.Of(texts.Select(static text => AddressSet.TryParse(text, out var range, out _) ? range : (AddressRange?)null).OfType<AddressRange>());

    private static ResourceId? NsgOf(ArmNode resource) => resource["properties"]["networkSecurityGroup"]["id"].Text is { Length: > 0 } id ? new ResourceId(id) : null;

    private static void NameNsg(FlowTarget target, ArmResource nsg)
    {
        target.Ids.Add(nsg.Id);
        target.Targets.Add(nsg.ResourceId);
        if (nsg.Properties["resourceGuid"].Text is { Length: > 0 } guid)
            target.NsgGuids.Add(guid);
    }

    private void AddNsg(FlowTarget target, ArmResource nsg, CancellationToken cancellation)
    {
        NameNsg(target, nsg);
        foreach (var subnet in nsg.Properties["subnets"].Items.Select(static one => one["id"].Text).OfType<string>())
            AddPlace(target, new ResourceId(subnet));
        var nics = nsg.Properties["networkInterfaces"].Items.Select(static one => one["id"].Text).OfType<string>().ToList();
        target.Targets.UnionWith(nics.Select(static id => new ResourceId(id)));

        // The instances of a scale set are many and all alike: its model tells where they are.
        var holders = nics.ConvertAll(static id => ScaleSetOf(id) ?? id);
        Load(holders, cancellation);
        foreach (var id in holders.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (_known[new ResourceId(id)] is not { } holder)
                continue;
            foreach (var subnet in SubnetIds.OfInterface(holder).Concat(SubnetIds.OfScaleSet(holder)).Select(static id => new ResourceId(id)))
            {
                target.Targets.Add(subnet);
                target.Targets.Add(subnet.Parent);
                target.Loggable.Add(subnet.Parent);
            }
        }
    }

    private void AddCluster(FlowTarget target, ArmResource cluster, CancellationToken cancellation)
    {
        var network = AksNetwork.Of(cluster, finder, cancellation);
        foreach (var issue in network.Issues)
            warn(issue);
        foreach (var nsg in network.Nsgs)
            NameNsg(target, nsg);
        foreach (var subnet in network.Subnets)
        {
            AddSubnet(target, subnet, network.VirtualNetworks.FirstOrDefault(one => one.ResourceId == subnet.ResourceId.Parent));
            // An NSG of somebody's own on the subnet may be on others as well.
            if (NsgOf(subnet.Root) is { } nsg && target.Targets.Add(nsg))
                target.Parts.Add(new ScopePart(nsg.Text, AddressesOf(subnet)));
        }

        foreach (var nic in network.NetworkInterfaces)
            AddInterface(target, nic);
    }

    private static string? ScaleSetOf(string id)
    {
        var at = id.IndexOf("/virtualMachines/", StringComparison.OrdinalIgnoreCase);
        return at > 0 && new ResourceId(id).Segment("virtualMachineScaleSets") is not null ? id.Substring(0, at) : null;
    }

    private ArmResource? Known(ResourceId id, CancellationToken cancellation)
    {
        Load([id.Text], cancellation);
        return _known[id];
    }

    private IReadOnlyList<ArmResource> Read(List<string> ids, CancellationToken cancellation)
    {
        try
        {
            return ids.Count == 0 ? [] : finder.Fetch(ids, cancellation);
        }
        catch (NsgFlowException e) when (e.ErrorId == "ArmAccessDenied")
        {
            warn(e.Message);
            return [];
        }
    }
}
