using System.Collections.Generic;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>Reads the networks around NSGs and other targets, as few of them as possible: a virtual network tells of all interfaces in it.</summary>
internal sealed class NetworkGatherer
{
    private readonly ArmMemory _memory;
    private readonly Dictionary<ResourceId, ArmResource> _networks = [];
    private readonly Dictionary<ResourceId, ArmResource> _nsgs = [];
    private readonly Dictionary<ResourceId, ArmResource> _nics = [];
    private readonly HashSet<ResourceId> _placed = [];

    public NetworkGatherer(ArmMemory memory) => _memory = memory;

    /// <summary>What was read.</summary>
    public NetworkLayout Layout => new(_networks.Values, _nsgs.Values, _nics.Values);

    /// <summary>Reads the virtual network that a network, subnet or interface is or lies in; or an NSG and every virtual network it is in.</summary>
    /// <exception cref="NsgFlowException">Something of it may not be read: what is left would look as if nothing else were there.</exception>
    public void Add(ResourceId target, CancellationToken cancellation)
    {
        if (target.Nsg is not null)
            AddNsg(target, cancellation);
        else if (target.VirtualNetwork is not null)
            AddNetwork(target, cancellation);
        else if (target.NetworkInterface is not null)
            AddNic(target, cancellation);
    }

    /// <summary>Reads an NSG alone: what it is on matters as far as that lies in networks read otherwise.</summary>
    public void AddNsgAlone(ResourceId nsg, CancellationToken cancellation)
    {
        if (Get(nsg, ResourceKind.Nsg, cancellation) is { } resource)
            _nsgs[nsg] = resource;
    }

    private void AddNsg(ResourceId id, CancellationToken cancellation)
    {
        AddNsgAlone(id, cancellation);
        if (!_nsgs.TryGetValue(id, out var nsg))
            return;
        foreach (var subnet in nsg.Properties["subnets"].Items)
            AddNetwork(new ResourceId(subnet["id"].Text), cancellation);
        foreach (var nic in nsg.Properties["networkInterfaces"].Items)
            AddNic(new ResourceId(nic["id"].Text), cancellation);
    }

    private void AddNetwork(ResourceId inside, CancellationToken cancellation)
    {
        var id = NetworkOf(inside);
        if (_networks.ContainsKey(id) || Get(id, ResourceKind.VirtualNetwork, cancellation) is not { } network)
            return;
        _networks.Add(id, network);
        foreach (var nic in new NetworkLayout([network], [], []).NicsOf(id))
            _placed.Add(nic.Id);
    }

    private void AddNic(ResourceId id, CancellationToken cancellation)
    {
        if (!_placed.Add(id))
            return;
        var kind = id.Segment("virtualMachineScaleSets") is null ? ResourceKind.NetworkInterface : ResourceKind.ScaleSetNetworkInterface;
        if (Get(id, kind, cancellation) is not { } nic)
            return;
        _nics[id] = nic;
        foreach (var configuration in nic.Properties["ipConfigurations"].Items)
            AddNetwork(new ResourceId(configuration["properties"]["subnet"]["id"].Text), cancellation);
    }

    private ArmResource? Get(ResourceId id, ResourceKind kind, CancellationToken cancellation)
    {
        var found = _memory.Get(id.Text, kind.ApiVersion, cancellation);
        return found.Refusal is { } refusal ? throw refusal : found.Value;
    }

    /// <summary>The virtual network that an id names or lies in.</summary>
    internal static ResourceId NetworkOf(ResourceId inside) => inside.Subnet is null ? inside : inside.Parent;
}
