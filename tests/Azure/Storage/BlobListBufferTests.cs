using System;
using System.Linq;
using Azure;
using Azure.Storage.Blobs.Models;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using NsgFlow.Unit;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

[Collection(AloneCollection.Name)]
public sealed class BlobListBufferTests
{
    private static readonly IFlowBlobStore s_store = new StorageConnection { Account = "emulator" }.Open();

    [Fact]
    public void A_million_blobs_would_take_some_hundred_megabytes_at_most()
    {
        const int Count = 200_000;
        var target = FlowBlobs.NsgTarget("AKS-AGENTPOOL-12345678-NSG", "MC_MY-RESOURCE-GROUP_MY-CLUSTER_WESTEUROPE");
        var buffer = new BlobListBuffer(s_store, "acc", FlowBlobQuery.Everything, FlowBlobs.Now);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++)
        {
            buffer.Add("box", Item(FlowBlobs.Name(target, FlowBlobs.Now.AddHours(-(i / 10)), i % 10), $"0x8DE2A3B{i:X8}"));
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        Assert.InRange(each, 1, 150);
        Assert.Equal(Count, buffer.Count);
    }

    [Fact]
    public void What_comes_out_is_what_went_in()
    {
        var hour = FlowBlobs.Now.Date.AddHours(9);
        string[] names =
        [
            "loose.json",
            FlowBlobs.Name(FlowBlobs.NsgTarget("B"), hour, 0xABCDEF),
            FlowBlobs.Name(FlowBlobs.NsgTarget("b2"), hour).Replace("macAddress=000000000001", "macAddress=0000000000ab", StringComparison.Ordinal),
            FlowBlobs.Name(FlowBlobs.VNetTarget("C"), hour).Replace("PT1H.json", "PT1H.json.gz", StringComparison.Ordinal),
        ];
        var buffer = new BlobListBuffer(s_store, "acc", FlowBlobQuery.Everything, FlowBlobs.Now);
        foreach (var name in names.Reverse())
        {
            buffer.Add("box", Item(name, name[0] == 'l' ? "\"odd-etag\"" : "0x8DE2A3B4C5D6E7F"));
        }

        var blobs = buffer.Sorted().ToArray();

        Assert.Equal(names, blobs.Select(static b => b.Name));
        Assert.Equal(["\"odd-etag\"", "0x8DE2A3B4C5D6E7F"], blobs.Select(static b => b.ETag).Distinct());
        Assert.Equal([null, "000000ABCDEF", "0000000000AB", "000000000001"], blobs.Select(static b => b.MacAddress));
        Assert.All(blobs.Skip(1), b => Assert.Equal((hour, true, 5L), (b.Hour!.Value, b.IsOpen, b.Length)));
        Assert.Null(blobs[0].Hour);
    }

    private static BlobItem Item(string name, string etag) => BlobsModelFactory.BlobItem(
        name, false, BlobsModelFactory.BlobItemProperties(accessTierInferred: false, contentLength: 5, lastModified: FlowBlobs.Now, eTag: new ETag(etag)), null, null);
}
