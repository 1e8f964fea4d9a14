using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Network;

/// <summary>Reads the JSON form of an inventory; names it does not know are passed over.</summary>
internal static class NetworkInventoryReader
{
    private static readonly string[] _lists =
    [
        "virtualNetworks", "networkInterfaces", "virtualMachines", "nsgs", "loadBalancers", "publicAddresses", "aksClusters", "sites", "pointToSite",
    ];

    public static NetworkInventory Read(byte[] utf8)
    {
        var inventory = JsonNode.Read(utf8, "the inventory", Read);

        // Prefixes are checked where they are used; doing it now names a wrong one when the file is read.
        _ = new InventoryLayers([inventory]);
        return inventory;
    }

    private static NetworkInventory Read(JsonNode root)
    {
        if (!_lists.Any(list => root.Property(list) is not null))
        {
            throw root.Wrong("It has none of the lists " + string.Join(", ", _lists) + ".");
        }

        return new NetworkInventory
        {
            Time = root.Property("time")?.Time(),
            ToolVersion = root.Text("toolVersion"),
            Issues = root.Texts("issues"),
            Subscriptions = [.. root.List("subscriptions").Select(Subscription)],
            VirtualNetworks = [.. root.List("virtualNetworks").Select(Network)],
            NetworkInterfaces = [.. root.List("networkInterfaces").Select(Interface)],
            VirtualMachines = [.. root.List("virtualMachines").Select(Machine)],
            Nsgs = [.. root.List("nsgs").Select(Nsg)],
            LoadBalancers = [.. root.List("loadBalancers").Select(LoadBalancer)],
            PublicAddresses = [.. root.List("publicAddresses").Select(Public)],
            AksClusters = [.. root.List("aksClusters").Select(Cluster)],
            Sites = [.. root.List("sites").Select(Site)],
            PointToSite = [.. root.List("pointToSite").Select(Site)],
        };
    }

    private static InventorySubscription Subscription(JsonNode node) => new() { Id = node.Text("id"), Name = node.Text("name") };

    private static InventoryVirtualNetwork Network(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        AddressPrefixes = node.Texts("addressPrefixes"),
        Subnets = [.. node.List("subnets").Select(Subnet)],
        Peerings = [.. node.List("peerings").Select(Peering)],
        Gateways = [.. node.List("gateways").Select(Gateway)],
        FlowTimeoutInMinutes = node.Property("flowTimeoutInMinutes")?.Number(),
    };

    private static InventorySubnet Subnet(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        AddressPrefixes = node.Texts("addressPrefixes"),
        Nsg = node.Text("nsg"),
        Delegations = node.Texts("delegations"),
    };

    private static InventoryPeering Peering(JsonNode node) => new()
    {
        Name = node.Text("name"),
        VirtualNetwork = node.Text("virtualNetwork"),
        AddressPrefixes = node.Texts("addressPrefixes"),
        State = node.Text("state"),
    };

    private static InventoryGateway Gateway(JsonNode node) => new() { Id = node.Text("id"), Name = node.Text("name"), Type = node.Text("type") };

    private static InventoryNetworkInterface Interface(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        MacAddress = node.Text("macAddress"),
        Addresses = node.Texts("addresses"),
        Subnet = node.Text("subnet"),
        Nsg = node.Text("nsg"),
        VirtualMachine = node.Text("virtualMachine"),
        IsPrimary = node.Property("isPrimary")?.Flag(),
        PrivateEndpoint = node.Text("privateEndpoint"),
    };

    private static InventoryVirtualMachine Machine(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        ScaleSet = node.Text("scaleSet"),
        AksCluster = node.Text("aksCluster"),
        NodePool = node.Text("nodePool"),
    };

    private static InventoryNsg Nsg(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        Rules = [.. node.List("rules").Select(Rule)],
        Subnets = node.Texts("subnets"),
        NetworkInterfaces = node.Texts("networkInterfaces"),
    };

    private static InventoryRule Rule(JsonNode node) => new()
    {
        Name = node.Text("name"),
        IsDefault = node.Property("isDefault")?.Flag(),
        Priority = node.Property("priority")?.Number(),
        Direction = node.Text("direction"),
        Access = node.Text("access"),
        Protocol = node.Text("protocol"),
        SourceAddresses = node.Texts("sourceAddresses"),
        SourcePorts = node.Texts("sourcePorts"),
        SourceGroups = node.Texts("sourceGroups"),
        DestinationAddresses = node.Texts("destinationAddresses"),
        DestinationPorts = node.Texts("destinationPorts"),
        DestinationGroups = node.Texts("destinationGroups"),
        Description = node.Text("description"),
    };

    private static InventoryLoadBalancer LoadBalancer(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        Sku = node.Text("sku"),
        Frontends = [.. node.List("frontends").Select(Frontend)],
        Backends = node.Texts("backends"),
    };

    private static InventoryFrontend Frontend(JsonNode node) => new()
    {
        Name = node.Text("name"),
        Addresses = node.Texts("addresses"),
        Subnet = node.Text("subnet"),
        PublicAddress = node.Text("publicAddress"),
    };

    private static InventoryPublicAddress Public(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        Addresses = node.Texts("addresses"),
        NetworkInterface = node.Text("networkInterface"),
        Resource = node.Text("resource"),
    };

    private static InventoryAksCluster Cluster(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        NodeResourceGroup = node.Text("nodeResourceGroup"),
        NetworkPlugin = node.Text("networkPlugin"),
        NetworkPluginMode = node.Text("networkPluginMode"),
        OutboundType = node.Text("outboundType"),
        PodRanges = node.Texts("podRanges"),
        ServiceRanges = node.Texts("serviceRanges"),
        DnsServiceAddress = node.Text("dnsServiceAddress"),
        NodePools = [.. node.List("nodePools").Select(Pool)],
    };

    private static InventoryNodePool Pool(JsonNode node) => new()
    {
        Name = node.Text("name"),
        Count = node.Property("count")?.Number(),
        Mode = node.Text("mode"),
        Type = node.Text("type"),
        VmSize = node.Text("vmSize"),
        Subnet = node.Text("subnet"),
        PodSubnet = node.Text("podSubnet"),
    };

    private static InventorySite Site(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        AddressPrefixes = Prefixes(node),
        GatewayAddress = node.Text("gatewayAddress"),
    };

    private static IReadOnlyList<string> Prefixes(JsonNode node) =>
        node.Property("addressPrefixes") is null ? node.Texts("addressPools") : node.Texts("addressPrefixes");
}
