using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.Unit.Samples;

/// <summary>Names, blocks and keys as Azure writes them.</summary>
public sealed class SampleBlobTests
{
    [Theory]
    [InlineData(FlowSampleFormat.Nsg1)]
    [InlineData(FlowSampleFormat.Nsg2)]
    [InlineData(FlowSampleFormat.VNet4)]
    public void Names_are_those_of_Azure(FlowSampleFormat format)
    {
        var isVNet = format == FlowSampleFormat.VNet4;
        var start = new DateTime(2026, 12, 31, 23, 0, 0, DateTimeKind.Utc);
        var sample = new SampleData(new FlowSampleOptions { Format = format, StartTime = start, Nic = 4 });
        var pattern = isVNet
            ? "^flowLogResourceID=/[0-9A-F-]{36}_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_"
                + "AKS-VNET-12345678-MC_SHOP_PROD_WESTEUROPE-FLOWLOG"
            : "^resourceId=/SUBSCRIPTIONS/[0-9A-F-]{36}/RESOURCEGROUPS/MC_SHOP_PROD_WESTEUROPE"
                + "/PROVIDERS/MICROSOFT\\.NETWORK/NETWORKSECURITYGROUPS/AKS-AGENTPOOL-12345678-NSG";
        var container = isVNet ? "insights-logs-flowlogflowevent" : "insights-logs-networksecuritygroupflowevent";
        pattern += "/y=(2026/m=12/d=31/h=23|2027/m=01/d=01/h=00)/m=00/macAddress=[0-9A-F]{12}/PT1H\\.json$";
        Assert.Equal(8, sample.Blobs.Count);
        Assert.All(sample.Blobs, b => Assert.Matches(new Regex(pattern, RegexOptions.CultureInvariant), b.Name));
        Assert.All(sample.Blobs, b => Assert.Equal(container, b.Container));
        Assert.Equal(8, sample.Blobs.Select(b => b.Name).Distinct().Count());
        Assert.All(sample.Tuples, t => Assert.Contains("macAddress=" + t.Mac + "/", t.Blob, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FlowSampleFormat.Nsg1)]
    [InlineData(FlowSampleFormat.Nsg2)]
    [InlineData(FlowSampleFormat.VNet4)]
    public void Blocks_are_those_of_Azure(FlowSampleFormat format)
    {
        var sample = new SampleData(new FlowSampleOptions { Format = format });
        foreach (var blob in sample.Blobs)
        {
            var texts = blob.Blocks.Select(b => Encoding.UTF8.GetString(b.Content)).ToList();
            Assert.Equal("{\"records\":[", texts[0]);
            Assert.Equal("]}", texts[^1]);
            Assert.StartsWith("{", texts[1], StringComparison.Ordinal);
            Assert.InRange(blob.Blocks.Count, 3, 62);
            foreach (var text in texts.Skip(2).SkipLast(1))
            {
                Assert.StartsWith(",{", text, StringComparison.Ordinal);
            }

            // Each data block is one whole entry.
            foreach (var text in texts.Skip(1).SkipLast(1))
            {
                using var entry = JsonDocument.Parse(text.TrimStart(','));
                Assert.Equal(JsonValueKind.Object, entry.RootElement.ValueKind);
            }

            var ids = blob.Blocks.Select(b => Encoding.ASCII.GetString(Convert.FromBase64String(b.Id))).ToList();
            Assert.Equal("A" + new string('0', 32), ids[0]);
            Assert.Equal("Z" + new string('0', 32), ids[^1]);
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.All(ids, id => Assert.Equal(33, id.Length));
            Assert.DoesNotContain(' ', string.Concat(texts));
        }
    }

    [Fact]
    public void Nsg_keys_are_in_the_order_of_real_blobs()
    {
        var entry = FirstEntries(FlowSampleFormat.Nsg2)[0];
        Assert.Equal(["time", "systemId", "macAddress", "category", "resourceId", "operationName", "properties"], Keys(entry));
        Assert.Equal(["Version", "flows"], Keys(entry.GetProperty("properties")));
        var id = entry.GetProperty("resourceId").GetString()!;
        Assert.Equal(id.ToUpperInvariant(), id);
        Assert.Matches("^2026-11-01T00:00:[0-9]{2}\\.[0-9]{7}Z$", entry.GetProperty("time").GetString()!);
    }

    [Fact]
    public void Vnet_keys_are_documented_in_one_blob_and_sorted_in_the_next()
    {
        var entries = FirstEntries(FlowSampleFormat.VNet4);
        Assert.Equal(
            ["time", "flowLogVersion", "flowLogGUID", "macAddress", "category", "flowLogResourceID",
                "targetResourceID", "operationName", "flowRecords"],
            Keys(entries[0]));
        Assert.Equal(Keys(entries[0]).Order(StringComparer.Ordinal), Keys(entries[1]));
        var target = entries[0].GetProperty("targetResourceID").GetString();
        Assert.EndsWith("/virtualNetworks/aks-vnet-12345678", target, StringComparison.Ordinal);
        var groups = entries[1].GetProperty("flowRecords").GetProperty("flows")[0].GetProperty("flowGroups")[0];
        Assert.Equal(["flowTuples", "rule"], Keys(groups));
    }

    [Fact]
    public void Files_are_the_blobs_and_nothing_else_is_touched()
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-sample");
        try
        {
            var options = new FlowSampleOptions { Nic = 3, TuplesPerMinute = 20 };
            var other = Path.Combine(folder.FullName, "keep.txt");
            File.WriteAllText(other, "mine");
            var seen = new List<FlowSampleProgress>();
            var truth = FlowSampleWriter.Write(options, folder.FullName, seen.Add);
            var again = FlowSampleWriter.Write(options, folder.FullName);

            var blobs = new FlowSampleGenerator(options).Generate().ToList();
            var files = folder.GetFiles("*", SearchOption.AllDirectories).Select(f => f.FullName).Where(f => f != other).Order().ToList();
            Assert.Equal(blobs.Select(b => Path.Combine(folder.FullName, b.Container, b.Name)).Order(), files);
            Assert.All(blobs, b => Assert.Equal(b.ToArray(), File.ReadAllBytes(Path.Combine(folder.FullName, b.Container, b.Name))));
            Assert.Equal(files.Sum(f => new FileInfo(f).Length), truth.BytesWritten);
            Assert.Equal(truth.BytesWritten, again.BytesWritten);
            Assert.Equal(folder.FullName, truth.Path);
            Assert.Equal("mine", File.ReadAllText(other));
            Assert.Equal(6, seen.Count);
            Assert.Equal((6, 6, truth.BytesWritten), (seen[^1].Done, seen[^1].Total, seen[^1].BytesWritten));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Stopping_leaves_whole_files_only()
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-sample");
        try
        {
            using var stop = new System.Threading.CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(
                () => FlowSampleWriter.Write(new FlowSampleOptions(), folder.FullName, _ => stop.Cancel(), stop.Token));
            var files = folder.GetFiles("*", SearchOption.AllDirectories);
            Assert.Equal("PT1H.json", Assert.Single(files).Name);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static List<JsonElement> FirstEntries(FlowSampleFormat format) =>
        [.. new FlowSampleGenerator(new FlowSampleOptions { Format = format, Hours = 1 }).Generate()
            .Select(b => JsonDocument.Parse(b.ToArray()).RootElement.GetProperty("records")[0])];

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(p => p.Name);
}
