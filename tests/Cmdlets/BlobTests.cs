using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Azure.Storage.Sas;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;
using Xunit.Abstractions;

namespace NsgFlow.CmdletTests;

[Collection(CmdletGroup.Name)]
public sealed class BlobTests(Azurite azurite, SharedAccount shared, ITestOutputHelper output)
{
    [AzuriteFact]
    public void A_listed_blob_tells_what_its_name_and_the_service_tell()
    {
        using var session = SharedAccount.Session(shared.On(azurite).Pool.Account);

        var listed = session.Run($"Get-NsgFlowBlob -StorageAccount $url -AccountKey $key {SharedAccount.Hours}").Clean().Blobs;

        foreach (var sample in shared.All)
        {
            var isVNet = sample == shared.VNet;
            foreach (var made in sample.Blobs)
            {
                var blob = Assert.Single(listed, blob => blob.Name == made.Name);
                Assert.Equal(shared.Account!.Name, blob.Account);
                Assert.Equal(isVNet ? "insights-logs-flowlogflowevent" : "insights-logs-networksecuritygroupflowevent", blob.Container);
                Assert.Equal(isVNet ? FlowLogKind.VirtualNetwork : FlowLogKind.Nsg, blob.Kind);
                Assert.Contains(blob.MacAddress, sample.Truth.MacAddresses);
                Assert.Contains("macAddress=" + blob.MacAddress, made.Name, StringComparison.Ordinal);
                Assert.Equal(made.Name.Contains("/h=00/", StringComparison.Ordinal) ? SharedAccount.Start : SharedAccount.Start.AddHours(1), blob.Hour);
                Assert.Equal(made.Length, blob.Length);
                Assert.InRange(DateTime.UtcNow - blob.LastModified!.Value, TimeSpan.FromSeconds(-2), TimeSpan.FromMinutes(30));
                Assert.False(blob.IsOpen);
            }
        }

        Assert.Equal(["AKS-AGENTPOOL-NSG", "WEB-NSG"], listed.Where(static blob => blob.Kind == FlowLogKind.Nsg).Select(static blob => blob.Target!.ToUpperInvariant()).Distinct().Order());
        Assert.Equal("AKS-VNET-12345678-MC_SHOP_PROD_WESTEUROPE-FLOWLOG", Assert.Single(listed.Where(static blob => blob.Kind == FlowLogKind.VirtualNetwork).Select(static blob => blob.Target!.ToUpperInvariant()).Distinct()));
    }

    [AzuriteFact]
    public void The_blob_of_the_running_hour_is_open()
    {
        var hour = DateTime.UtcNow.Date.AddHours(DateTime.UtcNow.Hour);
        var sample = new StoredSample(azurite.NewAccount(), new FlowSampleOptions { StartTime = hour.AddHours(-2), Hours = 3, Nic = 1, TuplesPerMinute = 2 });
        using var session = SharedAccount.Session(sample.Account);

        var blobs = session.Run("Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -Last 4h").Clean().Blobs;

        Assert.Equal([hour.AddHours(-2), hour.AddHours(-1), hour], blobs.Select(static blob => blob.Hour!.Value));
        Assert.False(blobs[0].IsOpen);
        Assert.True(blobs[2].IsOpen);
    }

    [AzuriteFact]
    public void Listed_blobs_are_read_from_the_pipeline()
    {
        using var session = SharedAccount.Session(shared.On(azurite).Pool.Account);

        var piped = session.Run($"Get-NsgFlowBlob -StorageAccount $url -AccountKey $key {SharedAccount.Hours} | Get-NsgFlowRecord").Clean().Records;
        var direct = session.Run($"Get-NsgFlowRecord -StorageAccount $url -AccountKey $key {SharedAccount.Hours}").Clean().Records;

        Assert.Equal(shared.All.Sum(static sample => sample.Truth.Tuples), piped.Count);
        Assert.Equal(direct.Select(static record => SampleRow.From(record)), piped.Select(static record => SampleRow.From(record)));
    }

