using System;
using System.IO;
using System.Linq;
using System.Text;
using NsgFlow.Network;
using Xunit;
using static NsgFlow.Unit.Network.NetworkTestData;

namespace NsgFlow.Unit.Network;

public class NetworkInventoryTests
{
    [Fact]
    public void AllIsRead()
    {
        var inventory = NetworkInventory.Parse(Inventory);
        Assert.Equal(Hub, inventory.VirtualNetworks[0].Id);
        Assert.Equal(["web", "db"], inventory.VirtualNetworks[0].Subnets.Select(subnet => subnet.Name));
        Assert.Equal(["10.1.0.0/16", "fd00:1::/48"], inventory.VirtualNetworks[0].AddressPrefixes);
        Assert.Equal("northeurope", inventory.VirtualNetworks[1].Location);
        Assert.Equal("00-0D-3A-F8-80-1A", inventory.NetworkInterfaces[0].MacAddress);
        Assert.Equal(["10.1.1.4"], inventory.NetworkInterfaces[0].Addresses);
        Assert.Equal("vm1-nic", inventory.PublicAddresses[0].NetworkInterface);
        Assert.Equal("Berlin", inventory.Sites[0].Name);
        Assert.Equal(["172.16.201.0/24"], inventory.PointToSite[0].AddressPrefixes);
    }

