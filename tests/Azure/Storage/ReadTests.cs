using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

[Collection(AzuriteGroup.Name)]
public sealed class ReadTests(Azurite azurite)
{
    private static readonly string s_name = FlowBlobs.Name(FlowBlobs.NsgTarget("N"), FlowBlobs.Now.Date.AddHours(9));

    [AzuriteFact]
    public async Task A_blob_that_grew_since_it_was_listed_is_read_whole()
    {
        var (account, writer) = await PrepareAsync();
        var store = FlowBlobs.Open(account);
        var listed = Assert.Single(store.All());
        writer.Append("two");

        Assert.Equal(writer.Content, FlowBlobs.Read(store.Open(listed, CancellationToken.None)));
        Assert.NotEqual(writer.Content.Length, listed.Length);
    }

    [AzuriteFact]
    public async Task A_blob_that_grows_between_two_ranges_gives_the_state_at_opening()
    {
        var (account, writer) = await PrepareAsync(size: 100_000);
        var store = FlowBlobs.Open(account.Endpoint, Key(), rangeSize: 10_000);
        var expected = writer.Content;
        using var stream = store.Open(Assert.Single(store.All()), CancellationToken.None);
        var text = new StringBuilder();
        var buffer = new byte[10_000];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            writer.Append("late");
        }

        Assert.Equal(expected, text.ToString());
        Assert.EndsWith("]}", expected, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_blob_replaced_while_it_is_read_is_an_error()
    {
        var (account, writer) = await PrepareAsync(size: 100_000);
        var store = FlowBlobs.Open(account.Endpoint, Key(), rangeSize: 10_000);
        using var stream = store.Open(Assert.Single(store.All()), CancellationToken.None);
        writer.Replace("{\"records\":[", new string(' ', 200_000), "]}");

        var failure = Assert.Throws<NsgFlowException>(() => FlowBlobs.Read(stream));
        Assert.Equal("BlobChanged", failure.ErrorId);
        Assert.Contains(s_name, failure.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_blob_deleted_since_it_was_listed_is_an_error()
    {
        var (account, _) = await PrepareAsync();
        var store = FlowBlobs.Open(account);
        var listed = Assert.Single(store.All());
        await Container(account).DeleteBlobAsync(s_name);

        var failure = Assert.Throws<NsgFlowException>(() => store.Open(listed, CancellationToken.None));
        Assert.Equal("BlobNotFound", failure.ErrorId);
        Assert.Contains("HTTP 404, request ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("BlobNotFound", failure.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_connection_that_breaks_half_way_is_taken_up_again()
    {
        var (account, writer) = await PrepareAsync(size: 300_000);
        using var proxy = new FaultProxy(azurite.Port);
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), Key());
        var listed = Assert.Single(store.All());
        proxy.OnDownloads(new Fault(DropAfter: 100_000), new Fault(DropAfter: 50_000));

        Assert.Equal(writer.Content, FlowBlobs.Read(store.Open(listed, CancellationToken.None)));
        Assert.Equal(3, proxy.Requests.Count(static line => line.Contains(".json ", StringComparison.Ordinal)));
    }

    [AzuriteFact]
    public async Task A_connection_that_breaks_while_the_blob_grows_gives_one_state()
    {
        var (account, writer) = await PrepareAsync(size: 300_000);
        using var proxy = new FaultProxy(azurite.Port);
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), Key());
        var listed = Assert.Single(store.All());
        proxy.OnDownloads(new Fault(DropAfter: 100_000), new Fault(Before: () => writer.Append("late")));

        var text = FlowBlobs.Read(store.Open(listed, CancellationToken.None));

        // Nothing had been handed out, so reading began again with the new state.
        Assert.Equal(writer.Content, text);
        Assert.Contains("late", writer.Content, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_busy_service_is_asked_again_and_told_of()
    {
        var (account, writer) = await PrepareAsync();
        using var proxy = new FaultProxy(azurite.Port);
        var said = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), Key(), verbose: said.Enqueue);
        var listed = Assert.Single(store.All());
        proxy.OnDownloads(new Fault(503), new Fault(429, "TooManyRequests"), new Fault(500, "InternalError"));

        Assert.Equal(writer.Content, FlowBlobs.Read(store.Open(listed, CancellationToken.None)));
        Assert.Equal(3, said.Count(static line => line.Contains("asking again", StringComparison.Ordinal)));

        proxy.Decide = static _ => new Fault(503);
        var busy = Assert.Throws<NsgFlowException>(() => store.All());
        Assert.Equal("StorageThrottled", busy.ErrorId);
        Assert.Contains("ServerBusy, HTTP 503, request fault-request-id", busy.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Stop_ends_a_download_that_hangs()
    {
        var (account, _) = await PrepareAsync(size: 300_000);
        using var proxy = new FaultProxy(azurite.Port);
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), Key());
        var listed = Assert.Single(store.All());
        proxy.OnDownloads(new Fault(HangAfter: 100_000));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => FlowBlobs.Read(store.Open(listed, stop.Token)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }

    [AzuriteFact]
    public async Task A_silent_server_is_an_error_in_the_end()
    {
        var (account, _) = await PrepareAsync();
        using var proxy = new FaultProxy(azurite.Port) { Decide = static _ => new Fault(HangAfter: 0) };
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), Key(), timeout: TimeSpan.FromMilliseconds(300), retries: 1);

        var failure = Assert.Throws<NsgFlowException>(() => store.All());
        Assert.Equal("StorageUnavailable", failure.ErrorId);
    }

    [AzuriteFact]
    public async Task Packed_and_empty_blobs_are_read()
    {
        var account = azurite.NewAccount();
        await Container(account).CreateAsync();
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write("{\"records\":[]}"u8);
        }

        await UploadAsync(account, "good.json.gz", packed.ToArray());
        await UploadAsync(account, "bad.json.gz", [.. packed.ToArray()[..12], 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        await UploadAsync(account, "empty.json", []);
        var store = FlowBlobs.Open(account);
        var blobs = store.All().ToDictionary(static b => b.Name);

        Assert.Equal("{\"records\":[]}", FlowBlobs.Read(store.Open(blobs["good.json.gz"], CancellationToken.None)));
        Assert.Equal(string.Empty, FlowBlobs.Read(store.Open(blobs["empty.json"], CancellationToken.None)));
        var failure = Assert.Throws<NsgFlowException>(() => FlowBlobs.Read(store.Open(blobs["bad.json.gz"], CancellationToken.None)));
        Assert.Equal("BlobDamaged", failure.ErrorId);
    }

    private static StorageCredential Key() => StorageCredential.FromKey(TestAccount.Key);

    private static BlobContainerClient Container(TestAccount account) => account.Client.GetBlobContainerClient(FlowContainers.Nsg);

    private static async Task UploadAsync(TestAccount account, string name, byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        await Container(account).UploadBlobAsync(name, content);
    }

    private async Task<(TestAccount Account, AzureLikeWriter Writer)> PrepareAsync(int size = 0)
    {
        var account = azurite.NewAccount();
        await Container(account).CreateAsync();
        return (account, new AzureLikeWriter(Container(account).GetBlockBlobClient(s_name)).Append("one", size));
    }
}
