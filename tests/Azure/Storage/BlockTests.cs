using System;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>Block lists and conditional ranges against Azurite.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class BlockTests(Azurite azurite)
{
    private static readonly string s_name = FlowBlobs.Name(FlowBlobs.NsgTarget("N"), FlowBlobs.Now.Date.AddHours(9));

    [AzuriteFact]
    public async Task Blocks_are_those_that_were_committed_and_each_append_continues_them()
    {
        var (account, writer) = await PrepareAsync();
        var store = FlowBlobs.Open(account);
        var blob = Assert.Single(store.All());

        var first = store.Blocks(blob, CancellationToken.None);
        writer.Append("two");
        var second = store.Blocks(blob, CancellationToken.None);

        Assert.Equal([AzureLikeWriter.FirstId, AzureLikeWriter.LastId], [first.Blocks[0].Id, first.Blocks[^1].Id]);
        Assert.Equal([12L, 5L, 2L], first.Blocks.Select(static b => b.Size));
        Assert.Equal((4, 2), (second.Blocks.Count, second.CommonWith(first.Blocks)));
        Assert.True(second.Continues(first.Blocks));
        Assert.False(first.Continues(second.Blocks));
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal(blob.ETag!.Trim('"'), first.ETag);
        Assert.Equal(writer.Content.Length, second.Length);
    }

    [AzuriteFact]
    public async Task A_range_of_a_state_comes_and_of_a_state_that_has_gone_does_not()
    {
        var (account, writer) = await PrepareAsync();
        var store = FlowBlobs.Open(account);
        var blob = Assert.Single(store.All());
        var list = store.Blocks(blob, CancellationToken.None);
        var buffer = new byte[5];

        var range = store.Read(blob, 12, new ArraySegment<byte>(buffer), list.ETag, CancellationToken.None)!;
        Assert.Equal("\"one\"", Encoding.UTF8.GetString(buffer));
        Assert.Equal((5, list.Length, list.ETag), (range.Count, range.Length, range.ETag));
        Assert.Null(range.ContentMd5);
        Assert.InRange(DateTime.UtcNow - range.LastModified!.Value, TimeSpan.FromSeconds(-2), TimeSpan.FromMinutes(5));

        writer.Append("two");
        Assert.Null(store.Read(blob, 12, new ArraySegment<byte>(buffer), list.ETag, CancellationToken.None));
        Assert.NotNull(store.Read(blob, 12, new ArraySegment<byte>(buffer), null, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task A_blob_of_one_piece_has_no_blocks_and_the_MD5_of_its_writer()
    {
        var account = azurite.NewAccount();
        await FlowBlobs.UploadAsync(account.Client.GetBlobContainerClient(FlowContainers.Nsg), [s_name]);
        var store = FlowBlobs.Open(account);
        var blob = Assert.Single(store.All());

        Assert.Empty(store.Blocks(blob, CancellationToken.None).Blocks);
        var range = store.Read(blob, 0, new ArraySegment<byte>(new byte[100]), null, CancellationToken.None)!;
        Assert.Equal((14, 14L), (range.Count, range.Length));
        Assert.Equal(16, range.ContentMd5!.Count);
    }

    [AzuriteFact]
    public async Task Bytes_that_change_on_the_way_are_asked_for_again_and_then_an_error()
    {
        var (account, writer) = await PrepareAsync();
        using var proxy = new FaultProxy(azurite.Port);
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), StorageCredential.FromKey(TestAccount.Key));
        var blob = Assert.Single(store.All());
        var buffer = new byte[writer.Content.Length];

        proxy.OnDownloads(new Fault(FlipAt: 14), new Fault(FlipAt: 3));
        Assert.NotNull(store.Read(blob, 0, new ArraySegment<byte>(buffer), null, CancellationToken.None));
        Assert.Equal(writer.Content, Encoding.UTF8.GetString(buffer));

        proxy.OnDownloads(new Fault(FlipAt: 14), new Fault(FlipAt: 14), new Fault(FlipAt: 14));
        var failure = Assert.Throws<NsgFlowException>(() => store.Read(blob, 0, new ArraySegment<byte>(buffer), null, CancellationToken.None));
        Assert.Equal("BlobHashMismatch", failure.ErrorId);
        Assert.Contains(s_name, failure.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_blob_that_is_gone_is_an_error_with_its_name()
    {
        var (account, _) = await PrepareAsync();
        var store = FlowBlobs.Open(account);
        var blob = Assert.Single(store.All());
        await account.Client.GetBlobContainerClient(FlowContainers.Nsg).GetBlobClient(s_name).DeleteAsync();

        Assert.Equal("BlobNotFound", Assert.Throws<NsgFlowException>(() => store.Blocks(blob, CancellationToken.None)).ErrorId);
        Assert.Equal("BlobNotFound", Assert.Throws<NsgFlowException>(() => store.Read(blob, 0, new ArraySegment<byte>(new byte[9]), null, CancellationToken.None)).ErrorId);
        await account.Client.GetBlobContainerClient(FlowContainers.Nsg).DeleteAsync();
        Assert.Equal("ContainerNotFound", Assert.Throws<NsgFlowException>(() => store.Blocks(blob, CancellationToken.None)).ErrorId);
    }

    private async Task<(TestAccount Account, AzureLikeWriter Writer)> PrepareAsync()
    {
        var account = azurite.NewAccount();
        var container = account.Client.GetBlobContainerClient(FlowContainers.Nsg);
        await container.CreateAsync();
        return (account, new AzureLikeWriter(container.GetBlockBlobClient(s_name)).Append("one"));
    }
}
