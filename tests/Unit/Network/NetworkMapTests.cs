using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using NsgFlow.Filtering;
using NsgFlow.Network;
using NsgFlow.Unit.Parsing;
using Xunit;
using static NsgFlow.Unit.Network.NetworkTestData;

namespace NsgFlow.Unit.Network;

public class NetworkMapTests
{
    /// <summary>Prefixes that lie in each other and beside each other; a site each, whose name is the prefix.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 17)]
    [InlineData(4, 40)]
    [InlineData(5, 300)]
    [InlineData(6, 1500)]
    public void AgreesWithSlowSearch(int seed, int count)
    {
        var random = Scale.Random(seed);
        for (var round = 0; round < Scale.Of(Math.Max(4, 400 / count)); round++)
        {
            var ranges = Enumerable.Range(0, count).Select(_ => RandomPrefix(random)).Distinct().ToList();
            var map = Map(ranges);
            foreach (var probe in ranges.SelectMany(range => Probes(range, random)).Take(3000))
            {
                Assert.Equal(Slow(ranges, probe), map.PlaceOf(in probe).Site);
            }
        }
    }

    /// <summary>Blocks of each size around those at which the table's layout changes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1000)]
    [InlineData(65535)]
    public void BlocksOfEachSizeAreSearched(int segments)
    {
        // Every second address begins a segment; in the largest, every one.
        var step = segments > 30000 ? 1 : 2;
        foreach (var lead in new[] { 0, 1 })
        {
            var all = Enumerable.Range(0, segments).Select(i => new PrefixSegment(new FlowAddress(0x0A010000u + (uint)((i * step) + lead)), i + 1));
            var table = new SegmentTable([new PrefixSegment(new FlowAddress(0u), 0), .. all.Where(segment => segment.First.V4 < 0x0A020000)]);
            for (var low = 0; low < 65536; low++)
            {
                var expected = low < lead ? 0 : Math.Min(segments, ((low - lead) / step) + 1);
                Assert.Equal(expected, table.Find(0x0A010000u + (uint)low));
            }

            Assert.Equal(0, table.Find(0x0A00FFFF));
            Assert.Equal(segments, table.Find(segments + lead > 65535 ? 0x0A01FFFFu : 0x0A020000));
        }
    }

    [Fact]
    public void HundredThousandPrefixesAgreeWithHashing()
    {
        var random = Scale.Random(7);
        var names = new Dictionary<(int Length, uint Prefix), string>();
        var lengths = new[] { 12, 16, 19, 20, 22, 24, 25, 28, 30, 31, 32 };
        while (names.Count < Scale.Of(100_000))
        {
            var length = random.Pick(lengths);

            // Half of them in few /16s, as those of a cloud are.
            var address = random.OneIn(2) ? (uint)random.Next64() : 0x14000000 | ((uint)random.Next64() & 0x00FFFFFF);
            names[(length, address >> (32 - length))] = new FlowAddress(address >> (32 - length) << (32 - length)) + "/" + length.ToString(CultureInfo.InvariantCulture);
        }

        var map = Map([.. names.Values.Select(Range)]);
        var known = names.Keys.ToList();
        for (var i = 0; i < Scale.Of(300_000); i++)
        {
            var (length, prefix) = known[random.Next(known.Count)];
            var probe = (prefix << (32 - length)) | ((uint)random.Next64() & (uint)((1L << (32 - length)) - 1));
            var expected = Enumerable.Reverse(lengths).Where(one => names.ContainsKey((one, probe >> (32 - one)))).Select(one => names[(one, probe >> (32 - one))]).First();
            Assert.Equal(expected, map.PlaceOf(new FlowAddress(probe)).ServiceTag ?? map.PlaceOf(new FlowAddress(probe)).Site);
        }
    }

