using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public class AddressSetTests
{
    [Theory]
    [InlineData("10.0.0.0/33", "10.0.0.0/33 is not a prefix: IPv4 prefixes go to /32.")]
    [InlineData("2001:db8::/129", "2001:db8::/129 is not a prefix: IPv6 prefixes go to /128.")]
    [InlineData("10.0.0.0/", "10.0.0.0/ is not a prefix: IPv4 prefixes go to /32.")]
    [InlineData("10.0.0.0/-1", "10.0.0.0/-1 is not a prefix: IPv4 prefixes go to /32.")]
    [InlineData("10.0.0.0/255.0.0.0", "10.0.0.0/255.0.0.0 is not a prefix: IPv4 prefixes go to /32.")]
    [InlineData("10.0.0/8", "10.0.0/8 is not a prefix: 10.0.0 is not an address.")]
    [InlineData("10.0.0.9-10.0.0.1", "10.0.0.9-10.0.0.1 is not a range: it ends before it begins.")]
    [InlineData("10.0.0.1-::1", "10.0.0.1-::1 is not a range: one end is IPv4, the other IPv6.")]
    [InlineData("10.0.0.1-9", "10.0.0.1-9 is not a range: 9 is not an address.")]
    [InlineData("", "An empty text is no address.")]
    [InlineData("  ", "An empty text is no address.")]
    public void WrongTextIsNamed(string text, string expected)
    {
        Assert.False(AddressSet.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
        Assert.Equal(expected, Assert.Throws<FormatException>(() => AddressSet.Parse(["10.0.0.1", text])).Message);
    }

    [Theory]
    [InlineData("contoso.com")]
    [InlineData("10.0.0.256")]
    [InlineData("fe80::1%eth0")]
    [InlineData("[::1]")]
    [InlineData("\u0661.1.1.1")]
    public void WhatIsNoAddressIsSaid(string text)
    {
        Assert.False(AddressSet.TryParse(text, out _, out var error));
        Assert.StartsWith(text + " is not an address: give IPv4", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.5/24", "10.0.0.0", "10.0.0.255")]
    [InlineData(" 10.0.0.7 ", "10.0.0.7", "10.0.0.7")]
    [InlineData("10.0.0.1 - 10.0.0.9", "10.0.0.1", "10.0.0.9")]
    [InlineData("0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    [InlineData("2001:db8::1/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::/96", "2001:db8::", "2001:db8::ffff:ffff")]
    [InlineData("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("::ffff:10.1.2.3/104", "10.0.0.0", "10.255.255.255")]
    public void TextMeansRange(string text, string first, string last)
    {
        Assert.True(AddressSet.TryParse(text, out var range, out var error));
        Assert.Null(error);
        Assert.Equal(first, range.First.ToString());
        Assert.Equal(last, range.Last.ToString());
    }

    [Fact]
    public void AllOfIPv6HoldsNoIPv4()
    {
        var set = AddressSet.Parse(["::/0"]);
        Assert.False(set.Contains(Address("10.0.0.1")));
        Assert.True(set.Contains(Address("2001:db8::1")));
        Assert.True(set.Contains(Address("::fffe:ffff:ffff")));
        Assert.False(AddressSet.Parse(["0.0.0.0/0"]).Contains(Address("2001:db8::1")));
    }

    [Fact]
    public void NeighboursAreMerged()
    {
        var set = AddressSet.Parse(["10.0.1.0/24", "10.0.0.0/24", "10.0.0.7", "10.0.3.0/24", "255.255.255.255", "2001:db8::ffff:ffff:ffff:ffff", "2001:db8:0:1::"]);
        Assert.Equal(
            ["10.0.0.0-10.0.1.255", "10.0.3.0-10.0.3.255", "255.255.255.255", "2001:db8::ffff:ffff:ffff:ffff-2001:db8:0:1::"],
            set.Ranges.Select(range => range.ToString()));
    }

    [Fact]
    public void EmptySetHoldsNothing()
    {
        var set = AddressSet.Parse([]);
        Assert.True(set.IsEmpty);
        Assert.False(set.Contains(Address("0.0.0.0")));
        Assert.False(set.Contains(Address("::")));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(4, 60)]
    [InlineData(5, 200)]
    [InlineData(6, 1500)]
    public void AgreesWithSlowSearch(int seed, int count)
    {
        var random = new Random(seed);
        for (var round = 0; round < Math.Min(40, 3000 / count); round++)
        {
            var texts = Enumerable.Range(0, count).Select(_ => RandomText(random)).ToList();
            var set = AddressSet.Parse(texts);
            var oracle = texts.Select(Oracle).ToList();
            var probes = oracle.SelectMany(range => new[] { range.First, range.Last, range.First - 1, range.Last + 1 })
                .Concat(oracle.Select(range => range.First + ((range.Last - range.First) / 2)))
                .Where(number => number >= 0 && number < BigInteger.One << 129);
            foreach (var probe in probes)
            {
                // Numbers carry their family in bit 128, so that a step past the end of IPv4 is no IPv6 address by accident.
                var isV4 = probe < BigInteger.One << 32;
                if (!isV4 && probe < BigInteger.One << 128)
                {
                    continue;
                }

                var expected = oracle.Any(range => range.First <= probe && probe <= range.Last);
                Assert.Equal(expected, set.Contains(FromNumber(probe, isV4)));
            }
        }
    }

    [Fact]
    public void HundredThousandPrefixesAgreeWithHashing()
    {
        var random = new Random(7);
        var networks = new HashSet<uint>();
        while (networks.Count < 100_000)
        {
            networks.Add((uint)random.NextInt64(1L << 24));
        }

        var set = AddressSet.Parse(networks.Select(network => new FlowAddress(network << 8) + "/24"));
        for (var i = 0; i < 200_000; i++)
        {
            var probe = (uint)random.NextInt64(1L << 32);
            Assert.Equal(networks.Contains(probe >> 8), set.Contains(new FlowAddress(probe)));
        }
    }

    private static FlowAddress Address(string text) => FlowAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    [Fact]
    public void EdgesOfTheAddressSpaceAreFound()
    {
        // Enough far-apart ranges for the index, none below the first probe and one at the very end.
        var texts = Enumerable.Range(1, 300).Select(i => new FlowAddress((uint)i << 20) + "/32").Append("255.255.255.255").ToList();
        var set = AddressSet.Parse(texts);
        Assert.False(set.Contains(Address("0.0.0.0")));
        Assert.False(set.Contains(Address("0.15.255.255")));
        Assert.True(set.Contains(Address("0.16.0.0")));
        Assert.False(set.Contains(Address("0.16.0.1")));
        Assert.False(set.Contains(Address("255.255.255.254")));
        Assert.True(set.Contains(Address("255.255.255.255")));
    }

    private static string RandomText(Random random)
    {
        var isV4 = random.Next(3) > 0;
        var bytes = new byte[isV4 ? 4 : 16];
        random.NextBytes(bytes);
        if (random.Next(2) == 0)
        {
            // Close together, so that ranges overlap and touch.
            Array.Clear(bytes, 0, bytes.Length - 1);
            bytes[0] = 0x20;
        }

        var address = new IPAddress(bytes).ToString();
        switch (random.Next(3))
        {
            case 0:
                return address;
            case 1:
                return address + "/" + random.Next(isV4 ? 33 : 129);
            default:
                var other = (byte[])bytes.Clone();
                other[^1] = (byte)random.Next(other[^1], 256);
                return address + "-" + new IPAddress(other);
        }
    }

    private static (BigInteger First, BigInteger Last) Oracle(string text)
    {
        if (text.Contains('-'))
        {
            var ends = text.Split('-');
            return (Number(IPAddress.Parse(ends[0])), Number(IPAddress.Parse(ends[1])));
        }

        var parts = text.Split('/');
        var address = IPAddress.Parse(parts[0]);
        var width = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var size = BigInteger.One << (width - (parts.Length == 1 ? width : int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)));
        var offset = width == 32 ? 0 : BigInteger.One << 128;
        var first = (Number(address) - offset) / size * size;
        return (first + offset, first + offset + size - 1);
    }

    private static BigInteger Number(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var number = bytes.Aggregate(BigInteger.Zero, (sum, one) => (sum << 8) + one);
        return bytes.Length == 4 ? number : number + (BigInteger.One << 128);
    }

    private static FlowAddress FromNumber(BigInteger number, bool isV4)
    {
        if (isV4)
        {
            return new FlowAddress((uint)number);
        }

        var v6 = number - (BigInteger.One << 128);
        return new FlowAddress((ulong)(v6 >> 64), (ulong)(v6 & ulong.MaxValue));
    }
}
