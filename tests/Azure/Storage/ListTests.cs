using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

[Collection(AzuriteGroup.Name)]
public sealed class ListTests(Azurite azurite)
{
    private static readonly DateTime s_hour = FlowBlobs.Now.Date.AddHours(8);

    [AzuriteFact]
    public async Task Both_containers_come_in_order_of_hour_target_and_mac()
    {
        var account = azurite.NewAccount();
        var hours = new[] { s_hour, s_hour.AddHours(1) };
        await FlowBlobs.UploadAsync(
            account.Client.GetBlobContainerClient(FlowContainers.Nsg),
            from hour in hours from nsg in new[] { "B-NSG", "D-NSG" } from mac in new[] { 2, 1 } select FlowBlobs.Name(FlowBlobs.NsgTarget(nsg), hour, mac));
        await FlowBlobs.UploadAsync(
            account.Client.GetBlobContainerClient(FlowContainers.VirtualNetwork),
            from hour in hours from log in new[] { "A-LOG", "C-LOG" } select FlowBlobs.Name(FlowBlobs.VNetTarget(log), hour));

        foreach (var query in new[] { FlowBlobQuery.Everything, new FlowBlobQuery { Start = s_hour } })
        {
            var blobs = FlowBlobs.Open(account).All(query);

            Assert.Equal(12, blobs.Length);
            Assert.Equal(blobs.Select(Order).Order(StringComparer.Ordinal), blobs.Select(Order));
            var first = blobs[0];
            Assert.Equal("A-LOG", first.Target);
            Assert.Equal(FlowLogKind.VirtualNetwork, first.Kind);
            Assert.Equal(account.Name, first.Account);
            Assert.Equal(FlowContainers.VirtualNetwork, first.Container);
            Assert.Equal(s_hour, first.Hour);
            Assert.Equal(14, first.Length);
            Assert.Equal("000000000001", first.MacAddress);
            Assert.NotNull(first.ETag);
            Assert.NotNull(first.LastModified);
            Assert.Equal(FlowBlobs.Subscription, first.SubscriptionId);
            Assert.True(first.IsOpen == FlowBlobName.IsOpen(s_hour, FlowBlobs.Now));
            Assert.EndsWith("/NETWORKSECURITYGROUPS/B-NSG", blobs[1].ResourceId, StringComparison.Ordinal);
            Assert.True(blobs[^1].IsOpen);
        }
    }

    [AzuriteFact]
    public async Task One_hour_of_one_group_costs_a_handful_of_requests()
    {
        var account = azurite.NewAccount();
        await FlowBlobs.UploadAsync(
            account.Client.GetBlobContainerClient(FlowContainers.Nsg),
            from nsg in Enumerable.Range(0, 200) from hour in Enumerable.Range(0, 12) select FlowBlobs.Name(FlowBlobs.NsgTarget($"NSG-{nsg:000}"), s_hour.AddHours(-hour)));

        // A quarter of what Azure has on a page, since a quarter of two days is stored: Azurite takes a while to write.
        var store = FlowBlobs.Open(account, pageSize: 1250);
        var query = new FlowBlobQuery { Scope = new FlowScope { Nsg = ["nsg-117"] }, Start = s_hour, End = s_hour.AddHours(1) };

        var blob = Assert.Single(store.All(query));

        Assert.Equal("NSG-117", blob.Target);
        Assert.Equal(s_hour, blob.Hour);
        Assert.InRange(store.ListCalls, 1, 8);

        // With the whole id, the groups need not be looked for.
        query = new FlowBlobQuery { Scope = new FlowScope { ResourceId = [blob.ResourceId!.ToLowerInvariant()] }, Start = s_hour, End = s_hour.AddHours(1) };
        Assert.Equal(blob.Name, Assert.Single(store.All(query)).Name);
        Assert.InRange(store.ListCalls, 1, 6);

        // 200 targets times two hours by prefix would be 400 requests; everything is two pages.
        query = new FlowBlobQuery { Start = s_hour, End = s_hour.AddHours(1) };
        Assert.Equal(200, store.All(query).Length);
        Assert.InRange(store.ListCalls, 1, 12);

        // The flat attempt is given up when it is the dearer way, and the answer is the same.
        var small = FlowBlobs.Open(account, pageSize: 25);
        Assert.Equal(store.All(query).Select(static b => b.Name), small.All(query).Select(static b => b.Name));

        // Everything, by pages.
        var all = FlowBlobs.Open(account, pageSize: 125);
        Assert.Equal(2_400, all.All().Length);
        Assert.InRange(all.ListCalls, 20, 22);
    }