    [Fact]
    public void PlacesAreFewAndNumbered()
    {
        var map = Full();
        Assert.Equal(Enumerable.Range(0, map.Places.Count), map.Places.Select(place => place.Index));
        Assert.Same(map.Place("10.1.2.1"), map.Place("10.1.2.200"));
        Assert.Same(map.Place("8.8.8.8"), map.Place("2001:4860::8888"));
        Assert.Same(map.Place("10.99.0.1"), map.Place("172.20.0.1"));
        Assert.True(map.Places.Count < 25, map.Places.Count.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void LayersAddUp()
    {
        var map = Full();
        var interfacePlace = map.Place("10.1.1.4");
        Assert.Equal(
            ("hub", "web", "vm1-nic", "vm1", "westeurope", "s1", "rg-vm"),
            (interfacePlace.VirtualNetwork, interfacePlace.Subnet, interfacePlace.NetworkInterface, interfacePlace.VirtualMachine, interfacePlace.Location,
                interfacePlace.SubscriptionId, interfacePlace.ResourceGroup));
        Assert.Equal("VirtualNetwork hub/web/vm1-nic/vm1", interfacePlace.ToString());
        var subnet = map.Place("10.1.1.5");
        Assert.Equal(("hub", "web", null, "rg-net"), (subnet.VirtualNetwork, subnet.Subnet, subnet.NetworkInterface, subnet.ResourceGroup));
        Assert.Equal(("hub", null), (map.Place("10.1.9.5").VirtualNetwork, map.Place("10.1.9.5").Subnet));
        Assert.Equal((PlaceKind.OnPremises, "Berlin"), (map.Place("192.168.1.1").Kind, map.Place("192.168.1.1").Site));
        Assert.Equal((PlaceKind.PointToSite, "gw"), (map.Place("172.16.201.1").Kind, map.Place("172.16.201.1").Site));

        var own = map.Place("20.50.0.1");
        Assert.Equal((PlaceKind.OwnPublic, "hub", "vm1-nic", "vm1", "AzureCloud.westeurope"), (own.Kind, own.VirtualNetwork, own.NetworkInterface, own.VirtualMachine, own.ServiceTag));
        Assert.Equal((PlaceKind.OwnPublic, (string?)null), (map.Place("20.50.0.31").Kind, map.Place("20.50.0.31").VirtualNetwork));

        var bad = map.Place("20.60.0.66");
        Assert.Equal((PlaceKind.Malicious, "Storage.WestEurope", "westeurope", "list", null), (bad.Kind, bad.ServiceTag, bad.Location, bad.ThreatList, bad.ThreatType));
    }

    [Theory]
    [InlineData("20.50.0.77", "AzureCloud.westeurope", "westeurope")]
    [InlineData("20.60.200.1", "AzureCloud", null)]
    [InlineData("20.60.0.1", "Storage.WestEurope", "westeurope")]

    // A prefix within another service's: the longer one; where it is, AzureCloud knows.
    [InlineData("20.60.1.1", "Sql", "westeurope")]
    [InlineData("20.60.16.1", "Sql", null)]
    [InlineData("2603:1000:1::9", "Storage", null)]
    [InlineData("2603:1000:2::9", "AzureCloud", null)]
    [InlineData("168.63.129.16", "AzurePlatformDNS", null)]
    [InlineData("8.8.8.8", null, null)]
    public void TheMostSpecificTagCounts(string address, string? tag, string? region) =>
        Assert.Equal((tag, region), (Full().Place(address).ServiceTag, Full().Place(address).Location));

    [Fact]
    public void OfTheSamePrefixTheRegionalThenTheSmallerTagCounts()
    {
        const string json = """
            {"values":[
              {"name":"Big","properties":{"region":"","addressPrefixes":["20.1.0.0/16","20.2.0.0/16"]}},
              {"name":"Small","properties":{"region":"","addressPrefixes":["20.1.0.0/16"]}},
              {"name":"Other.X","properties":{"region":"x","addressPrefixes":["20.2.0.0/16","20.3.0.0/16"]}},
              {"name":"Other","properties":{"region":"","addressPrefixes":["20.3.7.0/24"]}},
              {"name":"AzureCloud.x","properties":{"region":"x","addressPrefixes":["20.1.7.0/24"]}},
              {"name":"Internet","properties":{"region":"","addressPrefixes":["30.0.0.0/8"]}}]}
            """;
        var map = new NetworkMapBuilder().Add(ReadTags(json)).Build();
        Assert.Equal("Small", map.Place("20.1.0.1").ServiceTag);
        Assert.Equal("Other.X", map.Place("20.2.0.1").ServiceTag);

        // Longer prefixes that say less: the same service without region, and AzureCloud, which is no service.
        Assert.Equal("Other.X", map.Place("20.3.7.1").ServiceTag);
        Assert.Equal(("Small", "x"), (map.Place("20.1.7.1").ServiceTag, map.Place("20.1.7.1").Location));
        Assert.Null(map.Place("30.0.0.1").ServiceTag);
    }

    [Fact]
    public void WhatTheCustomerUsesInsideIsNotAskedOfPublicLists()
    {
        var map = new NetworkMapBuilder().Add(ReadTags()).Add(ReadThreats("20.60.0.0/16\n203.0.113.0/24\n"))
            .Add(new NetworkInventory { VirtualNetworks = [new InventoryVirtualNetwork { Name = "v", AddressPrefixes = ["20.60.0.0/24"] }] })
            .AddPrivate(Range("203.0.113.128/25"))
            .Build();
        Assert.Equal((PlaceKind.VirtualNetwork, (string?)null, (string?)null), (map.Place("20.60.0.1").Kind, map.Place("20.60.0.1").ServiceTag, map.Place("20.60.0.1").ThreatList));
        Assert.Equal(PlaceKind.Malicious, map.Place("20.60.1.1").Kind);
        Assert.Equal(PlaceKind.Private, map.Place("203.0.113.200").Kind);
        Assert.Equal(PlaceKind.Malicious, map.Place("203.0.113.1").Kind);
    }

    [Fact]
    public void ThePlatformStaysAzures()
    {
        var map = new NetworkMapBuilder().Add(ReadThreats("168.63.0.0/16\n"))
            .Add(new NetworkInventory { Sites = [new InventorySite { Name = "all", AddressPrefixes = ["0.0.0.0/0"] }] }).AddPrivate(Range("168.0.0.0/8")).Build();
        Assert.Equal((PlaceKind.Azure, (string?)null), (map.Place("168.63.129.16").Kind, map.Place("168.63.129.16").ThreatList));
    }

    [Fact]
    public void TheLongerPrefixCountsAmongNetworksAndSites()
    {
        var map = new NetworkMapBuilder().Add(new NetworkInventory
        {
            VirtualNetworks = [new InventoryVirtualNetwork { Name = "v", AddressPrefixes = ["10.1.0.0/16", "10.2.0.0/16"] }],
            Sites =
            [
                new InventorySite { Name = "wide", AddressPrefixes = ["10.0.0.0/8"] },
                new InventorySite { Name = "within", AddressPrefixes = ["10.1.7.0/24"] },
                new InventorySite { Name = "same", AddressPrefixes = ["10.2.0.0/16"] },
                new InventorySite { Name = "twin", AddressPrefixes = ["192.168.0.0/24"] },
                new InventorySite { Name = "twin2", AddressPrefixes = ["192.168.0.0/24"] },
            ],
        }).Build();
        Assert.Equal("wide", map.Place("10.9.0.1").Site);
        Assert.Equal("v", map.Place("10.1.0.1").VirtualNetwork);
        Assert.Equal("within", map.Place("10.1.7.1").Site);
        Assert.Equal("v", map.Place("10.2.0.1").VirtualNetwork);
        Assert.Equal((PlaceKind.OnPremises, (string?)null), (map.Place("192.168.0.1").Kind, map.Place("192.168.0.1").Site));
    }

    [Fact]
    public void IPv6PrefixesHoldNoIPv4()
    {
        var map = new NetworkMapBuilder().AddPrivate(Range("::/0")).AddPrivate(Range("::ffff:9.9.9.0/120")).Build();
        Assert.Equal(PlaceKind.Unknown, map.Place("8.8.8.8").Kind);
        Assert.Equal(PlaceKind.Private, map.Place("2001:4860::8888").Kind);
        Assert.Equal(PlaceKind.Private, map.Place("9.9.9.9").Kind);
        Assert.Equal(PlaceKind.Private, map.Place("::ffff:9.9.9.9").Kind);
    }

    [Fact]
    public void RangesThatAreNoPrefixesAreTakenWhole()
    {
        var map = new NetworkMapBuilder().Add(new NetworkInventory
        {
            Sites = [new InventorySite { Name = "a", AddressPrefixes = ["10.0.0.5-10.0.3.2", "255.255.255.254-255.255.255.255", "2001:db8::ffff-2001:db8:0:1::3"] }],
        }).Build();
        Assert.Null(map.Place("10.0.0.4").Site);
        Assert.Equal("a", map.Place("10.0.0.5").Site);
        Assert.Equal("a", map.Place("10.0.2.77").Site);
        Assert.Equal("a", map.Place("10.0.3.2").Site);
        Assert.Null(map.Place("10.0.3.3").Site);
        Assert.Equal("a", map.Place("255.255.255.255").Site);
        Assert.Null(map.Place("2001:db8::fffe").Site);
        Assert.Equal("a", map.Place("2001:db8::1:0").Site);
        Assert.Equal("a", map.Place("2001:db8:0:1::3").Site);
        Assert.Null(map.Place("2001:db8:0:1::4").Site);
    }

    [Fact]
    public void ManyThreadsGetTheSameAnswers()
    {
        var map = Full();
        var expected = Enumerable.Range(0, 1000).Select(i => map.IndexOf(new FlowAddress((uint)i * 4294967))).ToArray();
        Parallel.For(0, 8, _ =>
        {
            for (var round = 0; round < 20; round++)
            {
                for (var i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], map.IndexOf(new FlowAddress((uint)i * 4294967)));
                }
            }
        });
    }

