using System;
using System.IO;
using System.Linq;
using System.Text;
using NsgFlow.Network;
using NsgFlow.Unit.Parsing;
using Xunit;
using static NsgFlow.Unit.Network.NetworkTestData;

namespace NsgFlow.Unit.Network;

public class ThreatListTests
{
    [Theory]
    [InlineData("# comment\r\n; another\r\n// third\r\n\r\n 8.8.8.8 \r\n")]
    [InlineData("\uFEFF8.8.8.8")]
    [InlineData("8.8.8.8 # why")]
    [InlineData("8.8.8.8/32 ; SBL1")]
    [InlineData("8.8.8.8\t12\t2026-01-01")]
    [InlineData("8.8.8.8,botnet,yesterday")]
    [InlineData("\"8.8.8.8\"")]
    [InlineData("8.8.8.8-8.8.8.8")]
    [InlineData("8.8.8.8 - 8.8.8.8 , range")]
    [InlineData("8.8.8.8,host,ip")]
    [InlineData("8.8.8.8:443")]
    [InlineData("8.8.8[.]8")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("create bad hash:net family inet\nadd bad 8.8.8.8\n")]
    [InlineData("ip\n8.8.8.8\n")]
    [InlineData("first_seen,dst_ip,dst_port\n2026-01-01,8.8.8.8,443\n")]
    [InlineData("name;ip address\n\"a;b\";8.8.8.8\n")]
    [InlineData("\"id\",\"ioc_value\"\n\"1\",\"8.8.8.8:443\"\n")]
    [InlineData("# title\n# first_seen,dst_ip,dst_port\n2026-01-01,8.8.8.8,443\n# end\n")]
    public void FormsOfListsAreRead(string text)
    {
        var list = ReadThreats(text);
        Assert.Empty(list.Issues);
        Assert.Equal(1, list.Count);
        var place = new NetworkMapBuilder().Add(list).Build().Place("8.8.8.8");
        Assert.Equal((PlaceKind.Malicious, "list", null), (place.Kind, place.ThreatList, place.ThreatType));
    }

    [Theory]
    [InlineData("2001:4860::/32\n[2001:4861::1]:443\n2001:4862::1\n")]
    public void IPv6IsRead(string text)
    {
        var map = new NetworkMapBuilder().Add(ReadThreats(text)).Build();
        Assert.Empty(map.Issues);
        Assert.Equal(PlaceKind.Malicious, map.Place("2001:4860::9").Kind);
        Assert.Equal(PlaceKind.Malicious, map.Place("2001:4861::1").Kind);
        Assert.Equal(PlaceKind.Malicious, map.Place("2001:4862::1").Kind);
        Assert.Equal(PlaceKind.Unknown, map.Place("2001:4862::2").Kind);
    }

    [Theory]
    [InlineData("ip,type", "8.8.8.8,botnet", "Botnet")]
    [InlineData("ip,threat_type", "8.8.8.8,Crypto-Mining", "CryptoMining")]
    [InlineData("ip,category", "8.8.8.8,C&C", "C2")]
    [InlineData("ip,category", "8.8.8.8,watchlist", "WatchList")]
    [InlineData("ip,category", "8.8.8.8,ddos", "DDos")]
    [InlineData("ip,category", "8.8.8.8,Brute force", "Brute force")]
    [InlineData("ip,category", "8.8.8.8,\"a \"\"b\"\", c\"", "a \"b\", c")]
    [InlineData("ip,category", "8.8.8.8,", null)]
    [InlineData("ip,category", "8.8.8.8", null)]
    [InlineData("type,indicator", "ipv4,8.8.8.8", null)]
    [InlineData("type,indicator,threat", "ip:port,8.8.8.8:80,phishing", "Phishing")]
    [InlineData("ip,category", "8.8.8.8,\u001b[2Jx", "?[2Jx")]
    public void TheKindOfThreatIsRead(string header, string line, string? expected)
    {
        var map = new NetworkMapBuilder().Add(ReadThreats(header + "\n" + line + "\n")).Build();
        Assert.Empty(map.Issues);
        Assert.Equal((PlaceKind.Malicious, expected), (map.Place("8.8.8.8").Kind, map.Place("8.8.8.8").ThreatType));
    }

