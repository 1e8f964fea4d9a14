using System;
using System.IO;
using System.Linq;
using Azure.Storage.Sas;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Get-NsgFlowRecord -Checkpoint with a blob of Azurite.</summary>
[Collection(CmdletGroup.Name)]
public sealed class CheckpointBlobTests(Azurite azurite) : IDisposable
{
    private const string Get = "Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01 -Checkpoint $checkpoint";

    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-checkpoint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [AzuriteFact]
    public void Each_record_comes_once_from_run_to_run()
    {
        var (sample, account) = Prepare(10);
        using var session = Session(account, Place(account));
        var first = session.Run(Get).Clean().Records;
        foreach (var blob in sample.Blobs)
            sample.Writer(blob.Name).Write(blob.Blocks);
        var second = session.Run(Get).Clean().Records;
        Assert.NotEmpty(first);
        Assert.NotEmpty(second);
        Assert.Equal(
            sample.Rows.Select(static row => row.ToString()).Order(StringComparer.Ordinal),
            first.Concat(second).Select(static record => SampleRow.From(record, record.Blob).ToString()).Order(StringComparer.Ordinal));
        Assert.Empty(session.Run(Get).Clean().Output);
    }

    [AzuriteFact]
    public void One_run_keeps_another_out_and_lets_it_in_as_soon_as_it_is_stopped()
    {
        var (_, account) = Prepare(60);
        using var proxy = new FaultProxy(azurite.Port);
        using var session = Session(account, Place(account));
        using var waiting = Session(account, Place(account, proxy.Port));
        Outcome? busy = null;

        // Through the proxy, the checkpoint is in another place than what is read, so it brings its own SAS.
        var stopped = waiting.Stop(Get + " -Wait -PollInterval 1s", () =>
        {
            if (proxy.Requests.Count(static line => line.StartsWith("PUT", StringComparison.Ordinal)) < 4)
                return false;
            busy = session.Run(Get);
            return true;
        }, out _);
        Assert.NotEmpty(stopped.Output);
        Assert.Equal("CheckpointBusy", Outcome.Id(Assert.Single(busy!.Errors)));
        Assert.Empty(busy.Output);
        Assert.Empty(session.Run(Get).Clean().Output);
    }

    [AzuriteFact]
    public void A_folder_is_followed_with_a_checkpoint_in_a_blob_and_no_secret_shows()
    {
        var (sample, account) = Prepare(60);
        sample.SaveTo(_folder);
        var checkpoint = Place(account);
        using var session = Session(account, checkpoint);
        const string Read = "Get-NsgFlowRecord -Path $folder -Checkpoint $checkpoint -Verbose";
        var first = session.Run(Read);
        Assert.Equal(sample.Rows.Count, first.Records.Count);
        Assert.DoesNotContain("sig=", first.AllText, StringComparison.Ordinal);
        Assert.Empty(session.Run(Read).Output);

        foreach (var (script, id) in new[]
        {
            ("Get-NsgFlowRecord -Path $folder -Nsg other -Checkpoint $checkpoint", "CheckpointOfAnother"),
            ("Get-NsgFlowRecord -Path $folder -First 1 -Checkpoint $checkpoint", "CheckpointTakesAll"),
            ("Get-NsgFlowRecord -Path $folder -Checkpoint ($checkpoint -replace '/state/', '/nowhere/')", "StorageAccessDenied"),
            ("Get-NsgFlowRecord -Path $folder -Checkpoint ($checkpoint -replace 'flows.json', '')", "CheckpointUnusable"),
            ("Get-NsgFlowRecord -Path $folder -Checkpoint ($checkpoint -replace '^http://127.0.0.1:\\d+', 'http://example.org')", "InsecureStorageUrl"),
        })
        {
            var outcome = session.Run(script);
            Assert.Equal(id, Outcome.Id(Assert.Single(outcome.Errors)));
            Assert.Empty(outcome.Output);
            Assert.DoesNotContain("sig=", outcome.AllText, StringComparison.Ordinal);
        }
    }

    [AzuriteFact]
    public void Connection_strings_of_two_accounts_are_two_questions_and_an_error_says_that_it_is_the_checkpoints()
    {
        var (_, account) = Prepare(10);
        var (_, other) = Prepare(10);
        using var session = Session(account, Place(account));
        string Read(TestAccount of) => $"Get-NsgFlowRecord -ConnectionString 'DefaultEndpointsProtocol=http;AccountName={of.Name};AccountKey={TestAccount.Key};BlobEndpoint={of.Endpoint};' -StartTime 2026-11-01 -Checkpoint $checkpoint";
        Assert.NotEmpty(session.Run(Read(account)).Clean().Output);
        var outcome = session.Run(Read(other));
        var error = Assert.Single(outcome.Errors);
        Assert.Equal("CheckpointOfAnother", Outcome.Id(error));
        Assert.Contains("-StorageAccount " + account.Name, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("-StorageAccount " + other.Name, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestAccount.Key, outcome.AllText, StringComparison.Ordinal);

        error = Assert.Single(session.Run("Get-NsgFlowRecord -StorageAccount acc -AccessToken SECRET -Checkpoint https://acc.example.org/state/x.json").Errors);
        Assert.Equal("InsecureStorageUrl", Outcome.Id(error));
        Assert.StartsWith("The checkpoint 'https://acc.example.org/state/x.json' cannot be used. ", error.Exception.Message, StringComparison.Ordinal);
    }

    private static string Place(TestAccount account, int? port = null)
    {
        account.Client.GetBlobContainerClient("state").CreateIfNotExists();
        var sas = new BlobSasBuilder(BlobSasPermissions.Read | BlobSasPermissions.Create | BlobSasPermissions.Write, DateTimeOffset.UtcNow.AddYears(1))
        {
            BlobContainerName = "state", BlobName = "flows.json", Protocol = SasProtocol.HttpsAndHttp,
        };
        return $"{(port is { } other ? account.EndpointAt(other) : account.Endpoint)}/state/flows.json?{sas.ToSasQueryParameters(account.SharedKey)}";
    }

    private CmdletSession Session(TestAccount account, string checkpoint) => SharedAccount.Session(account.Endpoint.AbsoluteUri, ("checkpoint", checkpoint), ("folder", _folder));

    private (StoredSample Sample, TestAccount Account) Prepare(int minutes)
    {
        var account = azurite.NewAccount();
        var sample = new StoredSample(account, new FlowSampleOptions { Hours = 1, Nic = 2, TuplesPerMinute = 10 });
        foreach (var blob in sample.Blobs)
            sample.Writer(blob.Name).Write(blob.Blocks, minutes);
        return (sample, account);
    }
}
