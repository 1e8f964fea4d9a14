using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using System.Threading;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;
using Xunit.Abstractions;

namespace NsgFlow.CmdletTests;

/// <summary>Measure-NsgTraffic on a storage account.</summary>
[Collection(CmdletGroup.Name)]
public sealed class MeasureTests(Azurite azurite, SharedAccount shared, ITestOutputHelper output)
{
    private const string Measure = "Measure-NsgTraffic -StorageAccount $url -AccountKey $key";

    [AzuriteFact]
    public void A_container_is_measured_as_its_tuples_say()
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Seed = 5, Hours = 2, Nic = 2, TuplesPerMinute = 20 });
        using var session = SharedAccount.Session(sample.Account);

        var rows = Rows(session.Run($"{Measure} -StartTime 2026-11-01 -By SourceAddress, Decision -Raw").Clean());

        // Bytes and tuples as written: which of them are flows is Core's business, and tested there.
        var expected = sample.Rows.GroupBy(static row => (row.Source, row.Decision == 'A' ? FlowDecision.Allow : FlowDecision.Deny))
            .ToDictionary(static group => group.Key, static group => (group.LongCount(), group.Sum(static row => (row.Sent ?? 0) + (row.Received ?? 0))));
        Assert.Equal(expected.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal(expected[((string)row.KeyValues[0]!, (FlowDecision)row.KeyValues[1]!)], (row.Tuples, row.Bytes ?? 0)));

        var summary = Assert.IsType<TrafficSummary>(Assert.Single(session.Run($"{Measure} -StartTime 2026-11-01 -Raw").Clean().Output));
        Assert.Equal(sample.Truth.DeniedTuples, summary.Denied);
        Assert.Equal(sample.Truth.Tuples, summary.Tuples);
        Assert.Equal(sample.Blobs.Count, summary.Blobs);
        Assert.Equal(sample.Truth.Entries, summary.Entries);
    }

    [AzuriteFact]
    public void Blobs_and_records_from_the_pipeline_give_the_same()
    {
        using var session = SharedAccount.Session(shared.On(azurite).Account!.Endpoint.AbsoluteUri);
        const string Source = $"-StorageAccount $url -AccountKey $key {SharedAccount.Hours}";

        var all = new[]
        {
            $"Measure-NsgTraffic {Source} -By DestinationPort -OrderBy Bytes",
            $"Get-NsgFlowBlob {Source} | Measure-NsgTraffic -By DestinationPort -OrderBy Bytes -ThrottleLimit 1",
            $"Get-NsgFlowRecord {Source} | Measure-NsgTraffic -By DestinationPort -OrderBy Bytes",
        }.Select(script => Rows(session.Run(script).Clean()).Select(Facts).ToList()).ToList();

        Assert.True(all[0].Count > 5);
        Assert.Equal(all[0], all[1]);
        Assert.Equal(all[0], all[2]);
    }

    [AzuriteFact]
    public void Without_a_time_the_last_hour_is_measured_and_the_warning_says_so()
    {
        using var session = SharedAccount.Session(shared.On(azurite).Account!.Endpoint.AbsoluteUri);

        var outcome = session.Run(Measure);

        Assert.Empty(outcome.Output);
        Assert.Contains("no flow-log blob", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Contains("(one hour, as no start was given", outcome.Warnings[0], StringComparison.Ordinal);
    }

    [AzuriteFact]
    public void A_blob_that_fails_is_an_error_and_the_others_are_measured()
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 3, Nic = 1, TuplesPerMinute = 10 });
        sample.Replace(sample.Blobs[1].Name, "<!DOCTYPE html><html></html>");
        using var session = SharedAccount.Session(sample.Account);
        session.Run("$blobs = Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2026-11-01").Clean();
        sample.Container.DeleteBlob(sample.Blobs[2].Name);

        var outcome = session.Run("$blobs | Measure-NsgTraffic -By Blob -Raw");

        Assert.Equal(["BlobNotFound", "NotFlowLog"], outcome.Errors.Select(Outcome.Id).Order());
        Assert.Equal([sample.Blobs[1].Name, sample.Blobs[2].Name], outcome.Errors.Select(static error => (string)error.TargetObject).Order());
        var row = Assert.Single(Rows(outcome));
        Assert.Equal(sample.Blobs[0].Name, row.KeyValues[0]);
        Assert.Equal(SampleRow.Of(sample.Blobs[0].Name, System.Text.Encoding.UTF8.GetString(sample.Blobs[0].ToArray())).Count(), row.Tuples);
        Assert.Empty(outcome.Warnings);
    }

    [AzuriteFact]
    public void An_account_that_refuses_is_an_error_and_a_warning_without_its_key()
    {
        var account = azurite.NewAccount();
        using var proxy = new FaultProxy(azurite.Port) { Decide = static _ => new Fault(403, "AuthenticationFailed") };
        using var session = SharedAccount.Session(account.EndpointAt(proxy.Port).AbsoluteUri);

        var outcome = session.Run($"$VerbosePreference = $DebugPreference = 'Continue'; {Measure} -By Rule");

        Assert.Equal("StorageAccessDenied", Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.Contains("No traffic: 1 error kept", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.DoesNotContain(TestAccount.Key[..12], outcome.AllText, StringComparison.Ordinal);
        Assert.DoesNotContain("SharedKey ", outcome.AllText, StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData("")]
    [InlineData("-By Conversation -ThrottleLimit 8")]
    public void Stop_ends_downloads_that_hang(string how)
    {
        using var proxy = new FaultProxy(azurite.Port);
        proxy.Decide = static line => IsDownload(line) ? new Fault(HangAfter: 2_000) : null;
        using var session = SharedAccount.Session(shared.On(azurite).Account!.EndpointAt(proxy.Port).AbsoluteUri);

        var outcome = session.Stop($"{Measure} {SharedAccount.Hours} {how}", () => proxy.Requests.Any(IsDownload), out var took);

        output.WriteLine($"Stop took {took.TotalMilliseconds:0} ms");
        Assert.True(took < TimeSpan.FromSeconds(5), $"Stop took {took}");
        Assert.True(outcome.Errors.Count == 0 && outcome.Warnings.Count == 0 && outcome.Output.Count == 0, outcome.AllText);
        Thread.Sleep(200);
        var before = proxy.Requests.Count;
        Thread.Sleep(1000);
        Assert.Equal(before, proxy.Requests.Count);
    }

    [AzuriteFact]
    public void Progress_tells_bytes_tuples_and_the_time_left_and_ends()
    {
        using var proxy = new FaultProxy(azurite.Port);

        // The bar moves at most five times a second.
        proxy.OnDownloads([.. Enumerable.Repeat(new Fault(Before: static () => Thread.Sleep(250)), 100)]);
        using var session = SharedAccount.Session(shared.On(azurite).Account!.EndpointAt(proxy.Port).AbsoluteUri);

        var outcome = session.Run($"{Measure} {SharedAccount.Hours} -By Rule -ThrottleLimit 1").Clean();

        var moves = outcome.Progress.Where(static record => record.Activity == "Measuring traffic").ToList();
        Assert.InRange(moves.Count, 3, 100);
        var form = new Regex(@"^[0-9.,]+ (B|KB|MB) of [0-9.,]+ (KB|MB), \d+ of \d+ blobs, [0-9.,]+( K| M)? tuples/s$");
        Assert.All(moves[..^1], record => Assert.Matches(form, record.StatusDescription));
        Assert.All(moves[..^1], static record => Assert.InRange(record.PercentComplete, 0, 100));
        Assert.Equal(moves[..^1].Select(static record => record.PercentComplete).Order(), moves[..^1].Select(static record => record.PercentComplete));
        Assert.Contains(moves[..^1], static record => record.SecondsRemaining >= 0);
        Assert.Equal(ProgressRecordType.Completed, moves[^1].RecordType);
    }

    [AzuriteFact]
    public void Verbose_has_one_line_a_blob()
    {
        using var session = SharedAccount.Session(shared.On(azurite).Account!.Endpoint.AbsoluteUri);

        var outcome = session.Run($"{Measure} {SharedAccount.Hours} -By Rule -Verbose").Clean();

        foreach (var (name, rows) in shared.RowsByBlob)
        {
            Assert.Single(outcome.Verbose, line => line.StartsWith($"{name}: {rows.Length} tuples, {rows.Length} passed the filter, ", StringComparison.Ordinal));
        }
    }

    private static bool IsDownload(string line) => line.Contains(".json ", StringComparison.Ordinal);

    private static List<TrafficMeasure> Rows(Outcome outcome) => [.. outcome.Output.Cast<TrafficMeasure>()];

    private static string Facts(TrafficMeasure row) =>
        string.Join('|', [.. row.KeyValues, row.Flows, row.Denied, row.Tuples, row.MergedTuples, row.BytesSent, row.BytesReceived, row.PacketsSent, row.FirstSeen, row.LastSeen, row.Percent, row.Trend]);
}
