using System;
using System.Collections.Generic;
using NsgFlow.Filtering;
using static NsgFlow.Network.InventoryText;

namespace NsgFlow.Network;

/// <summary>
/// Inventories as layers: prefixes of networks and sites, addresses of network interfaces and load balancers, the customer's own public addresses, ranges of
/// AKS clusters.
/// Making one checks an inventory.
/// </summary>
internal sealed class InventoryLayers
{
    private readonly List<KnownPlace> _places = [];
    private readonly InventoryNetworks _networks = new();
    private readonly InventoryMachines _machines;
    private readonly Dictionary<string, KnownPlace?> _interfaces = new(StringComparer.OrdinalIgnoreCase);
    private readonly PrefixLayer _networkLayer;
    private readonly PrefixLayer _interfaceLayer;
    private readonly PrefixLayer _publicLayer;
    private readonly List<PrefixSegment> _networksV4;
    private readonly List<PrefixSegment> _networksV6;

    /// <exception cref="FormatException">An element is wrong; the message says which and why.</exception>
    public InventoryLayers(IReadOnlyList<NetworkInventory> inventories)
    {
        _networkLayer = new PrefixLayer(CombineNetworks);
        _interfaceLayer = new PrefixLayer(CombineInterfaces);
        _publicLayer = new PrefixLayer(static (_, inner, _) => inner);
        _machines = new InventoryMachines(inventories);
        Aks = new AksRanges(inventories);

        // Of the same prefix the last added counts: a virtual network rather than a site, a subnet rather than its network. Interfaces
        // come when all networks are there, since theirs may be in another inventory.
        Each(inventories, inventory => AddSites(inventory.PointToSite, "pointToSite", PlaceKind.PointToSite));
        Each(inventories, inventory => AddSites(inventory.Sites, "sites", PlaceKind.OnPremises));
        Each(inventories, inventory => AddNetworks(inventory.VirtualNetworks));
        Each(inventories, inventory => AddPeered(inventory.VirtualNetworks));
        _networksV4 = _networkLayer.Flatten(isV4: true);
        _networksV6 = _networkLayer.Flatten(isV4: false);
        Each(inventories, inventory => AddInterfaces(inventory.NetworkInterfaces));
        Each(inventories, inventory => AddLoadBalancers(inventory.LoadBalancers));
        Each(inventories, inventory => AddPublic(inventory.PublicAddresses));
    }

    public KnownPlace this[int number] => _places[number];

    public AksRanges Aks { get; }

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
            var id = new ResourceId(Trim(site.Id));
            AddAll(_networkLayer, site.AddressPrefixes, path + ".addressPrefixes", new KnownPlace
            {
                Kind = kind,
                Site = Name(site.Name, id, path),
                Location = site.Location,
                ResourceId = Trim(site.Id),
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
            var id = Trim(networks[i].Id);
            var network = _networks.Of(id, Name(networks[i].Name, new ResourceId(id), path), networks[i].Location);
            AddAll(_networkLayer, networks[i].AddressPrefixes, path + ".addressPrefixes", network);
            var subnets = networks[i].Subnets;
            for (var j = 0; j < subnets.Count; j++)
            {
                var subnetPath = path + "." + At("subnets", j);
                var name = Name(subnets[j].Name, new ResourceId(subnets[j].Id), subnetPath);
                var subnetId = Trim(subnets[j].Id) ?? (id is null ? null : id + "/subnets/" + name);
                var pods = Aks.PodSubnet(subnetId);
                AddAll(
                    _networkLayer,
                    subnets[j].AddressPrefixes,
                    subnetPath + ".addressPrefixes",
                    network with { Subnet = name, ResourceId = subnetId, AksCluster = pods?.AksCluster, AksRange = pods?.AksRange });
            }
        }
    }

