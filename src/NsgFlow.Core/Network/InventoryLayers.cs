using System;
using System.Collections.Generic;
using System.Globalization;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>
/// Inventories as three layers: prefixes of networks and sites, addresses of network interfaces, the customer's own public addresses.
/// Making one checks an inventory.
/// </summary>
internal sealed class InventoryLayers
{
    private readonly List<KnownPlace> _places = [];
    private readonly Dictionary<string, KnownPlace> _networksById = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, KnownPlace> _networksByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, KnownPlace?> _interfaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly PrefixLayer _networkLayer;
    private readonly PrefixLayer _interfaceLayer;
    private readonly PrefixLayer _publicLayer;
    private readonly List<PrefixSegment> _networksV4;
    private readonly List<PrefixSegment> _networksV6;
    private int _networkCount;

    /// <exception cref="FormatException">An element is wrong; the message says which and why.</exception>
    public InventoryLayers(IReadOnlyList<NetworkInventory> inventories)
    {
        _networkLayer = new PrefixLayer(CombineNetworks);
        _interfaceLayer = new PrefixLayer(CombineInterfaces);
        _publicLayer = new PrefixLayer(static (_, inner, _) => inner);

        // Of the same prefix the last added counts: a virtual network rather than a site, a subnet rather than its network. Interfaces
        // come when all networks are there, since theirs may be in another inventory.
        Each(inventories, inventory => AddSites(inventory.PointToSite, "pointToSite", PlaceKind.PointToSite));
        Each(inventories, inventory => AddSites(inventory.Sites, "sites", PlaceKind.OnPremises));
        Each(inventories, inventory => AddNetworks(inventory.VirtualNetworks));
        _networksV4 = _networkLayer.Flatten(isV4: true);
        _networksV6 = _networkLayer.Flatten(isV4: false);
        Each(inventories, inventory => AddInterfaces(inventory.NetworkInterfaces));
        Each(inventories, inventory => AddPublic(inventory.PublicAddresses));
    }

    public KnownPlace this[int number] => _places[number];

    public List<PrefixSegment> Networks(bool isV4) => isV4 ? _networksV4 : _networksV6;

    public List<PrefixSegment> Interfaces(bool isV4) => _interfaceLayer.Flatten(isV4);

    public List<PrefixSegment> Public(bool isV4) => _publicLayer.Flatten(isV4);

    private static void Each(IReadOnlyList<NetworkInventory> inventories, Action<NetworkInventory> add)
    {
        foreach (var inventory in inventories)
        {
            add(inventory);
        }
    }

    private void AddSites(IReadOnlyList<InventorySite> sites, string list, PlaceKind kind)
    {
        for (var i = 0; i < sites.Count; i++)
        {
            var site = sites[i];
            var path = At(list, i);
            var id = new ResourceId(site.Id);
            AddAll(_networkLayer, site.AddressPrefixes, path + ".addressPrefixes", new KnownPlace
            {
                Kind = kind,
                Site = Name(site.Name, id, path),
                Location = site.Location,
                SubscriptionId = id.SubscriptionId,
                ResourceGroup = id.ResourceGroup,
            });
        }
    }

