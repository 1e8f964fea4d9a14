using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Sas;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>What somebody who follows sees of faults, and that each record comes once all the same.</summary>
[Collection(CmdletGroup.Name)]
public sealed class FollowFaultTests : IDisposable
{
    private const string Read = "Get-NsgFlowRecord -StorageAccount $url -Container insights-logs-networksecuritygroupflowevent -StartTime 2026-11-01";
    private const string ByKey = Read + " -AccountKey $key";
    private const string Follow = ByKey + " -Wait -PollInterval ([TimeSpan]'0:0:0.1')";

    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-follow-").FullName;
    private readonly Azurite _azurite;
    private TestAccount? _account;
    private StoredSample? _sample;
    private int _minutes = 1;

    public FollowFaultTests(Azurite azurite) => _azurite = azurite;

    private string Checkpoint => Path.Combine(_folder, "flows.checkpoint");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [AzuriteFact]
    public void A_service_that_fails_between_polls_is_told_once_and_nothing_is_lost()
    {
        using var proxy = Prepare(nics: 2);
        using var session = Session(proxy);
        var (atFirst, all) = (Rows(1).Count, Rows(2).Count);

        // Three polls after the first, of which the first fails while the blobs grow.
        var failing = 0;
        proxy.Decide = line => IsListing(line) && proxy.Requests.Any(IsDownload) && Interlocked.Increment(ref failing) <= 3
            ? new Fault(409, "Odd", Before: () =>
            {
                if (failing == 1)
                    Write();
            })
            : null;
        var outcome = session.Run($"{Follow} -First {all}");

        Assert.Equal("StorageRequestFailed", Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.True(failing > 3 && atFirst < outcome.Records.Count);
        SameAsWritten(outcome.Records);
    }

    [AzuriteFact]
    public void A_SAS_that_expires_in_a_run_with_a_checkpoint_is_one_error_and_the_next_SAS_goes_on()
    {
        using var proxy = Prepare(nics: 12);
        using var session = Session(proxy, ("old", Sas(0)), ("sas", Sas(1)));
        var records = session.Run($"{Read} -SasToken $sas -Checkpoint $checkpoint").Clean().Records.ToList();
        Write();

        // As an expired one is refused: all that comes after the listing and a few blobs.
        var asked = 0;
        proxy.Decide = line => IsDownload(line) && Interlocked.Increment(ref asked) > 2 ? new Fault(403, "AuthenticationFailed") : null;
        var expired = session.Run($"{Read} -SasToken $sas -Checkpoint $checkpoint");
        records.AddRange(expired.Records);
        var error = Assert.Single(expired.Errors);
        Assert.Equal("StorageAccessDenied", Outcome.Id(error));
        Assert.Equal(_account!.Name + "/insights-logs-networksecuritygroupflowevent", error.TargetObject);
        proxy.Decide = static _ => null;

        // And then before it.
        expired = session.Run($"{Read} -SasToken $old -Checkpoint $checkpoint");
        Assert.Equal("StorageAccessDenied", Outcome.Id(Assert.Single(expired.Errors)));
        Assert.Contains("expired", expired.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(expired.Output);

        records.AddRange(session.Run($"{Read} -SasToken $sas -Checkpoint $checkpoint").Clean().Records);
        SameAsWritten(records);
        Assert.DoesNotContain("sig=", expired.AllText, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public void A_container_that_is_deleted_ends_waiting_with_a_reason()
    {
        using var proxy = Prepare(nics: 1);
        using var session = Session(proxy);
        proxy.Decide = line => IsListing(line) && proxy.Requests.Any(IsDownload) ? new Fault(404, "ContainerNotFound") : null;
        var outcome = session.Run($"{Follow} -Checkpoint $checkpoint");

        Assert.Equal("ContainerNotFound", Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.Contains("Waiting has ended", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        SameAsWritten(outcome.Records);

        // It was made again.
        proxy.Decide = static _ => null;
        Write();
        SameAsWritten([.. outcome.Records, .. session.Run($"{ByKey} -Checkpoint $checkpoint").Clean().Records]);
    }

    [AzuriteFact]
    public void A_damaged_checkpoint_ends_the_run_before_anything_is_read()
    {
        using var proxy = Prepare(nics: 1);
        using var session = Session(proxy);
        Assert.NotEmpty(session.Run($"{ByKey} -Checkpoint $checkpoint").Clean().Records);
        var bytes = File.ReadAllBytes(Checkpoint);
        foreach (var damaged in new[] { bytes[..^1], bytes[..(bytes.Length / 2)], [], [.. bytes.Select(static (b, i) => i == 40 ? (byte)(b ^ 1) : b)] })
        {
            File.WriteAllBytes(Checkpoint, damaged);
            var requests = proxy.Requests.Count;
            var outcome = session.Run($"{ByKey} -Checkpoint $checkpoint");
            Assert.Equal("CheckpointDamaged", Outcome.Id(Assert.Single(outcome.Errors)));
            Assert.Empty(outcome.Output);
            Assert.Equal(requests, proxy.Requests.Count);
            Assert.Equal(damaged, File.ReadAllBytes(Checkpoint));
        }

        File.WriteAllBytes(Checkpoint, bytes);
        Assert.Empty(session.Run($"{ByKey} -Checkpoint $checkpoint").Clean().Output);
    }

    [AzuriteFact]
    public async Task A_second_run_is_refused_and_the_first_goes_on()
    {
        using var proxy = Prepare(nics: 1);
        using var session = Session(proxy);
        using var other = Session(proxy);
        using var isHeld = new ManualResetEventSlim();
        using var isOver = new ManualResetEventSlim();
        proxy.Decide = line => line.Contains("comp=blocklist", StringComparison.Ordinal) && !isHeld.IsSet
            ? new Fault(Before: () =>
            {
                isHeld.Set();
                isOver.Wait(TimeSpan.FromSeconds(60));
            })
            : null;
        var first = Task.Run(() => session.Run($"{ByKey} -Checkpoint $checkpoint"));
        Assert.True(isHeld.Wait(TimeSpan.FromSeconds(60)));
        var second = other.Run($"{ByKey} -Checkpoint $checkpoint");
        isOver.Set();

        Assert.Equal("CheckpointBusy", Outcome.Id(Assert.Single(second.Errors)));
        Assert.Empty(second.Output);
        SameAsWritten((await first).Clean().Records);
        Assert.Empty(other.Run($"{ByKey} -Checkpoint $checkpoint").Clean().Output);
    }

    [AzuriteFact]
    public void A_checkpoint_that_cannot_be_saved_is_an_error_and_what_was_handed_on_since_comes_again()
    {
        using var proxy = Prepare(nics: 1);
        using var session = Session(proxy);
        var before = session.Run($"{ByKey} -Checkpoint $checkpoint").Clean().Records;
        var saved = File.ReadAllBytes(Checkpoint);
        Write();
        Directory.CreateDirectory(Checkpoint + ".partial");

        var refused = session.Run($"{ByKey} -Checkpoint $checkpoint");
        Assert.Equal("CheckpointUnusable", Outcome.Id(Assert.Single(refused.Errors)));
        Assert.Equal(saved, File.ReadAllBytes(Checkpoint));

        Directory.Delete(Checkpoint + ".partial");
        var again = session.Run($"{ByKey} -Checkpoint $checkpoint").Clean().Records;
        Assert.Equal(refused.Records.Select(static record => SampleRow.From(record)), again.Take(refused.Records.Count).Select(static record => SampleRow.From(record)));
        SameAsWritten([.. before, .. again]);
    }

    private static bool IsListing(string line) => line.Contains("comp=list", StringComparison.Ordinal);

    private static bool IsDownload(string line) => line.Contains(".json", StringComparison.Ordinal) && !line.Contains("comp=", StringComparison.Ordinal);

    private FaultProxy Prepare(int nics)
    {
        _account = _azurite.NewAccount();
        _sample = new StoredSample(_account, new FlowSampleOptions { Hours = 1, Nic = nics, TuplesPerMinute = 15 });
        Grow(1);
        return new FaultProxy(_azurite.Port);
    }

    private CmdletSession Session(FaultProxy proxy, params (string Name, object Value)[] more) =>
        SharedAccount.Session(_account!.EndpointAt(proxy.Port).AbsoluteUri, [("checkpoint", Checkpoint), .. more]);

    private void Write() => Grow(_minutes + 1);

    private void Grow(int minutes)
    {
        _minutes = minutes;
        foreach (var blob in _sample!.Blobs)
            _sample.Writer(blob.Name).Write(blob.Blocks, minutes);
    }

    /// <summary>What is written when each blob has so many minutes.</summary>
    private IReadOnlyList<SampleRow> Rows(int minutes) =>
        [.. _sample!.Blobs.SelectMany(blob => SampleRow.Of(blob.Name, string.Concat(blob.Blocks.Take(minutes + 1).Append(blob.Blocks[^1]).Select(static block => Encoding.UTF8.GetString(block.Content)))))];

    /// <summary>Each once, and each blob's in order.</summary>
    private void SameAsWritten(IReadOnlyList<FlowRecord> records)
    {
        Assert.NotEmpty(records);
        var read = records.Select(static record => SampleRow.From(record)).ToLookup(static row => row.Blob);
        foreach (var blob in Rows(_minutes).ToLookup(static row => row.Blob))
            Assert.Equal(blob, read[blob.Key]);
    }

    private string Sas(int hours) =>
        new AccountSasBuilder(AccountSasPermissions.Read | AccountSasPermissions.List, DateTimeOffset.UtcNow.AddHours(hours).AddMinutes(-1), AccountSasServices.Blobs, AccountSasResourceTypes.All)
        {
            Protocol = SasProtocol.HttpsAndHttp,
        }.ToSasQueryParameters(_account!.SharedKey).ToString();
}
