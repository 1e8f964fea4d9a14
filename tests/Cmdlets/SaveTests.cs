using System;
using System.IO;
using System.Linq;
using System.Threading;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;
using Xunit.Abstractions;

namespace NsgFlow.CmdletTests;

/// <summary>Save-NsgFlowBlob against Azurite: what the mirror holds, what it costs, and what faults leave.</summary>
[Collection(CmdletGroup.Name)]
public sealed class SaveTests(Azurite azurite, SharedAccount shared, ITestOutputHelper output) : IDisposable
{
    private const string Save = "Save-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2026-11-01 -Destination $to";

    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-save-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [AzuriteTheory]
    [InlineData("")]
    [InlineData(" -Gzip")]
    public void A_mirror_of_growing_blobs_answers_as_the_account_does_and_only_what_is_new_travels(string how)
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 2, Nic = 3, TuplesPerMinute = 40 });
        using var proxy = new FaultProxy(azurite.Port);
        using var session = Session(account.EndpointAt(proxy.Port).AbsoluteUri);
        var random = new Random(7);
        var minutes = sample.Blobs.ToDictionary(static blob => blob.Name, static _ => 0);
        foreach (var blob in sample.Blobs)
        {
            Grow(blob, 10);
        }

        var length = 0L;
        for (var run = 0; run < 4; run++)
        {
            var before = proxy.BodyBytes;
            var listing = proxy.Requests.Count(static line => line.Contains("comp=list", StringComparison.Ordinal));
            var saved = session.Run(Save + how).Clean().Output.Cast<SavedFlowBlob>().ToList();

            var news = saved.Sum(static blob => blob.Length) - length;
            var read = saved.Sum(static blob => blob.BytesDownloaded);
            length += news;
            output.WriteLine($"run {run}: {news} new bytes, {read} read, {proxy.BodyBytes - before} in all answers, listings and block lists included");
            Assert.InRange(read, news, news * 1.05);
            Assert.Equal(run == 0 ? 6 : 3, saved.Count(static blob => blob.Status != SavedFlowBlobStatus.Unchanged));
            Assert.All(saved, blob => Assert.Equal(sample.Blobs.Single(b => b.Name == blob.Blob).ToArray()[..^2].Take((int)blob.Length - 2), Content(blob.Path)[..^2]));
            Same(session);

            // An hour later for some, none for the others.
            foreach (var blob in sample.Blobs.Where((_, i) => i % 2 == run % 2))
            {
                Grow(blob, 3 + random.Next(10));
            }
        }

        void Grow(FlowSampleBlob blob, int more)
        {
            minutes[blob.Name] += more;
            sample.Writer(blob.Name).Write(blob.Blocks, minutes[blob.Name]);
        }
    }

    [AzuriteTheory]
    [InlineData("")]
    [InlineData("-Nsg web*")]
    [InlineData("-Nsg subnet-nsg -Decision Deny")]
    [InlineData("-Address 10.0.0.0/8 -DestinationPort 443")]
    [InlineData("-Tail 20")]
    public void A_mirror_of_both_containers_answers_any_question_as_the_account_does(string question)
    {
        using var session = Session(shared.On(azurite).Pool.Account);
        var saved = session.Run($"Save-NsgFlowBlob -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -Destination $to").Clean().Output.Cast<SavedFlowBlob>();
        Assert.Equal(shared.All.Sum(static sample => sample.Blobs.Count), saved.Count());

        var there = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} {question}").Clean().Records;
        var here = session.Run($"Get-NsgFlowRecord -Path $to {SharedAccount.Hours} {question}").Clean().Records;

        Assert.NotEmpty(there);
        Assert.Equal(there.Select(static record => SampleRow.From(record, string.Empty)), here.Select(static record => SampleRow.From(record, string.Empty)));
    }

    [AzuriteFact]
    public void What_has_not_changed_costs_the_listing_and_nothing_else()
    {
        var (_, url) = Prepare(out var proxy);
        using var session = Session(url);
        using (proxy)
        {
            var first = session.Run(Save).Clean().Output.Cast<SavedFlowBlob>().ToList();
            Assert.All(first, static blob => Assert.Equal((SavedFlowBlobStatus.New, blob.Length), (blob.Status, blob.BytesDownloaded)));
            Assert.Equal((3, 3), (proxy.Requests.Count(IsBlockList), proxy.Requests.Count(IsDownload)));

            var again = session.Run(Save).Clean().Output.Cast<SavedFlowBlob>().ToList();
            Assert.All(again, static blob => Assert.Equal((SavedFlowBlobStatus.Unchanged, 0L), (blob.Status, blob.BytesDownloaded)));
            Assert.Equal((3, 3), (proxy.Requests.Count(IsBlockList), proxy.Requests.Count(IsDownload)));
            Assert.Equal(first.Select(static blob => blob.Path), again.Select(static blob => blob.Path));
        }
    }

    [AzuriteFact]
    public void Busy_answers_broken_connections_and_changed_bytes_lose_nothing()
    {
        var (_, url) = Prepare(out var proxy);
        using (proxy)
        {
            proxy.OnDownloads(
                new Fault(503), new Fault(429, "TooManyRequests"), new Fault(DropAfter: 5_000), new Fault(FlipAt: 700), new Fault(500, "InternalError"), new Fault(DropAfter: 0));
            using var session = Session(url);
            Assert.Equal(3, session.Run(Save).Clean().Output.Count);
            Same(session);
        }
    }

    [AzuriteFact]
    public void A_blob_that_grows_while_it_is_read_is_saved_as_it_was_at_one_moment()
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 20 });
        var blob = sample.Blobs[0];
        sample.Writer(blob.Name).Write(blob.Blocks, 10);
        using var proxy = new FaultProxy(azurite.Port);
        var minutes = 10;
        proxy.Decide = line => IsDownload(line) && minutes < 14 ? new Fault(Before: () => sample.Writer(blob.Name).Write(blob.Blocks, ++minutes)) : null;
        using var session = Session(account.EndpointAt(proxy.Port).AbsoluteUri);

        var saved = Assert.IsType<SavedFlowBlob>(Assert.Single(session.Run(Save).Clean().Output));

        Assert.Equal(SavedFlowBlobStatus.New, saved.Status);
        Assert.Equal(14, minutes);
        Same(session);
    }

    [AzuriteFact]
    public void Blobs_deleted_meanwhile_are_errors_and_the_others_are_saved()
    {
        var (sample, url) = Prepare(out var proxy);
        using (proxy)
        {
            var gone = sample.Blobs[1].Name;
            proxy.Decide = line => line.Contains("h%3D01", StringComparison.Ordinal) && IsBlockList(line) ? new Fault(Before: () => sample.Container.GetBlobClient(gone).DeleteIfExists()) : null;
            using var session = Session(url);

            var outcome = session.Run(Save);

            Assert.Equal("BlobNotFound", Outcome.Id(Assert.Single(outcome.Errors)));
            Assert.Equal(gone, outcome.Errors[0].TargetObject);
            Assert.Equal(2, outcome.Output.Count);

            // Those that went later stay.
            sample.Container.GetBlobClient(sample.Blobs[0].Name).Delete();
            Assert.Single(session.Run(Save).Clean().Output);
            Assert.Equal(2, Directory.GetFiles(_folder, "PT1H.json", SearchOption.AllDirectories).Length);
        }
    }

    [AzuriteTheory]
    [InlineData(403, "AuthenticationFailed", "StorageAccessDenied")]
    [InlineData(404, "ContainerNotFound", "ContainerNotFound")]
    public void A_container_that_refuses_in_the_middle_stops_it_and_what_was_saved_is_whole(int status, string code, string id)
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 40, Nic = 1, TuplesPerMinute = 1 });
        using var proxy = new FaultProxy(azurite.Port);
        var asked = 0;
        proxy.Decide = line => (IsBlockList(line) || IsDownload(line)) && Interlocked.Increment(ref asked) > 20 ? new Fault(status, code) : null;
        using var session = Session(account.EndpointAt(proxy.Port).AbsoluteUri);

        var outcome = session.Run(Save + " -ThrottleLimit 2");

        Assert.All(outcome.Errors, error => Assert.Equal(id, Outcome.Id(error)));

        // Five in a row end it, with the one that the other thread has under way; and a blob that was read before the first of them may end
        // only after the fourth, and lets them be counted anew.
        Assert.InRange(outcome.Errors.Count, 1, 4 + 5 + 1);
        Assert.Contains("were not tried", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.InRange(asked, 21, 20 + 4 + 5 + 1);
        foreach (var saved in outcome.Output.Cast<SavedFlowBlob>())
        {
            Assert.Equal(sample.Blobs.Single(blob => blob.Name == saved.Blob).ToArray(), File.ReadAllBytes(saved.Path));
        }

        // And the next run goes on.
        proxy.Decide = static _ => null;
        var rest = session.Run(Save).Clean().Output.Cast<SavedFlowBlob>().ToList();
        Assert.Equal((40, outcome.Output.Count), (rest.Count, rest.Count(static blob => blob.Status == SavedFlowBlobStatus.Unchanged)));
        Same(session);
    }

    [AzuriteTheory]
    [InlineData("")]
    [InlineData(" -Gzip -ThrottleLimit 1")]
    public void Stop_ends_downloads_that_hang_and_lets_the_next_run_in(string how)
    {
        var (_, url) = Prepare(out var proxy);
        using (proxy)
        {
            proxy.Decide = static line => IsDownload(line) ? new Fault(HangAfter: 2_000) : null;
            using var session = Session(url);

            var outcome = session.Stop(Save + how, () => proxy.Requests.Any(IsDownload), out var took);

            output.WriteLine($"Stop took {took.TotalMilliseconds:0} ms");
            Assert.True(took < CmdletSession.AtOnce, $"Stop took {took}");
            Assert.True(outcome.Errors.Count == 0 && outcome.Warnings.Count == 0, outcome.AllText);
            Assert.Empty(Directory.GetFiles(_folder, "*.partial", SearchOption.AllDirectories));
            Assert.Empty(Directory.GetFiles(_folder, "PT1H.json*", SearchOption.AllDirectories));
            proxy.Decide = static _ => null;
            Assert.Equal(3, session.Run(Save).Clean().Output.Count);
        }
    }

    [AzuriteFact]
    public void Blobs_from_the_pipeline_are_saved_side_by_side_in_order()
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 30, Nic = 3, TuplesPerMinute = 1 });
        using var session = Session(sample.Account);

        var saved = session.Run("Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2026-11-01 | Save-NsgFlowBlob -Destination $to").Clean().Output.Cast<SavedFlowBlob>().ToList();

        var listed = session.Run("Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2026-11-01").Clean().Blobs;
        Assert.Equal(90, saved.Count);
        Assert.Equal(listed.Select(static blob => blob.Name), saved.Select(static blob => blob.Blob));
    }

    [AzuriteFact]
    public void Names_that_lead_out_of_the_folder_are_errors()
    {
        var (sample, url) = Prepare(out var proxy);
        using (proxy)
        {
            sample.Replace("a/CON/x.json", "{\"records\":[]}");
            sample.Replace("a\\..\\..\\x.json", "{\"records\":[]}");
            using var session = Session(url);

            var outcome = session.Run("Save-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2020-01-01 -Destination $to");

            Assert.NotEmpty(outcome.Errors);
            Assert.All(outcome.Errors, static error => Assert.Equal("BlobNameUnsafe", Outcome.Id(error)));
            Assert.Equal(3, outcome.Output.Count);
            Assert.Equal(["insights-logs-networksecuritygroupflowevent"], Directory.GetDirectories(_folder).Select(Path.GetFileName));
        }
    }

    private static bool IsDownload(string line) => line.Contains(".json ", StringComparison.Ordinal);

    private static bool IsBlockList(string line) => line.Contains("comp=blocklist", StringComparison.Ordinal);

    private static byte[] Content(string path)
    {
        using Stream file = File.OpenRead(path);
        using var content = path.EndsWith(".gz", StringComparison.Ordinal) ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress) : file;
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The account and the mirror give the same records.</summary>
    private static void Same(CmdletSession session)
    {
        var there = session.Run("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01").Clean().Records;
        var here = session.Run("Get-NsgFlowRecord -Path $to -StartTime 2026-11-01").Clean().Records;
        Assert.NotEmpty(there);
        Assert.Equal(there.Select(static record => SampleRow.From(record, string.Empty)), here.Select(static record => SampleRow.From(record, string.Empty)));
    }

    private CmdletSession Session(string url) => SharedAccount.Session(url, ("to", _folder));

    private (StoredSample Sample, string Url) Prepare(out FaultProxy proxy)
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 3, Nic = 1, TuplesPerMinute = 10 });
        proxy = new FaultProxy(azurite.Port);
        return (sample, account.EndpointAt(proxy.Port).AbsoluteUri);
    }
}