    private void AddNetworks(IReadOnlyList<InventoryVirtualNetwork> networks)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            var path = At("virtualNetworks", i);
            var network = Network(networks[i], path);
            AddAll(_networkLayer, networks[i].AddressPrefixes, path + ".addressPrefixes", network);
            var subnets = networks[i].Subnets;
            for (var j = 0; j < subnets.Count; j++)
            {
                var subnetPath = path + "." + At("subnets", j);
                AddAll(_networkLayer, subnets[j].AddressPrefixes, subnetPath + ".addressPrefixes", new KnownPlace
                {
                    Kind = PlaceKind.VirtualNetwork,
                    NetworkNumber = network.NetworkNumber,
                    VirtualNetwork = network.VirtualNetwork,
                    Subnet = Name(subnets[j].Name, new ResourceId(subnets[j].Id), subnetPath),
                    Location = network.Location,
                    SubscriptionId = network.SubscriptionId,
                    ResourceGroup = network.ResourceGroup,
                });
            }
        }
    }

    private KnownPlace Network(InventoryVirtualNetwork network, string path)
    {
        var id = Trim(network.Id);
        var name = Name(network.Name, new ResourceId(id), path);
        return NetworkOf(id, name, network.Location);
    }

    /// <summary>The virtual network of an id, or of a name when there is no id. The first to name it gives its data.</summary>
    private KnownPlace NetworkOf(string? id, string name, string? location)
    {
        var known = id is null ? _networksByName : _networksById;
        if (known.TryGetValue(id ?? name, out var network))
        {
            return network;
        }

        network = new KnownPlace
        {
            Kind = PlaceKind.VirtualNetwork,
            NetworkNumber = _networkCount++,
            VirtualNetwork = name,
            Location = location,
            SubscriptionId = new ResourceId(id).SubscriptionId,
            ResourceGroup = new ResourceId(id).ResourceGroup,
        };
        known.Add(id ?? name, network);
        return network;
    }

    private void AddInterfaces(IReadOnlyList<InventoryNetworkInterface> interfaces)
    {
        for (var i = 0; i < interfaces.Count; i++)
        {
            var one = interfaces[i];
            var path = At("networkInterfaces", i);
            var name = Name(one.Name, new ResourceId(one.Id), path);
            if (one.MacAddress is not null && !MacSet.TryNormalize(one.MacAddress, out _, out var error))
            {
                throw Wrong(path + ".macAddress", error!);
            }

            KnownPlace? place = null;
            var ranges = Ranges(one.Addresses, path + ".addresses");
            foreach (var range in ranges)
            {
                place = Interface(one, name, NetworkOf(one, range.First, path), place);
                _interfaceLayer.Add(range, Add(place));
            }

            place ??= Interface(one, name, NetworkOf(one, null, path), null);
            Register(one.Id is null ? name : Trim(one.Id)!, place);
            if (one.Id is not null)
            {
                Register(name, place);
            }
        }
    }

    /// <summary>A name that two have leads to neither.</summary>
    private void Register(string key, KnownPlace place) =>
        _interfaces[key] = _interfaces.TryGetValue(key, out var other) && other != place ? null : place;

    /// <summary>The virtual network and subnet of an interface: by its subnet's id, else by its address.</summary>
    private KnownPlace? NetworkOf(InventoryNetworkInterface one, FlowAddress? address, string path)
    {
        if (one.Subnet is null)
        {
            var found = address is { } known ? PrefixLayer.Find(Networks(known.IsV4), known) : -1;
            return found >= 0 && _places[found].Kind == PlaceKind.VirtualNetwork ? _places[found] : null;
        }

        var id = new ResourceId(Trim(one.Subnet));
        var end = id.Text.LastIndexOf("/subnets/", StringComparison.OrdinalIgnoreCase);
        if (end < 0 || id.VirtualNetwork is not { } name || id.Subnet is not { } subnet)
        {
            throw Wrong(path + ".subnet", $"{Shown.Text(one.Subnet)} is not the id of a subnet: it ends in /virtualNetworks/<name>/subnets/<name>.");
        }

        // An inventory written by hand may name its virtual networks only.
        var networkId = id.Text.Substring(0, end);
        var network = !_networksById.ContainsKey(networkId) && _networksByName.TryGetValue(name, out var named) ? named : NetworkOf(networkId, name, null);
        return new KnownPlace
        {
            Kind = PlaceKind.VirtualNetwork,
            NetworkNumber = network.NetworkNumber,
            VirtualNetwork = network.VirtualNetwork,
            Subnet = subnet,
            Location = network.Location,
        };
    }

    private static KnownPlace Interface(InventoryNetworkInterface one, string name, KnownPlace? network, KnownPlace? last)
    {
        if (last is not null && last.NetworkNumber == (network?.NetworkNumber ?? -1) && last.Subnet == network?.Subnet)
        {
            return last;
        }

        var id = new ResourceId(one.Id);
        return new KnownPlace
        {
            Kind = PlaceKind.VirtualNetwork,
            NetworkNumber = network?.NetworkNumber ?? -1,
            VirtualNetwork = network?.VirtualNetwork,
            Subnet = network?.Subnet,
            NetworkInterface = name,
            VirtualMachine = new ResourceId(one.VirtualMachine).Name,
            Location = one.Location ?? network?.Location,
            SubscriptionId = id.SubscriptionId ?? network?.SubscriptionId,
            ResourceGroup = id.ResourceGroup ?? network?.ResourceGroup,
        };
    }

    private void AddPublic(IReadOnlyList<InventoryPublicAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var one = addresses[i];
            var id = new ResourceId(one.Id);
            KnownPlace? leadsTo = null;
            if (Trim(one.NetworkInterface) is { } target)
            {
                _interfaces.TryGetValue(target, out leadsTo);
            }

            AddAll(_publicLayer, one.Addresses, At("publicAddresses", i) + ".addresses", new KnownPlace
            {
                Kind = PlaceKind.OwnPublic,
                NetworkNumber = leadsTo?.NetworkNumber ?? -1,
                VirtualNetwork = leadsTo?.VirtualNetwork,
                Subnet = leadsTo?.Subnet,
                NetworkInterface = leadsTo?.NetworkInterface ?? new ResourceId(one.NetworkInterface).Name,
                VirtualMachine = leadsTo?.VirtualMachine,
                Location = one.Location,
                SubscriptionId = id.SubscriptionId ?? leadsTo?.SubscriptionId,
                ResourceGroup = id.ResourceGroup ?? leadsTo?.ResourceGroup,
            });
        }
    }

    /// <summary>
    /// The longest prefix counts, as for routing. But virtual networks that are not connected may use the same addresses: what two of
    /// them have is in a virtual network, and in which is not known.
    /// </summary>
    private int CombineNetworks(int outer, int inner, bool isSame)
    {
        if (outer < 0)
        {
            return inner;
        }

        var around = _places[outer];
        var within = _places[inner];
        if (around.Kind != within.Kind)
        {
            return inner;
        }

        return around.Kind == PlaceKind.VirtualNetwork
            ? around.NetworkNumber == within.NetworkNumber ? inner : Add(new KnownPlace { Kind = PlaceKind.VirtualNetwork })
            : isSame && around.Site != within.Site ? Add(new KnownPlace { Kind = around.Kind })
            : inner;
    }

    private int CombineInterfaces(int outer, int inner, bool isSame)
    {
        if (outer < 0)
        {
            return inner;
        }

        var around = _places[outer];
        var within = _places[inner];
        if (!isSame || (around.NetworkInterface == within.NetworkInterface && around.NetworkNumber == within.NetworkNumber))
        {
            return inner;
        }

        var isOneNetwork = around.NetworkNumber == within.NetworkNumber;
        return Add(new KnownPlace
        {
            Kind = PlaceKind.VirtualNetwork,
            NetworkNumber = isOneNetwork ? around.NetworkNumber : -1,
            VirtualNetwork = isOneNetwork ? around.VirtualNetwork : null,
            Subnet = isOneNetwork && around.Subnet == within.Subnet ? around.Subnet : null,
        });
    }

    private void AddAll(PrefixLayer layer, IReadOnlyList<string> texts, string path, KnownPlace place)
    {
        var number = Add(place);
        foreach (var range in Ranges(texts, path))
        {
            layer.Add(range, number);
        }
    }

    private int Add(KnownPlace place)
    {
        _places.Add(place);
        return _places.Count - 1;
    }

    private static List<AddressRange> Ranges(IReadOnlyList<string> texts, string path)
    {
        var ranges = new List<AddressRange>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            ranges.Add(AddressSet.TryParse(texts[i], out var range, out var error) ? range : throw Wrong(At(path, i), error!));
        }

        return ranges;
    }

    private static string Name(string? name, ResourceId id, string path) =>
        !string.IsNullOrEmpty(name) ? name! : id.Name ?? throw Wrong(path, "It needs a name or an id.");

    private static string? Trim(string? id) => string.IsNullOrEmpty(id) ? null : id!.TrimEnd('/');

    private static string At(string list, int index) => list + "[" + index.ToString(CultureInfo.InvariantCulture) + "]";

    private static FormatException Wrong(string path, string reason) => new("In the inventory, " + path + ": " + reason);
}
