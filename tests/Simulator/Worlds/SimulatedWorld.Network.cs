using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <content>Networks.</content>
public sealed partial class SimulatedWorld
{
    /// <summary>The network watcher of a region, where Azure puts it.</summary>
    public string AddWatcher(SimulatedSubscription subscription, string location, string? name = null, string group = "NetworkWatcherRG")
    {
        var groupId = $"{subscription.Scope}/resourceGroups/{group}";
        if (State.Find(groupId) is null)
        {
            AddGroup(subscription, group, location);
        }

        var properties = new { runningOperationIds = Array.Empty<string>() };
        return Add(groupId, "Microsoft.Network/networkWatchers", name ?? "NetworkWatcher_" + location, properties, location);
    }

    public string AddNsg(string group, string name, string? location = null)
    {
        var rules = new { securityRules = Array.Empty<object>(), defaultSecurityRules = Array.Empty<object>() };
        var id = Add(group, "Microsoft.Network/networkSecurityGroups", name, rules, location);
        foreach (var (rule, properties) in DefaultRules.All)
        {
            State.Get(id).OwnList("defaultSecurityRules").Add(Part(id, "defaultSecurityRules", rule, properties));
        }

        return id;
    }

    /// <summary>A rule of an NSG.</summary>
    public string AddRule(
        string nsg, string name, int priority, string direction, string access, string protocol = "*", string source = "*",
        string destination = "*", string port = "*")
    {
        var rule = Part(nsg, "securityRules", name, Json.Object(new
        {
            protocol,
            sourcePortRange = "*",
            destinationPortRange = port,
            sourceAddressPrefix = source,
            destinationAddressPrefix = destination,
            access,
            priority,
            direction,
            sourcePortRanges = Array.Empty<string>(),
            destinationPortRanges = Array.Empty<string>(),
            sourceAddressPrefixes = Array.Empty<string>(),
            destinationAddressPrefixes = Array.Empty<string>(),
        }));
        State.Get(nsg).OwnList("securityRules").Add(rule);
        return rule.Text("id")!;
    }

    /// <param name="flowTimeout">Minutes; without it, flows that a rule of one's own lets in are logged without bytes.</param>
    public string AddVirtualNetwork(string group, string name, string[] prefixes, string? location = null, int? flowTimeout = null)
    {
        var properties = Json.Object(new
        {
            addressSpace = new { addressPrefixes = prefixes },
            subnets = Array.Empty<object>(),
            virtualNetworkPeerings = Array.Empty<object>(),
            enableDdosProtection = false,
        });
        if (flowTimeout is not null)
        {
            properties["flowTimeoutInMinutes"] = flowTimeout;
        }

        return State.Put(New(group, "Microsoft.Network/virtualNetworks", name, location, properties));
    }

    public string AddSubnet(string virtualNetwork, string name, string prefix, string? nsg = null)
    {
        var subnet = Part(virtualNetwork, "subnets", name, Json.Object(new
        {
            addressPrefix = prefix,
            serviceEndpoints = Array.Empty<object>(),
            delegations = Array.Empty<object>(),
            privateEndpointNetworkPolicies = "Disabled",
            privateLinkServiceNetworkPolicies = "Enabled",
        }));
        State.Get(virtualNetwork).OwnList("subnets").Add(subnet);
        var id = subnet.Text("id")!;
        if (nsg is not null)
        {
            subnet.Properties()["networkSecurityGroup"] = Json.Reference(nsg);
            State.Get(nsg).OwnList("subnets").Add(Json.Reference(id));
        }

        return id;
    }

    /// <summary>Peers two virtual networks, both ways.</summary>
    public void Peer(string a, string b)
    {
        foreach (var (from, to) in new[] { (a, b), (b, a) })
        {
            var remote = State.Get(to);
            var name = $"{ResourceId.Parse(from).Name}-{remote.Text("name")}";
            State.Get(from).OwnList("virtualNetworkPeerings").Add(Part(from, "virtualNetworkPeerings", name, Json.Object(new
            {
                peeringState = "Connected",
                peeringSyncLevel = "FullyInSync",
                remoteVirtualNetwork = new { id = to },
                allowVirtualNetworkAccess = true,
                allowForwardedTraffic = false,
                allowGatewayTransit = false,
                useRemoteGateways = false,
                remoteAddressSpace = remote.Properties()["addressSpace"]!.DeepClone(),
            })));
        }
    }

    /// <summary>A network interface; the first address is its own, the rest are secondary ones, as pods have them.</summary>
    public string AddNetworkInterface(
        string group, string name, string subnet, string mac, string[] addresses, string? nsg = null, string? publicAddress = null)
    {
        var network = ResourceId.Parse(subnet).Parent.Text;
        var id = $"{group}/providers/Microsoft.Network/networkInterfaces/{name}";
        var properties = InterfaceProperties(id, subnet, mac, addresses, nsg);
        if (publicAddress is not null)
        {
            properties.List("ipConfigurations")[0]!["properties"]!["publicIPAddress"] = Json.Reference(publicAddress);
            State.Get(publicAddress).Properties()["ipConfiguration"] = Json.Reference(id + "/ipConfigurations/ipconfig1");
        }

        return State.Put(New(group, "Microsoft.Network/networkInterfaces", name, State.Get(network).Text("location"), properties));
    }