    private static NetworkMap Map(List<AddressRange> ranges) => new NetworkMapBuilder().Add(new NetworkInventory
    {
        Sites = [.. ranges.Select(range => new InventorySite { Name = Text(range), AddressPrefixes = [range.ToString()] })],
    }).Build();

    private static string Text(AddressRange range)
    {
        if (!PrefixLayer.IsV4(range))
        {
            return range.ToString();
        }

        var length = 32;
        for (var span = range.Last.V4 - range.First.V4; span > 0; span >>= 1)
        {
            length--;
        }

        return range.First + "/" + length.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Slow(List<AddressRange> ranges, FlowAddress probe)
    {
        AddressRange? best = null;
        foreach (var range in ranges)
        {
            if (PrefixLayer.IsV4(range) == probe.IsV4 && range.First <= probe && probe <= range.Last
                && (best is not { } other || (range.First >= other.First && range.Last <= other.Last)))
            {
                best = range;
            }
        }

        // The platform's address is nobody's site.
        return best is { } found && probe != Address("168.63.129.16") ? Text(found) : null;
    }

    private static IEnumerable<FlowAddress> Probes(AddressRange range, TestRandom random)
    {
        yield return range.First;
        yield return range.Last;
        if (range.First.IsV4)
        {
            yield return new FlowAddress(unchecked(range.First.V4 - 1));
            yield return new FlowAddress(unchecked(range.Last.V4 + 1));
            yield return new FlowAddress(range.First.V4 + (uint)(random.Next64() % (range.Last.V4 - range.First.V4 + 1UL)));
        }
        else
        {
            yield return new FlowAddress(range.First.High, unchecked(range.First.Low - 1));
            yield return new FlowAddress(unchecked(range.Last.High + 1), 0);
            yield return new FlowAddress(range.First.High | (random.Next64() & (range.Last.High ^ range.First.High)), range.First.Low | (random.Next64() & (range.Last.Low ^ range.First.Low)));
        }
    }

    private static AddressRange RandomPrefix(TestRandom random)
    {
        var text = new StringBuilder();
        if (random.OneIn(3))
        {
            // Close together, so that prefixes lie in each other.
            var high = 0x2603_1000_0000_0000UL | (random.Next64() & (random.OneIn(2) ? 0x0000_0000_0003_0003UL : 0x000F_FFFF_FFFF_FFFFUL));
            var low = random.OneIn(2) ? 0 : random.Next64() & 0x8000_0000_0000_0007UL;
            text.Append(new FlowAddress(high, low)).Append('/').Append(random.OneIn(2) ? 128 - random.Next(70) : 20 + random.Next(109));
        }
        else
        {
            var v4 = random.OneIn(2) ? (uint)random.Next64() : 0x14000000 | ((uint)random.Next64() & 0x0003_0F07);
            text.Append(new FlowAddress(v4)).Append('/').Append(random.OneIn(20) ? random.Next(33) : 10 + random.Next(23));
        }

        return Range(text.ToString());
    }
}
