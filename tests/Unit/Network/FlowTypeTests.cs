using System;
using NsgFlow.Network;
using Xunit;
using static NsgFlow.Unit.Network.NetworkTestData;

namespace NsgFlow.Unit.Network;

/// <summary>Traffic Analytics' table of flow types, row by row.</summary>
public class FlowTypeTests
{
    private static readonly NetworkMap _full = Full();
    private static readonly NetworkMap _inventoryOnly = new NetworkMapBuilder().Add(NetworkInventory.Parse(Inventory)).Build();
    private static readonly NetworkMap _tagsOnly = new NetworkMapBuilder().Add(ReadTags()).Build();

    [Theory]
    [InlineData("10.1.1.4", "10.1.2.9", FlowType.IntraVNet)]
    [InlineData("10.1.1.4", "10.1.77.1", FlowType.IntraVNet)]
    [InlineData("10.1.1.4", "fd00:1::5", FlowType.IntraVNet)]
    [InlineData("10.1.1.4", "10.2.0.4", FlowType.InterVNet)]
    [InlineData("10.1.1.4", "192.168.7.7", FlowType.S2S)]
    [InlineData("10.1.1.4", "172.16.201.9", FlowType.P2S)]
    [InlineData("10.1.1.4", "20.60.0.1", FlowType.AzurePublic)]
    [InlineData("10.1.1.4", "168.63.129.16", FlowType.AzurePublic)]
    [InlineData("10.1.1.4", "8.8.8.8", FlowType.ExternalPublic)]
    [InlineData("10.1.1.4", "203.0.113.9", FlowType.MaliciousFlow)]
    [InlineData("10.1.1.4", "10.9.0.1", FlowType.UnknownPrivate)]
    [InlineData("10.1.1.4", "172.31.0.1", FlowType.UnknownPrivate)]
    [InlineData("10.1.1.4", "100.64.0.1", FlowType.UnknownPrivate)]
    [InlineData("fd00:1::5", "fd77::1", FlowType.UnknownPrivate)]
    [InlineData("fd00:1::5", "2603:1000:1::1", FlowType.AzurePublic)]
    [InlineData("fd00:1::5", "2001:4860::8888", FlowType.ExternalPublic)]

    // Azure's and in a threat list: the user's list counts.
    [InlineData("10.1.1.4", "20.60.0.66", FlowType.MaliciousFlow)]

    // The customer's own public addresses are not AzurePublic; one that leads to a known interface is an end in its network.
    [InlineData("10.1.1.4", "20.50.0.17", FlowType.Unknown)]
    [InlineData("10.2.0.4", "20.50.0.1", FlowType.InterVNet)]
    [InlineData("8.8.8.8", "20.50.0.1", FlowType.ExternalPublic)]

    // Neither end is mapped to a virtual network.
    [InlineData("10.9.0.1", "8.8.8.8", FlowType.Unknown)]
    [InlineData("192.168.7.7", "20.60.0.1", FlowType.Unknown)]
    [InlineData("192.168.7.7", "192.168.7.8", FlowType.Unknown)]
    [InlineData("8.8.8.8", "9.9.9.9", FlowType.Unknown)]
    [InlineData("8.8.8.8", "203.0.113.9", FlowType.MaliciousFlow)]
    [InlineData("10.1.1.4", "224.0.0.251", FlowType.Unknown)]
    [InlineData("10.1.1.4", "169.254.169.254", FlowType.Unknown)]
    public void TableHoldsInBothOrders(string one, string other, FlowType expected)
    {
        Assert.Equal(expected, _full.Type(one, other));
        Assert.Equal(expected, _full.Type(other, one));

        // Where it was logged changes nothing for an end of which something is known.
        if (_full.Place(one).Kind != PlaceKind.Private && _full.Place(other).Kind != PlaceKind.Private)
        {
            Assert.Equal(expected, _full.Type(one, other, FlowDirection.Outbound));
            Assert.Equal(expected, _full.Type(one, other, FlowDirection.Inbound));
        }
    }

    [Fact]
    public void WithoutTagsAPublicAddressIsUnknown()
    {
        Assert.Equal(FlowType.Unknown, _inventoryOnly.Type("10.1.1.4", "8.8.8.8"));
        Assert.Equal(FlowType.Unknown, _inventoryOnly.Type("10.1.1.4", "20.60.0.1"));
        Assert.Equal(FlowType.AzurePublic, _inventoryOnly.Type("10.1.1.4", "168.63.129.16"));
        Assert.Equal(FlowType.IntraVNet, _inventoryOnly.Type("10.1.1.4", "10.1.2.9"));
    }

    [Fact]
    public void TagsWithoutAzureCloudDoNotTellWhatIsNotAzures()
    {
        const string storage = """{"values":[{"name":"Storage","properties":{"region":"","addressPrefixes":["20.60.0.0/20"]}}]}""";
        const string v4 = """{"values":[{"name":"AzureCloud","properties":{"region":"","addressPrefixes":["20.60.0.0/16"]}}]}""";
        var some = new NetworkMapBuilder().Add(ReadTags(storage)).Build();
        Assert.Equal(FlowType.AzurePublic, some.Type("10.0.0.1", "20.60.0.1", FlowDirection.Outbound));
        Assert.Equal(FlowType.Unknown, some.Type("10.0.0.1", "8.8.8.8", FlowDirection.Outbound));
        var v4Only = new NetworkMapBuilder().Add(ReadTags(v4)).Build();
        Assert.Equal(FlowType.ExternalPublic, v4Only.Type("10.0.0.1", "8.8.8.8", FlowDirection.Outbound));
        Assert.Equal(FlowType.Unknown, v4Only.Type("fd00::1", "2001:4860::8888", FlowDirection.Outbound));
    }

