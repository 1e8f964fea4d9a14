using System;
using System.Collections.Generic;

namespace NsgFlow.Network;

/// <summary>
/// The ranges of AKS clusters that are in no virtual network. Most clusters have the same ones, Azure's defaults, and these say nothing against a virtual network
/// or site that uses the addresses, too: they are asked last, and only about private addresses.
/// </summary>
internal sealed class AksRanges
{
    private readonly List<KnownPlace> _places = [];
    private readonly Dictionary<string, KnownPlace> _podSubnets = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="FormatException">A range is wrong; the message says which and why.</exception>
    public AksRanges(IReadOnlyList<NetworkInventory> inventories)
    {
        Layer = new PrefixLayer(Combine);
        foreach (var inventory in inventories)
        {
            for (var i = 0; i < inventory.AksClusters.Count; i++)
                Add(inventory.AksClusters[i], InventoryText.At("aksClusters", i));
        }
    }

    public PrefixLayer Layer { get; }

    public KnownPlace this[int number] => _places[number];

    /// <summary>What is known of a subnet that has nothing but pods; null of any other.</summary>
    public KnownPlace? PodSubnet(string? id) => InventoryText.Trim(id) is { } key && _podSubnets.TryGetValue(key, out var place) ? place : null;

    private void Add(InventoryAksCluster cluster, string path)
    {
        var id = new ResourceId(InventoryText.Trim(cluster.Id));
        var pods = new KnownPlace
        {
            Kind = PlaceKind.Private,
            AksCluster = InventoryText.Name(cluster.Name, id, path),
            AksRange = AksRange.Pod,
            Location = cluster.Location,
            ResourceId = id.Text.Length == 0 ? null : id.Text,
            SubscriptionId = id.SubscriptionId,
            ResourceGroup = id.ResourceGroup,
        };
        AddRanges(cluster.ServiceRanges, path + ".serviceRanges", pods with { AksRange = AksRange.Service });
        AddRanges(cluster.PodRanges, path + ".podRanges", pods);
        foreach (var pool in cluster.NodePools)
        {
            if (InventoryText.Trim(pool.PodSubnet) is { } subnet)
                _podSubnets[subnet] = _podSubnets.TryGetValue(subnet, out var other) ? Common(other, pods) : pods;
        }
    }

    private void AddRanges(IReadOnlyList<string> texts, string path, KnownPlace place)
    {
        foreach (var range in InventoryText.Ranges(texts, path))
            Layer.Add(range, Number(place));
    }

    private int Combine(int outer, int inner, bool isSame) => outer < 0 ? inner : Number(Common(_places[outer], _places[inner]));

    private int Number(KnownPlace place)
    {
        _places.Add(place);
        return _places.Count - 1;
    }

    /// <summary>What holds of an address that two clusters have.</summary>
    private static KnownPlace Common(KnownPlace one, KnownPlace other) => one == other ? one : new KnownPlace
    {
        Kind = PlaceKind.Private,
        AksRange = one.AksRange == other.AksRange ? one.AksRange : null,
    };
}
