using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class DamageTests(Azurite azurite)
{
    private const string Read = "Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01";

    [AzuriteFact]
    public void A_bad_tuple_is_an_error_with_its_place_and_the_rest_comes()
    {
        var sample = Three();
        var name = sample.Blobs[1].Name;
        var text = Encoding.UTF8.GetString(sample.Blobs[1].ToArray());
        var rows = SampleRow.Of(name, text).ToList();

        // The first tuple's first digit becomes a letter.
        var at = text.IndexOf("\"flowTuples\":[\"", StringComparison.Ordinal) + "\"flowTuples\":[\"".Length;
        sample.Replace(name, text[..at] + "x" + text[(at + 1)..]);
        using var session = SharedAccount.Session(sample.Account);

        var outcome = session.Run(Read);

        var error = Assert.Single(outcome.Errors);
        Assert.Equal("FlowTupleInvalid", Outcome.Id(error));
        Assert.Equal(name, error.TargetObject);
        Assert.Contains($"(byte {at} of {name})", error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(sample.Rows.Where(row => row.Blob != name || row != rows[0]), outcome.Records.Select(static record => SampleRow.From(record)));
    }

    [AzuriteFact]
    public void A_blob_that_breaks_off_gives_what_is_before_the_break_and_an_error()
    {
        var sample = Three();
        var name = sample.Blobs[1].Name;

        // Half of the minutes, and a piece of the next.
        var blocks = sample.Blobs[1].Blocks;
        var kept = string.Concat(blocks.Take(31).Select(static block => Encoding.UTF8.GetString(block.Content)));
        sample.Replace(name, kept + Encoding.UTF8.GetString(blocks[31].Content)[..40]);
        using var session = SharedAccount.Session(sample.Account);

        var outcome = session.Run(Read);

        var error = Assert.Single(outcome.Errors);
        Assert.Equal("FlowBlobTruncated", Outcome.Id(error));
        Assert.Equal(name, error.TargetObject);
        Assert.Contains($" of {name})", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(
            Others(sample, name, SampleRow.Of(name, kept + "]}")),
            outcome.Records.Select(static record => SampleRow.From(record)));
    }

    [AzuriteFact]
    public void A_blob_that_is_no_flow_log_is_an_error_and_the_others_come()
    {
        var sample = Three();
        var name = sample.Blobs[0].Name;
        sample.Replace(name, "<!DOCTYPE html><html><body>Sign in</body></html>");
        using var session = SharedAccount.Session(sample.Account);

        var outcome = session.Run(Read);

        var error = Assert.Single(outcome.Errors);
        Assert.Equal("NotFlowLog", Outcome.Id(error));
        Assert.Equal(name, error.TargetObject);
        Assert.Equal(Others(sample, name, []), outcome.Records.Select(static record => SampleRow.From(record)));
    }

    [AzuriteFact]
    public void A_blob_deleted_between_listing_and_reading_is_an_error_and_the_others_come()
    {
        var sample = Three();
        var name = sample.Blobs[1].Name;
        using var session = SharedAccount.Session(sample.Account);
        Assert.Equal(3, session.Run("($blobs = Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2026-11-01)").Clean().Blobs.Count);
        sample.Container.DeleteBlob(name);

        var outcome = session.Run("$blobs | Get-NsgFlowRecord");

        var error = Assert.Single(outcome.Errors);
        Assert.Equal("BlobNotFound", Outcome.Id(error));
        Assert.Equal(name, error.TargetObject);
        Assert.Contains("HTTP 404, request ", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("list again", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(Others(sample, name, []), outcome.Records.Select(static record => SampleRow.From(record)));
    }

    [AzuriteFact]
    public void A_blob_that_grew_between_listing_and_reading_is_read_whole()
    {
        var sample = new StoredSample(azurite.NewAccount(), new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 100 });
        var blob = Assert.Single(sample.Blobs);
        sample.Container.DeleteBlob(blob.Name);
        var writer = sample.Writer(blob.Name).Write(blob.Blocks, minutes: 10);
        using var session = SharedAccount.Session(sample.Account);
        var listed = Assert.Single(session.Run("($blobs = Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2026-11-01)").Clean().Blobs);
        Assert.Equal(writer.Content.Length, listed.Length);
        var old = SampleRow.Of(blob.Name, writer.Content).ToList();
        writer.Write(blob.Blocks);

        var records = session.Run("$blobs | Get-NsgFlowRecord").Clean().Records.Select(static record => SampleRow.From(record)).ToList();

        // Either state would be right; it must be one of them, whole.
        Assert.True(sample.Rows.Count > old.Count);
        Assert.Equal(records.Count == old.Count ? old : sample.Rows, records);
    }

    [AzuriteFact]
    public void A_blob_that_grows_while_it_is_read_gives_one_state_whole()
    {
        // Longer than one range of 4 MB, so that a request comes after the blob has grown.
        var sample = new StoredSample(azurite.NewAccount(), new FlowSampleOptions { Hours = 1, Nic = 1, TuplesPerMinute = 1600 });
        var blob = Assert.Single(sample.Blobs);
        sample.Container.DeleteBlob(blob.Name);
        var writer = sample.Writer(blob.Name).Write(blob.Blocks, minutes: 59);
        Assert.True(writer.Content.Length > 5 << 20, $"{writer.Content.Length} bytes");
        var old = SampleRow.Of(blob.Name, writer.Content).ToList();
        using var proxy = new FaultProxy(azurite.Port);
        proxy.OnDownloads(new Fault(), new Fault(Before: () => writer.Write(blob.Blocks)));
        using var session = SharedAccount.Session(sample.Account.Replace($":{azurite.Port}/", $":{proxy.Port}/", StringComparison.Ordinal));

        var records = session.Run(Read).Clean().Records.Select(static record => SampleRow.From(record)).ToList();

        Assert.Equal(2 + 1, proxy.Requests.Count(static line => line.Contains(".json ", StringComparison.Ordinal)));
        Assert.Equal(old, records);
        Assert.True(sample.Rows.Count > old.Count);
    }

    private static IEnumerable<SampleRow> Others(StoredSample sample, string name, IEnumerable<SampleRow> instead) =>
        sample.Blobs.SelectMany(blob => blob.Name == name ? instead : SampleRow.Of(blob.Name, Encoding.UTF8.GetString(blob.ToArray())));

    // One interface, three hours: the order of the blobs is that of the hours.
    private StoredSample Three() => new(azurite.NewAccount(), new FlowSampleOptions { Hours = 3, Nic = 1, TuplesPerMinute = 10 });
}