    [AzuriteFact]
    public void One_hour_of_one_security_group_among_many_costs_few_list_calls()
    {
        const int Groups = 60;
        const int Hours = 24;
        var account = azurite.NewAccount();
        UploadEmpty(account, Enumerable.Range(0, Groups * Hours).Select(static i => Name($"NSG-{i / Hours:00}", SharedAccount.Start.AddHours(i % Hours))));
        using var proxy = new FaultProxy(azurite.Port);
        using var session = SharedAccount.Session(account.EndpointAt(proxy.Port).AbsoluteUri);

        var blobs = session.Run("Get-NsgFlowBlob -StorageAccount $url -AccountKey $key -Nsg nsg-42 -StartTime 2026-11-01T10 -EndTime 2026-11-01T10:58").Clean().Blobs;

        Assert.Equal(Name("NSG-42", SharedAccount.Start.AddHours(10)), Assert.Single(blobs).Name);
        var calls = proxy.Requests.Count(static line => line.Contains("comp=list", StringComparison.Ordinal));
        output.WriteLine($"{calls} list calls");
        Assert.InRange(calls, 1, 8);
        Assert.Equal(calls, proxy.Requests.Count);
    }

    [AzuriteFact]
    public void Two_thousand_blobs_are_listed_page_by_page()
    {
        const int Groups = 40;
        const int Hours = 50;
        var account = azurite.NewAccount();
        var names = Enumerable.Range(0, Groups * Hours).Select(static i => Name($"NSG-{i / Hours:00}", SharedAccount.Start.AddHours(i % Hours))).ToList();
        UploadEmpty(account, names);
        var sas = new AccountSasBuilder(AccountSasPermissions.Read | AccountSasPermissions.List, DateTimeOffset.UtcNow.AddDays(1), AccountSasServices.Blobs, AccountSasResourceTypes.All)
        {
            Protocol = SasProtocol.HttpsAndHttp,
        };

        // A page has 5,000 names, so the proxy asks for less in the client's place.
        using var proxy = new FaultProxy(azurite.Port)
        {
            Rewrite = static line => line.Replace("comp=list", "comp=list&maxresults=150", StringComparison.Ordinal),
        };
        using var session = SharedAccount.Session(account.EndpointAt(proxy.Port).AbsoluteUri, ("sas", sas.ToSasQueryParameters(account.SharedKey).ToString()));
        foreach (var time in new[] { "-StartTime 2026-11-01 -EndTime 2026-11-04", "-StartTime 2026-11-01 -EndTime 2026-11-04 -Nsg nsg-*" })
        {
            var before = proxy.Requests.Count;
            var blobs = session.Run($"Get-NsgFlowBlob -StorageAccount $url -SasToken $sas {time}").Clean().Blobs;

            Assert.Equal(names.Order(StringComparer.Ordinal), blobs.Select(static blob => blob.Name).Order(StringComparer.Ordinal));
            Assert.Equal(blobs.Select(static blob => blob.Hour).Order(), blobs.Select(static blob => blob.Hour));
            var pages = proxy.Requests.Skip(before).Count(static line => line.Contains("marker=", StringComparison.Ordinal));
            output.WriteLine($"{proxy.Requests.Count - before} list calls, {pages} of them for a next page");
            Assert.True(pages >= 2000 / 150, $"{pages} pages");
        }
    }

    private static string Name(string nsg, DateTime hour) =>
        "resourceId=/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/"
        + $"{nsg}/y={hour:yyyy}/m={hour:MM}/d={hour:dd}/h={hour:HH}/m=00/macAddress=000D3A000001/PT1H.json";

    private static void UploadEmpty(TestAccount account, IEnumerable<string> names)
    {
        var container = account.Client.GetBlobContainerClient("insights-logs-networksecuritygroupflowevent");
        container.CreateIfNotExists();
        Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (name, stop) =>
        {
            using var content = new MemoryStream("{\"records\":[]}"u8.ToArray());
            await container.GetBlobClient(name).UploadAsync(content, stop);
        }).Wait(CancellationToken.None);
    }
}
