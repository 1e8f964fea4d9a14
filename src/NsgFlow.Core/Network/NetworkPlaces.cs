using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>Lays the layers over each other: segments of both families, and the distinct places of which they have the numbers.</summary>
internal sealed class NetworkPlaces
{
    private readonly InventoryLayers _inventory;
    private readonly ServiceTagLayers _tags;
    private readonly ThreatLayer _threats;
    private readonly List<NetworkPlace> _places = [];
    private readonly Dictionary<(PlaceKind Kind, object? Known, string? Location, string? Tag, int Threat), int> _numbers = [];

    public NetworkPlaces(InventoryLayers inventory, ServiceTagLayers tags, ThreatLayer threats, PrefixLayer spaces)
    {
        _inventory = inventory;
        _tags = tags;
        _threats = threats;
        NumberOf(PlaceKind.Unknown, null, null, null, -1);
        V4 = Merge(isV4: true, spaces);
        V6 = Merge(isV4: false, spaces);
    }

    public List<PrefixSegment> V4 { get; }

    public List<PrefixSegment> V6 { get; }

    public IReadOnlyList<NetworkPlace> Places => _places.AsReadOnly();

    /// <summary>Where virtual networks use addresses that are public by their number.</summary>
    public IEnumerable<AddressRange> PublicNetworks => RangesOf(PlaceKind.VirtualNetwork, isV4: true).Concat(RangesOf(PlaceKind.VirtualNetwork, isV4: false))
        .Where(static range => !AddressSpaces.IsNotPublic(range));

    private IEnumerable<AddressRange> RangesOf(PlaceKind kind, bool isV4)
    {
        var segments = isV4 ? V4 : V6;
        for (var i = 0; i < segments.Count; i++)
        {
            if (_places[segments[i].Value].Kind == kind)
                yield return new AddressRange(segments[i].First, i + 1 < segments.Count ? PrefixLayer.Before(segments[i + 1].First) : PrefixLayer.LastOf(isV4));
        }
    }

    private List<PrefixSegment> Merge(bool isV4, PrefixLayer spaces)
    {
        List<PrefixSegment>[] layers =
        [
            spaces.Flatten(isV4), _inventory.Interfaces(isV4), _inventory.Networks(isV4), _inventory.Public(isV4),
            _tags.Services.Flatten(isV4), _tags.Clouds.Flatten(isV4), _threats.Layer.Flatten(isV4),
            _inventory.Aks.Layer.Flatten(isV4),
        ];
        var none = isV4 && _tags.HasAllV4 || !isV4 && _tags.HasAllV6 ? PlaceKind.External : PlaceKind.Unknown;
        var at = new int[layers.Length];
        var merged = new List<PrefixSegment>();
        var first = PrefixLayer.FirstOf(isV4);
        for (var isMore = true; isMore;)
        {
            int Value(int layer) => layers[layer][at[layer]].Value;
            PrefixLayer.Emit(merged, first, PlaceOf(Value(0), Value(1) >= 0 ? Value(1) : Value(2), Value(3), Value(4), Value(5), Value(6), Value(7), none));
            isMore = Next(layers, at, ref first);
        }

        return merged;
    }

    /// <summary>Moves all layers on to the next address at which one of them changes.</summary>
    private static bool Next(List<PrefixSegment>[] layers, int[] at, ref FlowAddress first)
    {
        var isMore = false;
        var next = default(FlowAddress);
        for (var i = 0; i < layers.Length; i++)
        {
            if (at[i] + 1 < layers[i].Count && (!isMore || layers[i][at[i] + 1].First < next))
            {
                next = layers[i][at[i] + 1].First;
                isMore = true;
            }
        }

        for (var i = 0; isMore && i < layers.Length; i++)
        {
            at[i] += at[i] + 1 < layers[i].Count && layers[i][at[i] + 1].First == next ? 1 : 0;
        }

        first = next;
        return isMore;
    }

    private int PlaceOf(int space, int network, int ownPublic, int service, int cloud, int threat, int aks, PlaceKind none)
    {
        if (network >= 0 && space != AddressSpaces.Platform)
        {
            // Public lists speak of somebody else when the customer uses public addresses inside.
            return NumberOf(_inventory[network].Kind, _inventory[network], _inventory[network].Location, null, -1);
        }

        if (space == AddressSpaces.Private)
        {
            var cluster = aks >= 0 ? _inventory.Aks[aks] : null;
            return NumberOf(PlaceKind.Private, cluster, cluster?.Location, null, -1);
        }

        var tag = service >= 0 ? _tags[service] : cloud >= 0 ? _tags[cloud] : null;
        var location = tag?.Region ?? (cloud >= 0 ? _tags[cloud].Region : null);
        if (space != AddressSpaces.Public)
        {
            return NumberOf(space == AddressSpaces.Platform ? PlaceKind.Azure : PlaceKind.Reserved, null, location, tag?.Name, -1);
        }

        var own = ownPublic >= 0 ? _inventory[ownPublic] : null;
        var kind = threat >= 0 ? PlaceKind.Malicious : own is not null ? PlaceKind.OwnPublic : tag is not null ? PlaceKind.Azure : none;
        return NumberOf(kind, own, own?.Location ?? location, tag?.Name, threat);
    }

    private int NumberOf(PlaceKind kind, KnownPlace? known, string? location, string? tag, int threat)
    {
        var key = (kind, (object?)known, location, tag, threat);
        if (_numbers.TryGetValue(key, out var number))
        {
            return number;
        }

        number = _places.Count;
        _numbers.Add(key, number);
        _places.Add(new NetworkPlace
        {
            Index = number,
            Kind = kind,
            VirtualNetwork = known?.VirtualNetwork,
            Subnet = known?.Subnet,
            NetworkInterface = known?.NetworkInterface,
            VirtualMachine = known?.VirtualMachine,
            LoadBalancer = known?.LoadBalancer,
            AksCluster = known?.AksCluster,
            NodePool = known?.NodePool,
            AksRange = known?.AksRange,
            Site = known?.Site,
            Location = location,
            ResourceId = known?.ResourceId,
            SubscriptionId = known?.SubscriptionId,
            ResourceGroup = known?.ResourceGroup,
            ServiceTag = tag,
            ThreatType = threat < 0 ? null : _threats[threat].Type,
            ThreatList = threat < 0 ? null : _threats[threat].List,
            NetworkNumber = known?.NetworkNumber ?? -1,
            End = EndOf(kind, known),
        });
        return number;
    }

    private static NetworkEnd EndOf(PlaceKind kind, KnownPlace? known) => kind switch
    {
        PlaceKind.Private => NetworkEnd.Private,
        PlaceKind.VirtualNetwork => NetworkEnd.VirtualNetwork,
        PlaceKind.OnPremises => NetworkEnd.OnPremises,
        PlaceKind.PointToSite => NetworkEnd.PointToSite,
        PlaceKind.Azure => NetworkEnd.Azure,
        PlaceKind.External => NetworkEnd.External,
        PlaceKind.Malicious => NetworkEnd.Malicious,

        // A public address that leads to a known interface is an end in that interface's network.
        PlaceKind.OwnPublic when known!.NetworkNumber >= 0 => NetworkEnd.VirtualNetwork,
        _ => NetworkEnd.Nothing,
    };
}
