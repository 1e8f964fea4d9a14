using System;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using NsgFlow.Network;
using NsgFlow.Unit.Parsing;
using Xunit;
using static NsgFlow.Unit.Network.NetworkTestData;

namespace NsgFlow.Unit.Network;

public class ServiceTagFileTests
{
    [Fact]
    public void MicrosoftsFileIsRead()
    {
        var file = ReadTags();
        Assert.Equal(("tags", "Public", 345L, 11, 0), (file.Name, file.Cloud, file.ChangeNumber, file.PrefixCount, file.Issues.Count));
    }

    [Fact]
    public void WhatPowerShellMakesOfArmsAnswerIsRead()
    {
        var file = ReadTags("""{"Name":"Public","ChangeNumber":"63","Cloud":null,"Values":[{"Name":"Sql.EastUS","Id":"Sql.EastUS","Properties":{"Region":"eastus","AddressPrefixes":"20.1.0.0/16"}}]}""");
        Assert.Equal((63L, 1, null), (file.ChangeNumber, file.PrefixCount, file.Cloud));
        var place = new NetworkMapBuilder().Add(file).Build().Place("20.1.2.3");
        Assert.Equal((PlaceKind.Azure, "Sql.EastUS", "eastus"), (place.Kind, place.ServiceTag, place.Location));
    }

    [Fact]
    public void PackedFilesAreRead()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Tags), 0, Encoding.UTF8.GetByteCount(Tags));
        }

        packed.Position = 0;
        Assert.Equal(11, ServiceTagFile.Read(packed, "tags.gz").PrefixCount);
    }

    [Fact]
    public void WrongPrefixesAreIssuesAndTheRestIsTaken()
    {
        var file = ReadTags("""
            {"values":[
              {"name":"A","properties":{"region":"","addressPrefixes":["20.0.0.0/16","20.0.0/8","0.0.0.0/0","2000::/3","20.9.0.0/16"]}},
              {"properties":{"addressPrefixes":["20.8.0.0/16"]}},
              7,
              {"name":"B","properties":{"region":[],"addressPrefixes":["20.7.0.0/16"]}},
              {"name":"C","properties":{"addressPrefixes":["20.6.0.0/16",{}]}}]}
            """);
        Assert.Equal(2, file.PrefixCount);
        Assert.Equal(
            [
                "tags, values[0].properties.addressPrefixes[1]: 20.0.0/8 is not a prefix: 20.0.0 is not an address. (20.0.0/8)",
                "tags, values[0].properties.addressPrefixes[2]: The prefix is shorter than /8 (IPv6: /16); so many addresses are nobody's. (0.0.0.0/0)",
                "tags, values[0].properties.addressPrefixes[3]: The prefix is shorter than /8 (IPv6: /16); so many addresses are nobody's. (2000::/3)",
                "tags, values[1]: The tag has no name.",
                "tags, values[2]: An object was expected.",
                "tags, values[3].properties.region: A text was expected.",
                "tags, values[4].properties.addressPrefixes[1]: A text was expected.",
            ],
            file.Issues.Select(issue => issue.ToString()));
        Assert.Equal(7, new NetworkMapBuilder().Add(file).Build().Issues.Count);
    }

    [Fact]
    public void WithoutAPrefixItIsSaid() =>
        Assert.Equal("tags, values: There is no prefix in the file.", Assert.Single(ReadTags("""{"values":[]}""").Issues).ToString());

    [Theory]
    [InlineData("""{"tags":[]}""", "In the service-tag file: It has no list values. Microsoft publishes the file as ServiceTags_Public_….json.")]
    [InlineData("[]", "In the service-tag file: An object was expected.")]
    public void AnotherFileIsRefused(string json, string expected) => Assert.Equal(expected, Assert.ThrowsAny<FormatException>(() => ReadTags(json)).Message);

    [Fact]
    public void TooLongAFileIsRefused() =>
        Assert.Equal("The file is longer than 1 MB; that is no list of addresses.", Assert.ThrowsAny<FormatException>(() => NetworkFile.ReadAll(new MemoryStream(new byte[1_200_000]), "The file", 1 << 20)).Message);

    [Fact]
    public void HundredThousandPrefixesLoadQuickly()
    {
        var random = Scale.Random(3);
        var json = new StringBuilder("{\"values\":[");
        for (var tag = 0; tag < 1000; tag++)
        {
            json.Append(FormattableString.Invariant($"{(tag > 0 ? "," : string.Empty)}{{\"name\":\"T{tag}\",\"properties\":{{\"region\":\"\",\"addressPrefixes\":["));
            for (var i = 0; i < Scale.Of(100); i++)
            {
                json.Append(FormattableString.Invariant($"{(i > 0 ? "," : string.Empty)}\"{new FlowAddress((uint)random.Next64() | 0x14000000)}/{16 + random.Next(17)}\""));
            }

            json.Append("]}}");
        }

        var bytes = Encoding.UTF8.GetBytes(json.Append("]}").ToString());
        var watch = Stopwatch.StartNew();
        var map = new NetworkMapBuilder().Add(ServiceTagFile.Read(new MemoryStream(bytes), "large")).Build();
        watch.Stop();
        Assert.True(map.Places.Count > 900);

        // Some 0.3 s with nothing else running.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
    }
}