    public string AddPublicAddress(string group, string name, string address, string? location = null) => Add(
        group,
        "Microsoft.Network/publicIPAddresses",
        name,
        new { ipAddress = address, publicIPAddressVersion = "IPv4", publicIPAllocationMethod = "Static", idleTimeoutInMinutes = 4 },
        location);

    public string AddPublicPrefix(string group, string name, string prefix, string? location = null) => Add(
        group,
        "Microsoft.Network/publicIPPrefixes",
        name,
        new { ipPrefix = prefix, prefixLength = IPNetwork.Parse(prefix).PrefixLength, publicIPAddressVersion = "IPv4" },
        location);

    /// <summary>A load balancer with a public frontend.</summary>
    /// <param name="backends">Ids of the network interfaces behind it.</param>
    public string AddLoadBalancer(string group, string name, string publicAddress, params string[] backends)
    {
        var id = $"{group}/providers/Microsoft.Network/loadBalancers/{name}";
        var frontend = Part(id, "frontendIPConfigurations", "frontend", Json.Object(new
        {
            privateIPAllocationMethod = "Dynamic",
            publicIPAddress = new { id = publicAddress },
        }));
        var pool = Part(id, "backendAddressPools", "backend", Json.Object(new
        {
            backendIPConfigurations = backends.Select(static nic => new { id = nic + "/ipConfigurations/ipconfig1" }),
        }));
        State.Get(publicAddress).Properties()["ipConfiguration"] = Json.Reference(frontend.Text("id")!);
        var made = New(group, "Microsoft.Network/loadBalancers", name, null, new JsonObject
        {
            ["frontendIPConfigurations"] = Json.Array(frontend),
            ["backendAddressPools"] = Json.Array(pool),
        });
        made["sku"] = Json.Object(new { name = "Standard", tier = "Regional" });
        return State.Put(made);
    }

    /// <summary>A site elsewhere, as a VPN knows it.</summary>
    public string AddLocalGateway(string group, string name, string address, params string[] prefixes) => Add(
        group,
        "Microsoft.Network/localNetworkGateways",
        name,
        new { gatewayIpAddress = address, localNetworkAddressSpace = new { addressPrefixes = prefixes } });

    /// <summary>A VPN gateway in its subnet; with a pool, users dial in to it, too.</summary>
    public string AddGateway(string group, string name, string gatewaySubnet, params string[] pointToSitePool)
    {
        var id = $"{group}/providers/Microsoft.Network/virtualNetworkGateways/{name}";
        var configuration = Part(id, "ipConfigurations", "default", Json.Object(new
        {
            privateIPAllocationMethod = "Dynamic",
            subnet = new { id = gatewaySubnet },
        }));

        // Alone among a network's parts it has no type; Microsoft's client has no place for one.
        configuration.Remove("type");
        var properties = Json.Object(new
        {
            gatewayType = "Vpn",
            vpnType = "RouteBased",
            enableBgp = false,
            activeActive = false,
            sku = new { name = "VpnGw1", tier = "VpnGw1", capacity = 2 },
            ipConfigurations = new[] { configuration },
        });
        if (pointToSitePool.Length > 0)
        {
            properties["vpnClientConfiguration"] = Json.Object(new
            {
                vpnClientAddressPool = new { addressPrefixes = pointToSitePool },
                vpnClientProtocols = new[] { "OpenVPN" },
            });
        }

        Attach(gatewaySubnet, properties);
        return State.Put(New(group, "Microsoft.Network/virtualNetworkGateways", name, null, properties));
    }

    /// <summary>A subnet shows who has addresses of it, even if that is the inside of a scale set.</summary>
    private void Attach(string subnet, JsonObject properties)
    {
        var list = Children.Resolve(State, ResourceId.Parse(subnet))!.OwnList("ipConfigurations");
        foreach (var configuration in properties.List("ipConfigurations"))
        {
            list.Add(Json.Reference(configuration.Text("id")!));
        }
    }

    private JsonObject InterfaceProperties(string id, string subnet, string mac, string[] addresses, string? nsg)
    {
        var configurations = addresses.Select((address, i) => Part(id, "ipConfigurations", $"ipconfig{i + 1}", Json.Object(new
        {
            privateIPAddress = address,
            privateIPAllocationMethod = "Dynamic",
            subnet = new { id = subnet },
            primary = i == 0,
            privateIPAddressVersion = "IPv4",
        })));
        var properties = Json.Object(new
        {
            ipConfigurations = configurations,
            dnsSettings = new { dnsServers = Array.Empty<string>(), appliedDnsServers = Array.Empty<string>() },
            macAddress = string.Join('-', mac.Chunk(2).Select(static pair => new string(pair))),
            enableAcceleratedNetworking = true,
            enableIPForwarding = false,
            primary = true,
        });
        Attach(subnet, properties);
        if (nsg is not null)
        {
            properties["networkSecurityGroup"] = Json.Reference(nsg);
            State.Get(nsg).OwnList("networkInterfaces").Add(Json.Reference(id));
        }

        return properties;
    }
}