    [Fact]
    public void WhatIsNotTakenIsSaid()
    {
        var list = ReadThreats("8.8.8.8\nevil.example\n0.0.0.0/0\n128.0.0.0/7\n9.0.0.0/8\n10.0.0.0/8\n127.0.0.1\n168.63.129.16\n2000::/3\n8.8.8.8/33\n1.2.3.4-1.2.3.1\nhttp://1.2.3.4/x\n");
        Assert.Equal(2, list.Count);
        Assert.Equal([2, 3, 4, 6, 7, 8, 9, 10, 11, 12], list.Issues.Select(issue => issue.Line));
        Assert.StartsWith("list, line 2: evil.example is not an address", list.Issues[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("list, line 3: The prefix is shorter than /8 (IPv6: /16); so many addresses are nobody's. (0.0.0.0/0)", list.Issues[1].ToString());
        Assert.Equal("list, line 6: The address is private or reserved; threat lists are asked about public ones only. (10.0.0.0/8)", list.Issues[3].ToString());
        Assert.Equal("8.8.8.8/33", list.Issues[7].Text);
    }

    [Fact]
    public void LinesOfACsvWithoutAddressAreIssues()
    {
        var list = ReadThreats("id,ip\n1,8.8.8.8\n2\n3,\n4,evil.example\n");
        Assert.Equal(1, list.Count);
        Assert.Equal([3, 4, 5], list.Issues.Select(issue => issue.Line));
    }

    [Fact]
    public void OfManyIssuesTheRestIsCounted()
    {
        var list = ReadThreats(string.Concat(Enumerable.Repeat("x\n", 250)));
        Assert.Equal(101, list.Issues.Count);
        Assert.Equal("list: 150 more entries were not taken; they are not reported one by one.", list.Issues[100].ToString());
    }

    [Theory]
    [InlineData("", "list: The list has no address.")]
    [InlineData("# only\n# comments\n", "list: The list has no address.")]
    [InlineData("ip,type\n", "list: The list has no address.")]
    [InlineData("<!DOCTYPE html><html>", "list: Nothing was taken: this is HTML or XML.")]
    [InlineData("{\"a\":1}", "list: Nothing was taken: this is JSON.")]
    [InlineData("[{\"a\":1}]", "list: Nothing was taken: this is JSON.")]
    [InlineData("PK\u0003\u0004zip", "list: Nothing was taken: this is a zip archive.")]
    [InlineData("MZ\u0001\0\0\0abc", "list: Nothing was taken: this is binary data.")]
    public void WhatIsNoListIsSaidOnce(string text, string expected) => Assert.Equal(expected, Assert.Single(ReadThreats(text).Issues).ToString());

    [Fact]
    public void AHugeLineIsAnIssueAndIsShownShort()
    {
        var list = ReadThreats(new string('a', 5_000_000) + "\n8.8.8.8\n\u001b[31mred\n");
        Assert.Equal(1, list.Count);
        Assert.Equal((1, "The line is too long to be an address."), (list.Issues[0].Line, list.Issues[0].Reason));
        Assert.Equal(81, list.Issues[0].Text!.Length);
        Assert.Equal("?[31mred", list.Issues[1].Text);
    }

    [Fact]
    public void RandomBytesDoNoHarm()
    {
        var random = Scale.Random(11);
        for (var round = 0; round < Scale.Of(2000); round++)
        {
            var bytes = Enumerable.Range(0, random.Next(300)).Select(_ => random.OneIn(3) ? (byte)random.Next64() : (byte)random.Pick("0189.:/-,;#\"[]\n\r\t |x".ToCharArray())).ToArray();
            var list = ThreatList.Read(new MemoryStream(bytes), "random");
            Assert.True(list.Count > 0 || list.Issues.Count > 0);
            if (round % 50 == 0)
            {
                Assert.NotNull(new NetworkMapBuilder().Add(list).Build().Place("8.8.8.8"));
            }
        }
    }

    [Fact]
    public void UTF16IsRead() =>
        Assert.Equal(1, ThreatList.Read(new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("8.8.8.8\r\n")]), "list").Count);

    [Fact]
    public void OfTheSamePrefixTheOneThatSaysWhatItIsCounts()
    {
        var map = new NetworkMapBuilder().Add(ReadThreats("8.8.8.8\n9.9.9.9\n", "plain")).Add(ReadThreats("ip,type\n8.8.8.8,c2\n8.8.8.8,proxy\n8.0.0.0/8,pua\n", "csv")).Build();
        Assert.Equal(("csv", "C2"), (map.Place("8.8.8.8").ThreatList, map.Place("8.8.8.8").ThreatType));
        Assert.Equal(("csv", "PUA"), (map.Place("8.1.1.1").ThreatList, map.Place("8.1.1.1").ThreatType));
        Assert.Equal(("plain", null), (map.Place("9.9.9.9").ThreatList, map.Place("9.9.9.9").ThreatType));
    }
}