    [Fact]
    public void NamesAreReadWithoutCaseAndUnknownOnesPassedOver()
    {
        var inventory = NetworkInventory.Parse("""
            { "Version": { "deep": [ [ 1 ] ] }, "VirtualNetworks": { "Name": "a", "ADDRESSPREFIXES": "10.0.0.0/8", "Tags": null, "Subnets": null, }, // by hand
              "Sites": [ null, { "name": 7, "addressPrefixes": [ "10.0.0.0/8" ] } ] }
            """);
        Assert.Equal("10.0.0.0/8", Assert.Single(Assert.Single(inventory.VirtualNetworks).AddressPrefixes));
        Assert.Equal("7", Assert.Single(inventory.Sites).Name);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void FilesWithAByteOrderMarkAreRead(string encoding)
    {
        var mark = Encoding.GetEncoding(encoding);
        Assert.Equal(2, NetworkInventory.Read(new MemoryStream([.. mark.GetPreamble(), .. mark.GetBytes(Inventory)])).VirtualNetworks.Count);
    }

    [Theory]
    [InlineData("""{"virtualNetworks":[{"name":"a","addressPrefixes":["10.0.0.0/8","10.0.0.0/33"]}]}""", "In the inventory, virtualNetworks[0].addressPrefixes[1]: 10.0.0.0/33 is not a prefix: IPv4 prefixes go to /32.")]
    [InlineData("""{"virtualNetworks":[{"name":"a"},{"subnets":[]}]}""", "In the inventory, virtualNetworks[1]: It needs a name or an id.")]
    [InlineData("""{"virtualNetworks":[{"name":"a","subnets":[{"name":"s"},{"addressPrefixes":[]}]}]}""", "In the inventory, virtualNetworks[0].subnets[1]: It needs a name or an id.")]
    [InlineData("""{"virtualNetworks":[7]}""", "In the inventory, virtualNetworks[0]: An object was expected.")]
    [InlineData("""{"sites":[{"name":{}}]}""", "In the inventory, sites[0].name: A text was expected.")]
    [InlineData("""{"sites":[{"name":"s","addressPrefixes":[["10.0.0.0/8"]]}]}""", "In the inventory, sites[0].addressPrefixes[0]: A text was expected.")]
    [InlineData("""{"networkInterfaces":[{"name":"n","macAddress":"xyz"}]}""", "In the inventory, networkInterfaces[0].macAddress: xyz is not a MAC address: it has twelve hexadecimal digits, as in 000D3AF8801A or 00-0D-3A-F8-80-1A.")]
    [InlineData("""{"networkInterfaces":[{"name":"n","subnet":"web"}]}""", "In the inventory, networkInterfaces[0].subnet: web is not the id of a subnet: it ends in /virtualNetworks/<name>/subnets/<name>.")]
    [InlineData("""{"publicAddresses":[{"addresses":["System.Object[]"]}]}""", "In the inventory, publicAddresses[0].addresses[0]: System.Object[] is not an address: give IPv4 (10.0.0.1) or IPv6 (2001:db8::1) without brackets, a prefix (10.0.0.0/8) or a range (10.0.0.1-10.0.0.9).")]
    [InlineData("""{"pointToSite":[{"name":"g","addressPools":["x/8"]}]}""", "In the inventory, pointToSite[0].addressPrefixes[0]: x/8 is not a prefix: x is not an address.")]
    [InlineData("""{}""", "In the inventory: It has none of the lists virtualNetworks, networkInterfaces, virtualMachines, nsgs, loadBalancers, publicAddresses, aksClusters, sites, pointToSite.")]
    [InlineData("""[]""", "In the inventory: An object was expected.")]
    public void WhatIsWrongIsNamed(string json, string expected) =>
        Assert.Equal(expected, Assert.ThrowsAny<FormatException>(() => NetworkInventory.Parse(json)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("{\n\"sites\": [\n")]
    [InlineData("not json")]
    [InlineData("\0\u0001\u0002")]
    public void WhatIsNoJsonIsSaid(string text)
    {
        var message = Assert.ThrowsAny<FormatException>(() => NetworkInventory.Read(Utf8(text))).Message;
        Assert.StartsWith("The inventory is no JSON: ", message, StringComparison.Ordinal);
        Assert.Contains("(Line ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DeepJsonIsRefused()
    {
        var deep = "{\"sites\":" + new string('[', 100_000) + new string(']', 100_000) + "}";
        Assert.ThrowsAny<FormatException>(() => NetworkInventory.Parse(deep));
    }

    [Fact]
    public void DamagedTextIsAFormatError()
    {
        byte[] bytes = [.. "{\"sites\":[{\"name\":\""u8, 0xFF, 0xFE, .. "\"}]}"u8];
        Assert.ThrowsAny<FormatException>(() => NetworkInventory.Read(new MemoryStream(bytes)));
        Assert.ThrowsAny<FormatException>(() => NetworkInventory.Parse("""{"sites":[{"name":"\ud800"}]}"""));
    }

    [Fact]
    public void DamagedGZipIsAFormatError()
    {
        // Mono throws what a failing disk would, which must not be taken for damage.
        var expected = Type.GetType("Mono.Runtime") is null ? typeof(FormatException) : typeof(IOException);
        Assert.Throws(expected, () => NetworkInventory.Read(new MemoryStream([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])));
    }

    [Fact]
    public void AnInventoryMadeInCodeIsCheckedWhenBuilt()
    {
        var builder = new NetworkMapBuilder().Add(new NetworkInventory { Sites = [new InventorySite { Name = "s", AddressPrefixes = ["bad"] }] });
        Assert.StartsWith("In the inventory, sites[0].addressPrefixes[0]: bad is not an address", Assert.Throws<FormatException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralInventoriesAreOneNetwork()
    {
        var map = new NetworkMapBuilder()
            .Add(new NetworkInventory
            {
                NetworkInterfaces =
                [
                    new InventoryNetworkInterface { Name = "n", Addresses = ["10.1.0.4", "10.2.0.4"] },
                    new InventoryNetworkInterface { Name = "twin", Addresses = ["10.1.0.5"] },
                    new InventoryNetworkInterface { Id = "/subscriptions/s/resourceGroups/g/providers/x/networkInterfaces/twin", Addresses = ["10.2.0.5"] },
                    new InventoryNetworkInterface { Name = "far", Addresses = ["10.77.0.1"], Subnet = Hub + "/subnets/far/" },
                    new InventoryNetworkInterface { Name = "shared1", Addresses = ["10.1.0.9"] },
                    new InventoryNetworkInterface { Name = "shared2", Addresses = ["10.1.0.9"] },
                ],
                PublicAddresses = [new InventoryPublicAddress { Addresses = ["20.1.1.1"], NetworkInterface = "twin" }],
            })
            .Add(NetworkInventory.Parse(Inventory)).Build();
        Assert.Equal(("hub", "n"), (map.Place("10.1.0.4").VirtualNetwork, map.Place("10.1.0.4").NetworkInterface));
        Assert.Equal(("spoke", "northeurope"), (map.Place("10.2.0.4").VirtualNetwork, map.Place("10.2.0.4").Location));
        Assert.Equal(("hub", "far"), (map.Place("10.77.0.1").VirtualNetwork, map.Place("10.77.0.1").Subnet));
        Assert.Equal(FlowType.IntraVNet, map.Type("10.77.0.1", "10.1.0.4"));

        // A name that two interfaces have leads to neither, an address that two have is at neither.
        Assert.Null(map.Place("20.1.1.1").VirtualNetwork);
        Assert.Equal(("hub", null), (map.Place("10.1.0.9").VirtualNetwork, map.Place("10.1.0.9").NetworkInterface));
    }
}
