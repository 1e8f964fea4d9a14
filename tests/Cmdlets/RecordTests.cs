using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using Azure.Storage.Sas;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using Xunit;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class RecordTests(Azurite azurite, SharedAccount shared)
{
    [AzuriteTheory]
    [InlineData("-StorageAccount $url -AccountKey $key")]
    [InlineData("-StorageAccount $url -AccountKey $secure")]
    [InlineData("-StorageAccount $url -SasToken $sas")]
    [InlineData("-StorageAccount \"${url}?$sas\"")]
    [InlineData("-ConnectionString $connection")]
    public void Both_containers_give_what_was_written_by_every_way_in(string way)
    {
        using var session = Open();

        var records = session.Run($"Get-NsgFlowRecord {way} {SharedAccount.Hours}").Clean().Records;

        foreach (var sample in shared.All)
        {
            var names = sample.Blobs.Select(static blob => blob.Name).ToHashSet();
            var own = records.Where(record => names.Contains(record.Blob!)).ToList();
            Assert.True(sample.Truth.Tuples > 500 && sample.Truth.DeniedTuples > 10, "The sample is too small to prove anything.");
            Assert.Equal(sample.Truth.Tuples, own.Count);
            Assert.Equal(sample.Truth.DeniedTuples, own.Count(static record => record.Decision == FlowDecision.Deny));
            Assert.Equal(sample.Truth.BytesSent, own.Sum(static record => record.BytesSent));
            Assert.Equal(sample.Truth.BytesReceived, own.Sum(static record => record.BytesReceived));
        }

        Assert.Equal(shared.All.Sum(static sample => sample.Truth.Tuples), records.Count);
    }

    [AzuriteFact]
    public void Records_come_in_the_order_of_the_listing_and_then_of_the_blob()
    {
        using var session = Open();

        var blobs = session.Run($"Get-NsgFlowBlob -StorageAccount $url -AccountKey $key {SharedAccount.Hours}").Clean().Blobs;
        var records = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours}").Clean().Records;

        Assert.Equal(shared.All.Sum(static sample => sample.Truth.Blobs), blobs.Count);
        Assert.Equal(blobs.OrderBy(static blob => blob.Hour).Select(static blob => blob.Name), blobs.Select(static blob => blob.Name));
        Assert.Equal(Expected(blobs), records.Select(static record => SampleRow.From(record)));
    }

    [AzuriteFact]
    public void A_folder_with_the_same_blobs_gives_the_same_records()
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-e2e-").FullName;
        try
        {
            foreach (var sample in On().All)
            {
                sample.SaveTo(folder);
            }

            using var session = SharedAccount.Session(shared.Pool.Account, ("folder", folder));
            var online = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours}").Clean().Records;
            var offline = session.Run("Get-NsgFlowRecord -Path $folder").Clean().Records;

            Assert.Equal(ByBlob(online, static name => name), ByBlob(offline, name => string.Join('/', Path.GetRelativePath(folder, name).Split(Path.DirectorySeparatorChar).Skip(1))));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [AzuriteFact]
    public void A_wildcard_chooses_security_groups()
    {
        using var session = Open();

        var records = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -Nsg AKS-*").Clean().Records;
        Assert.Equal(shared.Pool.Rows.Count, records.Count);
        Assert.Equal(shared.Pool.Blobs.Select(static blob => blob.Name).ToHashSet(), records.Select(static record => record.Blob!).ToHashSet());

        var none = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -Nsg nobody-*");
        Assert.Empty(none.Output);
        Assert.Empty(none.Errors);
        Assert.Single(none.Warnings);
    }

    [AzuriteFact]
    public void Start_and_end_cut_within_an_hour()
    {
        using var session = Open();
        var (start, end) = (SharedAccount.Start.AddMinutes(30), SharedAccount.Start.AddMinutes(75));

        var records = session.Run("Get-NsgFlowRecord -StorageAccount $url -AccountKey $key -StartTime 2026-11-01T00:30 -EndTime 2026-11-01T01:15").Clean().Records;

        var expected = shared.All.SelectMany(static sample => sample.Rows).Where(row => row.Time >= start && row.Time < end).ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(Sorted(expected), Sorted(records.Select(static record => SampleRow.From(record))));
    }

    [AzuriteFact]
    public void Only_denied_records_are_asked_for()
    {
        using var session = Open();

        var records = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -Decision Deny").Clean().Records;

        Assert.Equal(shared.All.Sum(static sample => sample.Truth.DeniedTuples), records.Count);
        Assert.All(records, static record => Assert.Equal(FlowDecision.Deny, record.Decision));
    }

    [AzuriteFact]
    public void First_and_tail_are_the_beginning_and_the_newest()
    {
        using var session = Open();
        var all = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours}").Clean().Records.Select(static record => SampleRow.From(record)).ToList();

        var first = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -First 7").Clean().Records;
        Assert.Equal(all.Take(7), first.Select(static record => SampleRow.From(record)));

        // The newest 25; of those at the same moment the later ones; in the order they have among all.
        var newest = all.Select(static (row, index) => (row, index)).OrderByDescending(static at => at.row.Milliseconds).ThenByDescending(static at => at.index)
            .Take(25).OrderBy(static at => at.index).Select(static at => at.row);
        var tail = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -Tail 25").Clean().Records;
        Assert.Equal(newest, tail.Select(static record => SampleRow.From(record)));
    }

    [AzuriteFact]
    public void One_download_at_a_time_gives_the_same_as_eight()
    {
        using var session = Open();

        var one = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -ThrottleLimit 1").Clean().Records;
        var eight = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours} -ThrottleLimit 8").Clean().Records;

        Assert.Equal(shared.All.Sum(static sample => sample.Truth.Tuples), one.Count);
        Assert.Equal(one.Select(static record => SampleRow.From(record)), eight.Select(static record => SampleRow.From(record)));
    }

    private static IEnumerable<SampleRow> Sorted(IEnumerable<SampleRow> rows) => rows.OrderBy(static row => row.ToString(), StringComparer.Ordinal);

    private static Dictionary<string, List<SampleRow>> ByBlob(IEnumerable<FlowRecord> records, Func<string, string> name) =>
        records.Select(record => SampleRow.From(record, name(record.Blob!))).GroupBy(static row => row.Blob).ToDictionary(static rows => rows.Key, static rows => rows.ToList());

    private SharedAccount On() => shared.On(azurite);

    private IEnumerable<SampleRow> Expected(IEnumerable<FlowBlob> blobs)
    {
        var rows = shared.RowsByBlob;
        return blobs.SelectMany(blob => rows[blob.Name]);
    }

    private CmdletSession Open()
    {
        var account = On().Account!;
        var secure = new SecureString();
        foreach (var c in TestAccount.Key)
        {
            secure.AppendChar(c);
        }

        var sas = new AccountSasBuilder(AccountSasPermissions.Read | AccountSasPermissions.List, DateTimeOffset.UtcNow.AddDays(1), AccountSasServices.Blobs, AccountSasResourceTypes.All)
        {
            Protocol = SasProtocol.HttpsAndHttp,
        };
        return SharedAccount.Session(
            shared.Pool.Account,
            ("secure", secure),
            ("sas", sas.ToSasQueryParameters(account.SharedKey).ToString()),
            ("connection", $"DefaultEndpointsProtocol=http;AccountName={account.Name};AccountKey={TestAccount.Key};BlobEndpoint={account.Endpoint};"));
    }
}
