using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Network;

/// <summary>Reads the JSON form of an inventory; names it does not know are passed over.</summary>
internal static class NetworkInventoryReader
{
    private static readonly string[] _lists = ["virtualNetworks", "networkInterfaces", "publicAddresses", "sites", "pointToSite"];

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
            VirtualNetworks = [.. root.List("virtualNetworks").Select(Network)],
            NetworkInterfaces = [.. root.List("networkInterfaces").Select(Interface)],
            PublicAddresses = [.. root.List("publicAddresses").Select(Public)],
            Sites = [.. root.List("sites").Select(Site)],
            PointToSite = [.. root.List("pointToSite").Select(Site)],
        };
    }

    private static InventoryVirtualNetwork Network(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        AddressPrefixes = node.Texts("addressPrefixes"),
        Subnets = [.. node.List("subnets").Select(Subnet)],
    };

    private static InventorySubnet Subnet(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        AddressPrefixes = node.Texts("addressPrefixes"),
    };

    private static InventoryNetworkInterface Interface(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        MacAddress = node.Text("macAddress"),
        Addresses = node.Texts("addresses"),
        Subnet = node.Text("subnet"),
        VirtualMachine = node.Text("virtualMachine"),
    };

    private static InventoryPublicAddress Public(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        Addresses = node.Texts("addresses"),
        NetworkInterface = node.Text("networkInterface"),
    };

    private static InventorySite Site(JsonNode node) => new()
    {
        Id = node.Text("id"),
        Name = node.Text("name"),
        Location = node.Text("location"),
        AddressPrefixes = Prefixes(node),
    };

    private static IReadOnlyList<string> Prefixes(JsonNode node) =>
        node.Property("addressPrefixes") is null ? node.Texts("addressPools") : node.Texts("addressPrefixes");
}
