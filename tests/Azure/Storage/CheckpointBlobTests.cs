using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Following;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>A checkpoint in a blob: what is kept, and who has it.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class CheckpointBlobTests(Azurite azurite)
{
    [AzuriteFact]
    public void What_is_saved_is_what_the_next_run_goes_on_from()
    {
        var place = new CheckpointPlace(azurite);
        using (var first = Checkpoint.Open(place.Open(), "flows of web-nsg"))
        {
            Assert.True(first.IsNew);
            first.State.From = FlowBlobs.Now;
            first.State.Set("a", FlowBlobPosition.Start with { Offset = 12 });
            first.Save();
            first.State.Set("b", FlowBlobPosition.Start);
            first.Save();
        }

        using (var second = Checkpoint.Open(place.Open(), "flows of web-nsg"))
        {
            Assert.False(second.IsNew);
            Assert.Equal(FlowBlobs.Now, second.State.From);
            Assert.Equal(12, second.State.Positions["a"].Offset);
            Assert.Equal(2, second.State.Positions.Count);
        }

        Assert.Equal("CheckpointOfAnother", Assert.Throws<NsgFlowException>(() => Checkpoint.Open(place.Open(), "flows of db-nsg")).ErrorId);
    }

    [AzuriteFact]
    public void A_run_that_saved_nothing_leaves_none()
    {
        var place = new CheckpointPlace(azurite);
        using (var first = place.Open())
            Assert.Null(first.Read());
        using var second = place.Open();
        Assert.Null(second.Read());
    }

    [AzuriteFact]
    public void The_name_is_the_address_and_a_name_may_have_folders_and_spaces()
    {
        var place = new CheckpointPlace(azurite, "runs/my check.json");
        using var store = place.Open();
        store.Write("x"u8.ToArray());
        Assert.Equal(place.Account.Endpoint + "/state/runs/my%20check.json", store.Name);
        Assert.Equal("x", place.Text());
    }

    [AzuriteFact]
    public void A_second_run_is_kept_out_until_the_first_ends()
    {
        var place = new CheckpointPlace(azurite);
        using (var first = place.Open())
        {
            first.Write("{"u8.ToArray());
            var busy = Assert.Throws<NsgFlowException>(() => place.Open());
            Assert.Equal("CheckpointBusy", busy.ErrorId);
            Assert.Contains(first.Name, busy.Message, StringComparison.Ordinal);
            Assert.Contains("a minute", busy.RecommendedAction, StringComparison.Ordinal);
        }

        place.Open().Dispose();
    }

    [AzuriteFact]
    public void Of_many_that_begin_at_once_one_gets_it()
    {
        var place = new CheckpointPlace(azurite);
        var open = new ConcurrentBag<CheckpointBlob>();
        var refused = 0;
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ =>
        {
            try
            {
                open.Add(place.Open());
            }
            catch (NsgFlowException busy) when (busy.ErrorId == "CheckpointBusy")
            {
                Interlocked.Increment(ref refused);
            }
        });
        Assert.Equal((1, 5), (open.Count, refused));
        Assert.Single(open).Dispose();
    }

    [AzuriteFact]
    public void A_damaged_one_is_an_error_stays_as_it_is_and_is_let_go()
    {
        var place = new CheckpointPlace(azurite);
        place.Write("{\"version\":1,\"blobs\":{}");
        for (var i = 0; i < 2; i++)
        {
            var failure = Assert.Throws<NsgFlowException>(() => Checkpoint.Open(place.Open(), "q"));
            Assert.Equal("CheckpointDamaged", failure.ErrorId);
            Assert.Contains("/state/flows.json'", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal("{\"version\":1,\"blobs\":{}", place.Text());
    }

    [AzuriteFact]
    public void A_connection_that_breaks_while_it_is_read_makes_no_beginning_of_it()
    {
        var place = new CheckpointPlace(azurite);
        using (var first = Checkpoint.Open(place.Open(), "q"))
        {
            first.State.Set("a", FlowBlobPosition.Start with { Offset = 12 });
            first.Save();
        }

        using var proxy = new FaultProxy(azurite.Port);
        proxy.OnDownloads(new Fault(DropAfter: 0), new Fault(DropAfter: 20));
        using (var second = Checkpoint.Open(place.Open(port: proxy.Port), "q"))
            Assert.Equal(12, second.State.Positions["a"].Offset);

        proxy.Decide = static line => line.StartsWith("GET", StringComparison.Ordinal) ? new Fault(DropAfter: 0) : null;
        Assert.Equal("StorageUnavailable", Assert.Throws<NsgFlowException>(() => Checkpoint.Open(place.Open(port: proxy.Port), "q")).ErrorId);

        // And it was given back.
        place.Open().Dispose();
    }

    [AzuriteFact]
    public void What_cannot_be_a_checkpoint_is_an_error()
    {
        var place = new CheckpointPlace(azurite, container: "nowhere");
        var missing = Assert.Throws<NsgFlowException>(() => place.Open());
        Assert.Equal("CheckpointUnusable", missing.ErrorId);
        Assert.Contains("'nowhere'", missing.Message, StringComparison.Ordinal);
        Assert.False(place.Account.Client.GetBlobContainerClient("nowhere").Exists());

        foreach (var url in new[] { "https://acc.blob.core.windows.net/container", "https://acc.blob.core.windows.net/container/?sig=SECRET", "http://127.0.0.1:10000/devstoreaccount1/c" })
        {
            var failure = Assert.Throws<NsgFlowException>(() => new CheckpointConnection(url).Open(default));
            Assert.Equal("CheckpointUnusable", failure.ErrorId);
            Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
        }
    }
}
