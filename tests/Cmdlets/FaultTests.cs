using System;
using System.Diagnostics;
using System.Linq;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;
using Xunit.Abstractions;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class FaultTests(Azurite azurite, ITestOutputHelper output)
{
    private const string Read = "Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01";

    [AzuriteFact]
    public void A_connection_that_breaks_half_way_loses_nothing()
    {
        var (sample, url) = Prepare(out var proxy);
        using (proxy)
        {
            proxy.OnDownloads(new Fault(DropAfter: 5_000), new Fault(DropAfter: 12_000), new Fault(DropAfter: 0));
            using var session = SharedAccount.Session(url);

            var records = session.Run(Read).Clean().Records;

            Assert.Equal(sample.Rows, records.Select(static record => SampleRow.From(record)));
            Assert.Equal(3 + 3, proxy.Requests.Count(static line => line.Contains(".json ", StringComparison.Ordinal)));
        }
    }

    [AzuriteFact]
    public void A_busy_service_is_asked_again_until_it_answers()
    {
        var (sample, url) = Prepare(out var proxy);
        using (proxy)
        {
            proxy.OnDownloads(new Fault(503), new Fault(429, "TooManyRequests"), new Fault(500, "InternalError"));
            using var session = SharedAccount.Session(url);

            var outcome = session.Run(Read + " -Verbose").Clean();

            Assert.Equal(sample.Rows, outcome.Records.Select(static record => SampleRow.From(record)));
            Assert.Equal(3, outcome.Verbose.Count(static line => line.Contains("asking again", StringComparison.Ordinal)));
        }
    }

    [AzuriteFact]
    public void A_blob_that_cannot_be_had_is_an_error_in_the_end_and_the_others_come()
    {
        var (sample, url) = Prepare(out var proxy);
        using (proxy)
        {
            var (busy, broken) = (sample.Blobs[0].Name, sample.Blobs[2].Name);
            proxy.Decide = line => line.Contains("h%3D00", StringComparison.Ordinal) && line.Contains(".json ", StringComparison.Ordinal) ? new Fault(503)
                : line.Contains("h%3D02", StringComparison.Ordinal) && line.Contains(".json ", StringComparison.Ordinal) ? new Fault(500, "InternalError")
                : null;
            using var session = SharedAccount.Session(url);
            var clock = Stopwatch.StartNew();

            // The retries of both go on side by side.
            var outcome = session.Run(Read);

            output.WriteLine($"given up after {clock.Elapsed.TotalSeconds:0.0} s and {proxy.Requests.Count} requests");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), $"took {clock.Elapsed}");
            Assert.Equal(["StorageThrottled", "StorageUnavailable"], outcome.Errors.Select(Outcome.Id));
            Assert.Equal([busy, broken], outcome.Errors.Select(static error => error.TargetObject));
            Assert.All(outcome.Errors, static error => Assert.Contains("request fault-request-id", error.Exception.Message, StringComparison.Ordinal));
            Assert.Equal(sample.Rows.Where(row => row.Blob != busy && row.Blob != broken), outcome.Records.Select(static record => SampleRow.From(record)));
        }
    }

    private (StoredSample Sample, string Url) Prepare(out FaultProxy proxy)
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 3, Nic = 1, TuplesPerMinute = 10 });
        Assert.All(sample.Blobs, static blob => Assert.True(blob.Length > 20_000, "too small to break half-way"));
        proxy = new FaultProxy(azurite.Port);
        return (sample, account.EndpointAt(proxy.Port).AbsoluteUri);
    }
}
