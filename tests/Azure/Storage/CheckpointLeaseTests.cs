using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.AzureTests.Infrastructure;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>A checkpoint's lease: kept, given back, taken away, and what the network does to it.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class CheckpointLeaseTests(Azurite azurite)
{
    [AzuriteFact]
    public async Task What_becomes_of_it_when_the_time_of_a_lease_has_passed()
    {
        // 15 s is the shortest lease there is, so all that needs one to end is tried at once.
        using var proxy = new FaultProxy(azurite.Port);
        var (kept, killed, cut, taken, overwritten) = (Place(), Place(), Place(), Place(), Place());
        killed.Write(string.Empty);
        await killed.Blob.GetBlobLeaseClient().AcquireAsync(TimeSpan.FromSeconds(15));
        var tuning = CheckpointPlace.Tuning(lease: 15, renewal: 1, retries: 0);
        using var keeps = kept.Open(tuning);
        using var wasCut = cut.Open(tuning, proxy.Port);
        using var wasTaken = taken.Open(tuning, proxy.Port);
        using var wasOverwritten = overwritten.Open(tuning, proxy.Port);
        foreach (var store in new[] { keeps, wasCut, wasTaken, wasOverwritten })
            store.Write("first"u8.ToArray());
        proxy.Decide = static line => line.Contains("comp=lease", StringComparison.Ordinal) ? new Fault(503) : null;
        Assert.Equal("CheckpointBusy", Assert.Throws<NsgFlowException>(() => killed.Open()).ErrorId);

        await Task.Delay(TimeSpan.FromSeconds(16));
        killed.Open().Dispose();
        using var other = taken.Open();
        using (var gone = overwritten.Open())
            gone.Write("other"u8.ToArray());
        proxy.Decide = static _ => null;

        // Renewed all the time.
        Assert.Equal("CheckpointBusy", Assert.Throws<NsgFlowException>(() => kept.Open()).ErrorId);
        keeps.Write("second"u8.ToArray());
        Assert.Equal("second", kept.Text());

        // Not renewed, but nobody else was there.
        wasCut.Write("second"u8.ToArray());
        Assert.Equal("second", cut.Text());
        Assert.Equal("CheckpointBusy", Assert.Throws<NsgFlowException>(() => cut.Open()).ErrorId);

        // Another run has it now, or had it meanwhile.
        Assert.Equal("CheckpointLost", Assert.Throws<NsgFlowException>(() => wasTaken.Write("second"u8.ToArray())).ErrorId);
        Assert.Equal("first", taken.Text());
        other.Write("its own"u8.ToArray());
        var lost = Assert.Throws<NsgFlowException>(() => wasOverwritten.Write("second"u8.ToArray()));
        Assert.Equal("CheckpointLost", lost.ErrorId);
        Assert.Contains("another run", lost.Message, StringComparison.Ordinal);
        Assert.Equal("other", overwritten.Text());
    }

    [AzuriteFact]
    public void A_broken_lease_is_lost_and_nothing_is_written_any_more()
    {
        var place = Place();
        using var store = place.Open();
        store.Write("first"u8.ToArray());
        place.Blob.GetBlobLeaseClient().Break(TimeSpan.Zero);
        var lost = Assert.Throws<NsgFlowException>(() => store.Write("second"u8.ToArray()));
        Assert.Equal("CheckpointLost", lost.ErrorId);
        Assert.Contains("broken", lost.Message, StringComparison.Ordinal);
        Assert.Same(lost, Assert.Throws<NsgFlowException>(() => store.Write("third"u8.ToArray())));
        Assert.Equal("first", place.Text());
    }

    [AzuriteFact]
    public void A_deleted_blob_or_container_is_lost_and_not_made_again()
    {
        var place = Place();
        using (var store = place.Open())
        {
            store.Write("first"u8.ToArray());
            place.Blob.GetBlobLeaseClient().Break(TimeSpan.Zero);
            place.Blob.Delete();
            Assert.Equal("CheckpointLost", Assert.Throws<NsgFlowException>(() => store.Write("second"u8.ToArray())).ErrorId);
            Assert.False(place.Blob.Exists());
        }

        var container = place.Account.Client.GetBlobContainerClient("state");
        using (var store = place.Open())
        {
            container.Delete();
            var lost = Assert.Throws<NsgFlowException>(() => store.Write("first"u8.ToArray()));
            Assert.Equal("CheckpointLost", lost.ErrorId);
            Assert.Contains("deleted", lost.Message, StringComparison.Ordinal);
            Assert.False(container.Exists());
        }
    }

    [AzuriteFact]
    public void One_that_was_made_anew_by_another_run_is_lost()
    {
        var place = Place();
        using var store = place.Open();
        store.Write("first"u8.ToArray());
        place.Blob.GetBlobLeaseClient().Break(TimeSpan.Zero);
        place.Blob.Delete();
        using var other = place.Open();
        other.Write("other"u8.ToArray());
        Assert.Equal("CheckpointLost", Assert.Throws<NsgFlowException>(() => store.Write("second"u8.ToArray())).ErrorId);
        Assert.Equal("other", place.Text());
    }

    [AzuriteFact]
    public void Answers_that_are_lost_harm_nothing()
    {
        var place = Place();
        using var proxy = new FaultProxy(azurite.Port);

        // The first of each kind: not found, made, acquired, and so on.
        var seen = new ConcurrentDictionary<string, int>();
        proxy.Lose = line => seen.AddOrUpdate(line, 1, static (_, count) => count + 1) % 2 == 1;
        using (var store = place.Open(port: proxy.Port))
        {
            Assert.Null(store.Read());
            foreach (var text in new[] { "first", "second", "third" })
            {
                store.Write(System.Text.Encoding.UTF8.GetBytes(text));
                Assert.Equal(text, place.Text());
            }
        }

        place.Open().Dispose();
        Assert.True(proxy.Requests.Count > 10, string.Join('\n', proxy.Requests));
    }

    [AzuriteFact]
    public void What_passes_is_asked_again_and_what_does_not_is_an_error_that_can_be_got_over()
    {
        var place = Place();
        using var proxy = new FaultProxy(azurite.Port);
        var faults = new ConcurrentQueue<Fault>([new Fault(503), new Fault(500, "InternalError"), new Fault(429, "TooManyRequests")]);
        proxy.Decide = _ => faults.TryDequeue(out var fault) ? fault : null;
        using var store = place.Open(port: proxy.Port);
        Assert.Null(store.Read());
        store.Write("first"u8.ToArray());

        foreach (var (status, code, id) in new[] { (503, "ServerBusy", "StorageThrottled"), (500, "InternalError", "StorageUnavailable"), (403, "AuthenticationFailed", "StorageAccessDenied") })
        {
            proxy.Decide = _ => new Fault(status, code);
            var failure = Assert.Throws<NsgFlowException>(() => store.Write("second"u8.ToArray()));
            Assert.Equal(id, failure.ErrorId);
            Assert.Contains("state/flows.json", failure.Message, StringComparison.Ordinal);
            Assert.Equal("first", place.Text());
        }

        proxy.Decide = static _ => null;
        store.Write("second"u8.ToArray());
        Assert.Equal("second", place.Text());
    }

    [AzuriteFact]
    public async Task A_renewal_that_fails_is_told_and_one_that_works_again_keeps_it()
    {
        var place = Place();
        using var proxy = new FaultProxy(azurite.Port);
        var said = new ConcurrentQueue<string>();
        using var store = place.Open(CheckpointPlace.Tuning(renewal: 0.05, retries: 0), proxy.Port, said.Enqueue);
        proxy.Decide = static line => line.Contains("comp=lease", StringComparison.Ordinal) ? new Fault(503) : null;
        await UntilAsync(() => said.Any(static line => line.Contains("could not be renewed: HTTP 503 ServerBusy", StringComparison.Ordinal)));
        proxy.Decide = static _ => null;
        var before = proxy.Requests.Count;
        await UntilAsync(() => proxy.Requests.Count > before + 2);
        store.Write("x"u8.ToArray());
        Assert.Equal("x", place.Text());
    }

    [AzuriteFact]
    public async Task Stopping_ends_a_write_that_hangs_and_does_not_wait_for_giving_back()
    {
        var place = Place();
        using var proxy = new FaultProxy(azurite.Port);
        using var stop = new CancellationTokenSource();
        var tuning = CheckpointPlace.Tuning(farewell: 0.2, timeout: 3600);
        var store = place.Open(tuning, proxy.Port, cancellation: stop.Token);
        store.Write("first"u8.ToArray());
        await stop.CancelAsync();

        // It still says how far it came.
        store.Write("second"u8.ToArray());
        Assert.Equal("second", place.Text());

        using var never = new ManualResetEventSlim();
        proxy.Decide = _ => new Fault(Before: never.Wait);
        var ending = Task.Run(() =>
        {
            Assert.Equal("StorageUnavailable", Assert.Throws<NsgFlowException>(() => store.Write("third"u8.ToArray())).ErrorId);
            store.Dispose();
        });
        try
        {
            await ending.WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            never.Set();
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(20, limit.Token);
    }

    private CheckpointPlace Place() => new(azurite);
}