    [Theory]
    [InlineData("10.0.0.1", "8.8.8.8", FlowDirection.Outbound, FlowType.ExternalPublic)]
    [InlineData("8.8.8.8", "10.0.0.1", FlowDirection.Inbound, FlowType.ExternalPublic)]
    [InlineData("10.0.0.1", "20.60.0.1", FlowDirection.Outbound, FlowType.AzurePublic)]
    [InlineData("10.0.0.1", "10.0.0.2", FlowDirection.Outbound, FlowType.UnknownPrivate)]
    [InlineData("10.0.0.1", "10.0.0.2", FlowDirection.Inbound, FlowType.UnknownPrivate)]

    // The logging side is public: nothing says that it is in a virtual network (a firewall machine that passes on what is not its own).
    [InlineData("8.8.8.8", "10.0.0.1", FlowDirection.Outbound, FlowType.Unknown)]
    [InlineData("10.0.0.1", "8.8.8.8", FlowDirection.Inbound, FlowType.Unknown)]
    [InlineData("10.0.0.1", "8.8.8.8", (FlowDirection)7, FlowType.Unknown)]
    public void WithoutInventoryTheLoggingSideIsInSomeVirtualNetwork(string source, string destination, FlowDirection direction, FlowType expected) =>
        Assert.Equal(expected, _tagsOnly.Type(source, destination, direction));

    [Theory]
    [InlineData("10.9.0.1", "10.1.1.4", FlowDirection.Outbound, FlowType.UnknownPrivate)]
    [InlineData("10.9.0.1", "192.168.7.7", FlowDirection.Outbound, FlowType.S2S)]
    [InlineData("172.16.201.9", "10.9.0.1", FlowDirection.Inbound, FlowType.P2S)]
    [InlineData("192.168.7.7", "10.9.0.1", FlowDirection.Outbound, FlowType.Unknown)]
    public void TheLoggingSideCountsAlsoWhenTheInventoryLacksIt(string source, string destination, FlowDirection direction, FlowType expected) =>
        Assert.Equal(expected, _full.Type(source, destination, direction));

    [Fact]
    public void DefaultKnowsThePlatformAndPrivateAddresses()
    {
        Assert.Equal(FlowType.AzurePublic, NetworkMap.Default.Type("10.0.0.1", "168.63.129.16", FlowDirection.Outbound));
        Assert.Equal(FlowType.Unknown, NetworkMap.Default.Type("10.0.0.1", "168.63.129.16"));
        Assert.Equal(FlowType.Unknown, NetworkMap.Default.Type("10.0.0.1", "8.8.8.8", FlowDirection.Outbound));
        Assert.Equal(FlowType.UnknownPrivate, NetworkMap.Default.Type("10.0.0.1", "10.0.0.2", FlowDirection.Outbound));
        Assert.Equal(FlowType.Unknown, NetworkMap.Default.Type("10.0.0.1", "10.0.0.2"));
        Assert.Equal(PlaceKind.Unknown, NetworkMap.Default.Places[0].Kind);
        Assert.Throws<IndexOutOfRangeException>(() => NetworkMap.Default.TypeOf(99, 0));
    }

    [Fact]
    public void OverlappingVirtualNetworksAreNotToldApart()
    {
        var map = new NetworkMapBuilder().Add(new NetworkInventory
        {
            VirtualNetworks =
            [
                new InventoryVirtualNetwork { Name = "a", AddressPrefixes = ["10.0.0.0/16"] },
                new InventoryVirtualNetwork
                {
                    Name = "b",
                    AddressPrefixes = ["10.0.0.0/16", "10.5.0.0/16"],
                    Subnets = [new InventorySubnet { Name = "s", AddressPrefixes = ["10.0.7.0/24"] }],
                },
            ],
            NetworkInterfaces =
            [
                new InventoryNetworkInterface { Name = "n", Addresses = ["10.0.7.4"], Subnet = "/x/virtualNetworks/b/subnets/s" },
                new InventoryNetworkInterface { Name = "m", Addresses = ["10.0.9.4"] },
            ],
        }).Build();
        foreach (var shared in new[] { "10.0.1.1", "10.0.7.1", "10.0.9.4" })
        {
            Assert.Equal(PlaceKind.VirtualNetwork, map.Place(shared).Kind);
            Assert.Null(map.Place(shared).VirtualNetwork);
            Assert.Null(map.Place(shared).Subnet);
            Assert.Equal(FlowType.UnknownPrivate, map.Type(shared, shared));
            Assert.Equal(FlowType.UnknownPrivate, map.Type(shared, "10.5.0.1"));
        }

        Assert.Equal("m", map.Place("10.0.9.4").NetworkInterface);

        // An interface with a subnet's id tells.
        Assert.Equal("b", map.Place("10.0.7.4").VirtualNetwork);
        Assert.Equal(FlowType.IntraVNet, map.Type("10.0.7.4", "10.5.0.1"));
    }
}