    /// <summary>Virtual networks of which only a peering tells: those that the caller may not see.</summary>
    private void AddPeered(IReadOnlyList<InventoryVirtualNetwork> networks)
    {
        for (var i = 0; i < networks.Count; i++)
        {
            for (var j = 0; j < networks[i].Peerings.Count; j++)
            {
                var peering = networks[i].Peerings[j];
                if (Trim(peering.VirtualNetwork) is { } id && !_networks.HasId(id) && new ResourceId(id).Name is { } name)
                    AddAll(_networkLayer, peering.AddressPrefixes, At("virtualNetworks", i) + "." + At("peerings", j) + ".addressPrefixes", _networks.Of(id, name, null));
            }
        }
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
                place = Interface(one, name, NetworkOf(one.Subnet, range.First, path), place);
                _interfaceLayer.Add(range, Add(place));
            }

            place ??= Interface(one, name, NetworkOf(one.Subnet, null, path), null);
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
    private KnownPlace? NetworkOf(string? subnet, FlowAddress? address, string path)
    {
        if (subnet is not null)
        {
            return _networks.OfSubnet(subnet, path + ".subnet");
        }

        var found = address is { } known ? PrefixLayer.Find(Networks(known.IsV4), known) : -1;
        return found >= 0 && _places[found].Kind == PlaceKind.VirtualNetwork ? _places[found] : null;
    }

    private KnownPlace Interface(InventoryNetworkInterface one, string name, KnownPlace? network, KnownPlace? last)
    {
        if (last is not null && last.NetworkNumber == (network?.NetworkNumber ?? -1) && last.Subnet == network?.Subnet)
        {
            return last;
        }

        var id = new ResourceId(Trim(one.Id));
        var machine = _machines.Find(one.VirtualMachine);
        return new KnownPlace
        {
            Kind = PlaceKind.VirtualNetwork,
            NetworkNumber = network?.NetworkNumber ?? -1,
            VirtualNetwork = network?.VirtualNetwork,
            Subnet = network?.Subnet,
            NetworkInterface = name,
            VirtualMachine = machine?.Name ?? InventoryMachines.NameOf(one.VirtualMachine),
            AksCluster = new ResourceId(machine?.AksCluster).Name,
            NodePool = machine?.NodePool,
            Location = one.Location ?? network?.Location,
            ResourceId = Trim(one.Id),
            SubscriptionId = id.SubscriptionId ?? network?.SubscriptionId,
            ResourceGroup = id.ResourceGroup ?? network?.ResourceGroup,
        };
    }

    private void AddLoadBalancers(IReadOnlyList<InventoryLoadBalancer> balancers)
    {
        for (var i = 0; i < balancers.Count; i++)
        {
            var one = balancers[i];
            var path = At("loadBalancers", i);
            var id = new ResourceId(Trim(one.Id));
            var name = Name(one.Name, id, path);
            for (var j = 0; j < one.Frontends.Count; j++)
            {
                var frontend = one.Frontends[j];
                var frontendPath = path + "." + At("frontends", j);
                foreach (var range in Ranges(frontend.Addresses, frontendPath + ".addresses"))
                {
                    var network = NetworkOf(frontend.Subnet, range.First, frontendPath);
                    _interfaceLayer.Add(range, Add(new KnownPlace
                    {
                        Kind = PlaceKind.VirtualNetwork,
                        NetworkNumber = network?.NetworkNumber ?? -1,
                        VirtualNetwork = network?.VirtualNetwork,
                        Subnet = network?.Subnet,
                        LoadBalancer = name,
                        Location = one.Location ?? network?.Location,
                        ResourceId = Trim(one.Id),
                        SubscriptionId = id.SubscriptionId ?? network?.SubscriptionId,
                        ResourceGroup = id.ResourceGroup ?? network?.ResourceGroup,
                    }));
                }
            }
        }
    }

    private void AddPublic(IReadOnlyList<InventoryPublicAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var one = addresses[i];
            var id = new ResourceId(Trim(one.Id));
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
                LoadBalancer = new ResourceId(one.Resource).Segment("loadBalancers"),
                AksCluster = leadsTo?.AksCluster,
                NodePool = leadsTo?.NodePool,
                Location = one.Location,
                ResourceId = leadsTo?.ResourceId ?? Trim(one.Resource) ?? Trim(one.Id),
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
        if (!isSame || (around.NetworkInterface == within.NetworkInterface && around.LoadBalancer == within.LoadBalancer && around.NetworkNumber == within.NetworkNumber))
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
}
