using System;
using System.Linq;
using System.Threading;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;
using Xunit.Abstractions;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class StopTests(Azurite azurite, SharedAccount shared, ITestOutputHelper output)
{
    [AzuriteTheory]
    [InlineData("-ThrottleLimit 1")]
    [InlineData("-ThrottleLimit 8")]
    [InlineData("-Tail 5")]
    public void Stop_ends_downloads_that_hang(string how)
    {
        using var proxy = Proxy(out var url);
        proxy.Decide = static line => IsDownload(line) ? new Fault(HangAfter: 2_000) : null;
        using var session = SharedAccount.Session(url);

        var outcome = session.Stop(
            $"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} {how}", () => proxy.Requests.Any(IsDownload), out var took);

        Told(took, outcome);
        Quiet(proxy);
    }

    [AzuriteTheory]
    [InlineData("Get-NsgFlowBlob")]
    [InlineData("Get-NsgFlowRecord")]
    public void Stop_ends_a_listing_that_hangs(string cmdlet)
    {
        using var proxy = Proxy(out var url);
        proxy.Decide = static line => line.Contains("comp=list", StringComparison.Ordinal) ? new Fault(HangAfter: 20) : null;
        using var session = SharedAccount.Session(url);

        var outcome = session.Stop($"{cmdlet} -StorageAccount $url -AccountKey $key {SharedAccount.Hours}", () => proxy.Requests.Count > 0, out var took);

        Told(took, outcome);
        Quiet(proxy);
    }

    [AzuriteFact]
    public void Stop_ends_the_wait_before_a_repeated_request()
    {
        using var proxy = Proxy(out var url);
        proxy.Decide = static line => IsDownload(line) ? new Fault(503) : null;
        using var session = SharedAccount.Session(url);

        // By the third request the wait is more than a second and a half.
        var outcome = session.Stop(
            $"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -ThrottleLimit 1", () => proxy.Requests.Count(IsDownload) >= 3, out var took);

        Told(took, outcome);
        Quiet(proxy);
    }

    [AzuriteTheory]
    [InlineData("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01 -ThrottleLimit 2 | Select-FirstObject")]
    [InlineData("Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -StartTime 2026-11-01 | Get-NsgFlowRecord -ThrottleLimit 2 | Select-FirstObject")]
    [InlineData("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01 -ThrottleLimit 2 -First 1")]
    public void Downstream_that_has_enough_ends_all_requests(string script)
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 12, Nic = 1, TuplesPerMinute = 5 });
        using var proxy = new FaultProxy(azurite.Port);
        using var session = SharedAccount.Session(account.EndpointAt(proxy.Port).AbsoluteUri);

        var outcome = session.Run(script).Clean();

        Assert.Equal(sample.Rows[0], SampleRow.From(Assert.Single(outcome.Records)));
        Quiet(proxy);
        var downloads = proxy.Requests.Count(IsDownload);
        output.WriteLine($"{downloads} of {sample.Blobs.Count} blobs were asked for");
        Assert.InRange(downloads, 1, 6);
    }

    [AzuriteFact]
    public void Downstream_that_has_enough_does_not_wait_for_downloads_that_hang()
    {
        using var proxy = Proxy(out var url);
        var first = shared.Pool.Blobs[0].Name.Split('/')[^2][^12..];
        proxy.Decide = line => IsDownload(line) && !(line.Contains("h%3D00", StringComparison.Ordinal) && line.Contains(first, StringComparison.Ordinal)) ? new Fault(HangAfter: 2_000) : null;
        using var session = SharedAccount.Session(url);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var outcome = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -Nsg aks-* | Select-FirstObject").Clean();

        output.WriteLine($"took {clock.Elapsed.TotalMilliseconds:0} ms");
        Assert.True(clock.Elapsed < CmdletSession.AtOnce, $"took {clock.Elapsed}");
        Assert.Single(outcome.Records);
        Quiet(proxy);
    }

    [AzuriteFact]
    public void A_listing_of_which_one_is_taken_ends()
    {
        using var proxy = Proxy(out var url);
        using var session = SharedAccount.Session(url);

        var outcome = session.Run($"Get-NsgFlowBlob -StorageAccount $url -AccountKey $key {SharedAccount.Hours} | Select-FirstObject").Clean();

        Assert.Equal(SharedAccount.Start, Assert.Single(outcome.Blobs).Hour);
        Quiet(proxy);
    }

    private static bool IsDownload(string line) => line.Contains(".json ", StringComparison.Ordinal);

    /// <summary>No request comes any more.</summary>
    private static void Quiet(FaultProxy proxy)
    {
        Thread.Sleep(200);
        var before = proxy.Requests.Count;
        Thread.Sleep(1200);
        Assert.Equal(before, proxy.Requests.Count);
    }

    private void Told(TimeSpan took, Outcome outcome)
    {
        output.WriteLine($"Stop took {took.TotalMilliseconds:0} ms");
        Assert.True(took < CmdletSession.AtOnce, $"Stop took {took}");
        Assert.True(outcome.Errors.Count == 0 && outcome.Warnings.Count == 0, outcome.AllText);
    }

    private FaultProxy Proxy(out string url)
    {
        var proxy = new FaultProxy(azurite.Port);
        url = shared.On(azurite).Account!.EndpointAt(proxy.Port).AbsoluteUri;
        return proxy;
    }
}