    [AzuriteFact]
    public async Task Two_thousand_blobs_come_in_small_pages()
    {
        var account = azurite.NewAccount();
        await FlowBlobs.UploadAsync(
            account.Client.GetBlobContainerClient(FlowContainers.Nsg),
            from mac in Enumerable.Range(0, 1_000) from hour in Enumerable.Range(0, 2) select FlowBlobs.Name(FlowBlobs.NsgTarget("N"), s_hour.AddHours(-hour), mac));
        var store = FlowBlobs.Open(account, pageSize: 77);

        var blobs = store.All();
        Assert.Equal(2_000, blobs.Select(static b => b.Name).Distinct().Count());
        Assert.Equal(27, store.ListCalls);
        Assert.Single(store.All(new FlowBlobQuery { MacAddresses = ["0000000000FF"], Start = s_hour }));

        // The first comes early: nothing is listed before it is asked for.
        _ = store.List(FlowBlobQuery.Everything, CancellationToken.None);
        Assert.Equal(0, store.ListCalls);
    }

    [AzuriteFact]
    public async Task Names_in_every_form_are_found_and_other_logs_are_not()
    {
        const string Sub = FlowBlobs.Subscription;
        var account = azurite.NewAccount();
        var tail = FlowBlobs.Name(string.Empty, s_hour);
        var names = new[]
        {
            $"flowLogResourceID=/SUBSCRIPTIONS/{Sub}/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_EASTUS/FLOWLOGS/ONE/{tail}",
            $"flowLogResourceID=/{Sub}_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_VNET1-RG-FLOWLOGS/{tail}",
            $"flowLogResourceID=/{Sub}_OTHERRG/NETWORKWATCHER_EASTUS_THREE/{tail}",
            $"resourceId=/subscriptions/{Sub}/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/lower/{tail}",
            $"copied/{FlowBlobs.NsgTarget("COPIED")}{tail}",
            "loose.json",
        };
        string[] unwanted = ["readme.txt", $"resourceId=/subscriptions/{Sub}/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v/{tail}"];
        await FlowBlobs.UploadAsync(account.Client.GetBlobContainerClient("mine"), names.Concat(unwanted));
        var store = FlowBlobs.Open(new Uri(account.Endpoint.AbsoluteUri + "/mine"), Key());

        Assert.Equal(["mine"], store.Containers);
        foreach (var query in new[] { FlowBlobQuery.Everything, new FlowBlobQuery { Start = s_hour, End = s_hour.AddHours(1) } })
        {
            var blobs = store.All(query);
            Assert.Equal(names.Order(StringComparer.Ordinal), blobs.Select(static b => b.Name).Order(StringComparer.Ordinal));
            Assert.Equal("loose.json", blobs[0].Name);
        }

        var scoped = store.All(new FlowBlobQuery { Scope = new FlowScope { Nsg = ["low*"] }, Start = s_hour });
        Assert.Contains(scoped, static b => b.Target == "lower");
        Assert.DoesNotContain(scoped, static b => b.Target == "COPIED");
        Assert.DoesNotContain(store.All(new FlowBlobQuery { Start = s_hour.AddHours(-5), End = s_hour.AddHours(-4) }), static b => b.Hour is not null);
    }

    [AzuriteFact]
    public async Task A_missing_default_container_is_no_error_but_both_are_and_so_is_a_named_one()
    {
        var account = azurite.NewAccount();
        var none = Assert.Throws<NsgFlowException>(() => FlowBlobs.Open(account).All());
        Assert.Equal("ContainerNotFound", none.ErrorId);
        Assert.Contains("No flow log has written to this account yet", none.RecommendedAction, StringComparison.Ordinal);

        await FlowBlobs.UploadAsync(account.Client.GetBlobContainerClient(FlowContainers.VirtualNetwork), [FlowBlobs.Name(FlowBlobs.VNetTarget("L"), s_hour)]);
        Assert.Single(FlowBlobs.Open(account).All());

        var store = FlowBlobs.Open(account.Endpoint, Key(), containers: [FlowContainers.VirtualNetwork, "nowhere"]);
        var named = Assert.Throws<NsgFlowException>(() => store.All());
        Assert.Equal("ContainerNotFound", named.ErrorId);
        Assert.Contains("nowhere", named.Message, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task The_listing_that_is_cancelled_ends()
    {
        var account = azurite.NewAccount();
        await FlowBlobs.UploadAsync(account.Client.GetBlobContainerClient(FlowContainers.Nsg), [FlowBlobs.Name(FlowBlobs.NsgTarget("N"), s_hour)]);
        using var proxy = new FaultProxy(azurite.Port) { Decide = static _ => new Fault(HangAfter: 0) };
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), Key());
        var clock = System.Diagnostics.Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => store.List(FlowBlobQuery.Everything, stop.Token).ToArray());
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
    }

    private static string Order(FlowBlob blob) => $"{blob.Hour:s} {blob.Target} {blob.MacAddress}";

    private static Azure.Storage.StorageCredential Key() => Azure.Storage.StorageCredential.FromKey(TestAccount.Key);
}
