using System;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>The virtual networks of inventories, each with a number, by id or name.</summary>
internal sealed class InventoryNetworks
{
    private readonly Dictionary<string, KnownPlace> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, KnownPlace> _byName = new(StringComparer.OrdinalIgnoreCase);
    private int _count;

    /// <summary>The virtual network of an id, or of a name when there is no id. The first to name it gives its data.</summary>
    public KnownPlace Of(string? id, string name, string? location)
    {
        var known = id is null ? _byName : _byId;
        if (known.TryGetValue(id ?? name, out var network))
        {
            return network;
        }

        network = new KnownPlace
        {
            Kind = PlaceKind.VirtualNetwork,
            NetworkNumber = _count++,
            VirtualNetwork = name,
            Location = location,
            ResourceId = id,
            SubscriptionId = new ResourceId(id).SubscriptionId,
            ResourceGroup = new ResourceId(id).ResourceGroup,
        };
        known.Add(id ?? name, network);
        return network;
    }

    public bool HasId(string id) => _byId.ContainsKey(id);

    /// <summary>The virtual network and subnet of a subnet's id.</summary>
    /// <exception cref="FormatException">It is no such id.</exception>
    public KnownPlace OfSubnet(string subnetId, string path)
    {
        var id = new ResourceId(InventoryText.Trim(subnetId));
        var end = id.Text.LastIndexOf("/subnets/", StringComparison.OrdinalIgnoreCase);
        if (end < 0 || id.VirtualNetwork is not { } name || id.Subnet is not { } subnet)
        {
            throw InventoryText.Wrong(path, $"{Shown.Text(subnetId)} is not the id of a subnet: it ends in /virtualNetworks/<name>/subnets/<name>.");
        }

        // An inventory written by hand may name its virtual networks only.
        var networkId = id.Text.Substring(0, end);
        var network = !HasId(networkId) && _byName.TryGetValue(name, out var named) ? named : Of(networkId, name, null);
        return network with { Subnet = subnet, ResourceId = id.Text, SubscriptionId = null, ResourceGroup = null };
    }
}
