using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>Which network interfaces are in which subnet, and which NSG is on what: all that decides who is logged by which flow log.</summary>
internal sealed class NetworkLayout
{
    private const string PrivateEndpoint = "privateEndpointIpConfig";

    private readonly Dictionary<ResourceId, LayoutNetwork> _networks = [];
    private readonly Dictionary<ResourceId, LayoutSubnet> _subnets = [];
    private readonly Dictionary<ResourceId, LayoutNic> _nics = [];

    /// <summary>Reads what ARM gave.</summary>
    /// <param name="virtualNetworks">Virtual networks with their subnets; interfaces of scale sets are known from these alone.</param>
    /// <param name="nsgs">NSGs, which say what they are on.</param>
    /// <param name="nics">Interfaces that were read by themselves, should a virtual network's answer not have them yet.</param>
    public NetworkLayout(IEnumerable<ArmResource> virtualNetworks, IEnumerable<ArmResource> nsgs, IEnumerable<ArmResource> nics)
    {
        foreach (var network in virtualNetworks)
            Add(network);
        foreach (var nic in nics)
        {
            foreach (var configuration in nic.Properties["ipConfigurations"].Items)
            {
                if (Subnet(new ResourceId(configuration["properties"]["subnet"]["id"].Text)) is { } subnet)
                    AddNic($"{nic.Id}/ipConfigurations/{configuration["name"].Text}", subnet);
            }
        }

        foreach (var nsg in nsgs)
            Attach(nsg);
    }

    /// <summary>The virtual networks, in order of their ids.</summary>
    public IEnumerable<LayoutNetwork> Networks => _networks.Values.OrderBy(static network => network.Id.Text, StringComparer.OrdinalIgnoreCase);

    /// <summary>The virtual network of an id, or null.</summary>
    public LayoutNetwork? Network(ResourceId id) => _networks.TryGetValue(id, out var network) ? network : null;

    /// <summary>The subnet of an id, or null.</summary>
    public LayoutSubnet? Subnet(ResourceId id) => _subnets.TryGetValue(id, out var subnet) ? subnet : null;

    /// <summary>The network interface of an id, or null.</summary>
    public LayoutNic? Nic(ResourceId id) => _nics.TryGetValue(id, out var nic) ? nic : null;

    /// <summary>The subnets that an NSG, virtual network or subnet stands for.</summary>
    public IEnumerable<LayoutSubnet> SubnetsOf(ResourceId target) => FlowLog.KindOf(target) switch
    {
        FlowLogTargetKind.Nsg => _subnets.Values.Where(subnet => subnet.Nsg == target),
        FlowLogTargetKind.VirtualNetwork => Network(target)?.Subnets ?? [],
        FlowLogTargetKind.Subnet => Subnet(target) is { } subnet ? [subnet] : [],
        _ => [],
    };

    /// <summary>The network interfaces that a flow log on a target logs.</summary>
    public IEnumerable<LayoutNic> NicsOf(ResourceId target) => FlowLog.KindOf(target) switch
    {
        FlowLogTargetKind.Nsg => _nics.Values.Where(nic => nic.Nsg == target || nic.Subnet.Nsg == target),
        FlowLogTargetKind.NetworkInterface => Nic(target) is { } nic ? [nic] : [],
        _ => SubnetsOf(target).SelectMany(static subnet => subnet.Nics),
    };

    /// <summary>Those of some NSG flow logs that log network interfaces of a target, or would, in a subnet that has none yet.</summary>
    public IReadOnlyList<FlowLog> NsgLogsOver(ResourceId target, IEnumerable<FlowLog> logs)
    {
        var nics = new HashSet<LayoutNic>(NicsOf(target));
        var subnets = new HashSet<LayoutSubnet>(SubnetsOf(target));
        return
        [
            .. logs.Where(log => log.Kind == FlowLogKind.Nsg
                && (NicsOf(new ResourceId(log.TargetResourceId)).Any(nics.Contains) || SubnetsOf(new ResourceId(log.TargetResourceId)).Any(subnets.Contains))),
        ];
    }

    private void Add(ArmResource resource)
    {
        var network = new LayoutNetwork(resource);
        _networks[network.Id] = network;
        foreach (var node in resource.Properties["subnets"].Items)
        {
            if (node["id"].Text is not { } id)
                continue;
            var subnet = new LayoutSubnet(new ResourceId(id), network, node);
            network.Subnets.Add(subnet);
            _subnets[subnet.Id] = subnet;
            foreach (var configuration in node["properties"]["ipConfigurations"].Items)
                AddNic(configuration["id"].Text, subnet);
        }
    }

    // Gateways and load balancers have addresses in subnets, too. So have private endpoints, whose interfaces are never logged.
    private void AddNic(string? configuration, LayoutSubnet subnet)
    {
        var id = new ResourceId(configuration);
        if (id.NetworkInterface is null || id.Segment("ipConfigurations")?.StartsWith(PrivateEndpoint, StringComparison.OrdinalIgnoreCase) == true)
            return;
        var end = id.Text.IndexOf("/ipConfigurations/", StringComparison.OrdinalIgnoreCase);
        var nic = new LayoutNic(new ResourceId(end < 0 ? id.Text : id.Text.Substring(0, end)), subnet);
        if (_nics.ContainsKey(nic.Id))
            return;
        _nics[nic.Id] = nic;
        subnet.Nics.Add(nic);
    }

    private void Attach(ArmResource nsg)
    {
        foreach (var node in nsg.Properties["subnets"].Items)
        {
            if (Subnet(new ResourceId(node["id"].Text)) is { } subnet)
                subnet.Nsg = nsg.ResourceId;
        }

        foreach (var node in nsg.Properties["networkInterfaces"].Items)
        {
            if (Nic(new ResourceId(node["id"].Text)) is { } nic)
                nic.Nsg = nsg.ResourceId;
        }
    }
}
