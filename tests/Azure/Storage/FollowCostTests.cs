using System;
using System.Linq;
using System.Threading.Tasks;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Storage;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using NsgFlow.Following;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>What following costs, counted on the wire: requests, and bytes beside those that are new.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class FollowCostTests(Azurite azurite)
{
    private static readonly DateTime s_hour = FlowBlobs.Now.Date.AddHours(9);

    /// <summary>An hour of three network interfaces, minute by minute: 2.6 KB each a minute as in real blobs, and 1 KB.</summary>
    [AzuriteTheory]
    [InlineData(30, 60, 1.05)]
    [InlineData(6, 15, 1.10)]
    public async Task Of_a_blob_that_grows_only_what_is_new_travels(int tuples, int minutes, double most)
    {
        const int Nics = 3;
        var account = azurite.NewAccount();
        var sample = new FlowSampleGenerator(new FlowSampleOptions { Hours = 1, Nic = Nics, TuplesPerMinute = tuples, StartTime = s_hour }).Generate().ToList();
        var container = account.Client.GetBlobContainerClient(sample[0].Container);
        await container.CreateAsync();
        var writers = sample.Select(blob => new AzureLikeWriter(container.GetBlockBlobClient(blob.Name))).ToList();
        using var proxy = new FaultProxy(azurite.Port);
        var poll = Poller(proxy, account, new FlowBlobQuery());
        var records = 0;
        for (var minute = 1; minute <= minutes; minute++)
        {
            for (var nic = 0; nic < Nics; nic++)
                writers[nic].Write(sample[nic].Blocks, minute);
            var requests = BlobRequests(proxy);
            records += poll();

            // Of a new blob the block list, too.
            Assert.Equal(minute == 1 ? 2 * Nics : Nics, BlobRequests(proxy) - requests);
        }

        Assert.True(records >= Nics * minutes, $"{records} records");
        var before = BlobRequests(proxy);
        Assert.Equal(0, poll());
        Assert.Equal(before, BlobRequests(proxy));
        var written = writers.Sum(static writer => (long)writer.Content.Length);
        Assert.InRange((double)proxy.RangeBytes / written, 1, most);
    }

    /// <summary>Before, an hour is all there is; then there are 400 days of it.</summary>
    [AzuriteTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_poll_costs_as_many_requests_with_400_days_of_history_as_with_an_hour(bool isScopeKnown)
    {
        var account = azurite.NewAccount();
        string[] nsgs = [FlowBlobs.NsgTarget("A"), FlowBlobs.NsgTarget("B"), FlowBlobs.NsgTarget("C", "OTHER")];
        string[] vnets = [FlowBlobs.VNetTarget("ONE"), FlowBlobs.VNetTarget("TWO")];
        await UploadAsync([s_hour]);
        var scope = isScopeKnown ? new FlowScope { Nsg = ["A", "B"] } : FlowScope.Everything;
        var young = Count();

        await UploadAsync([.. Enumerable.Range(1, 40).Select(static ten => s_hour.AddDays(-10 * ten)), .. Enumerable.Range(1, 8).Select(static hour => s_hour.AddHours(-hour))]);
        Assert.Equal(young, Count());

        // A request for the hours of the window, and then one for the running hour, of each target. What a virtual network's log has of an NSG only its blobs tell.
        var targets = isScopeKnown ? 2 + vnets.Length : nsgs.Length + vnets.Length;
        Assert.Equal((targets, targets), (young.Wide - young.Walk, young.Narrow));
        Assert.InRange(young.Walk, 2, 2 + (2 * (nsgs.Length + vnets.Length)));

        async Task UploadAsync(DateTime[] hours)
        {
            await FlowBlobs.UploadAsync(account.Client.GetBlobContainerClient(FlowContainers.Nsg), from target in nsgs from hour in hours select FlowBlobs.Name(target, hour));
            await FlowBlobs.UploadAsync(account.Client.GetBlobContainerClient(FlowContainers.VirtualNetwork), from target in vnets from hour in hours select FlowBlobs.Name(target, hour));
        }

        (int Wide, int Walk, int Narrow) Count()
        {
            // Pages so small that 400 days of a target are many.
            using var proxy = new FaultProxy(azurite.Port);
            var poll = Poller(proxy, account, new FlowBlobQuery { Scope = scope, MaxTargetAge = TimeSpan.FromMinutes(5) }, pageSize: 10, hours: 6);
            poll();
            var wide = Lists(proxy);
            var walk = proxy.Requests.Count(static line => line.Contains("delimiter=", StringComparison.Ordinal));
            poll();
            return (wide, walk, Lists(proxy) - wide);
        }
    }

    /// <summary>Listing everything would be cheaper while history is short; once it was not, it is not tried again.</summary>
    [AzuriteFact]
    public async Task Of_many_targets_everything_is_listed_at_most_once_in_vain()
    {
        const int Targets = 60;
        var account = azurite.NewAccount();
        await FlowBlobs.UploadAsync(
            account.Client.GetBlobContainerClient(FlowContainers.Nsg),
            from nsg in Enumerable.Range(0, Targets) from hour in new[] { 0, 30, 60, 90 } select FlowBlobs.Name(FlowBlobs.NsgTarget($"N{nsg:00}"), s_hour.AddHours(-hour)));
        using var proxy = new FaultProxy(azurite.Port);
        var poll = Poller(proxy, account, new FlowBlobQuery { MaxTargetAge = TimeSpan.FromMinutes(5) }, pageSize: 10);
        poll();
        var lists = Lists(proxy);
        poll();
        Assert.InRange(lists, Targets + 2, (Targets * 1.1) + 30);
        Assert.Equal(Targets, Lists(proxy) - lists);
    }

    [AzuriteFact]
    public async Task Known_targets_are_those_of_the_same_question_and_of_containers_that_are_there()
    {
        var account = azurite.NewAccount();
        var container = account.Client.GetBlobContainerClient(FlowContainers.Nsg);
        await FlowBlobs.UploadAsync(container, [FlowBlobs.Name(FlowBlobs.NsgTarget("A"), s_hour)]);
        var store = FlowBlobs.Open(account);
        var query = new FlowBlobQuery { Start = s_hour, MaxTargetAge = TimeSpan.FromMinutes(5) };
        Assert.Single(store.All(query));
        await FlowBlobs.UploadAsync(container, [FlowBlobs.Name(FlowBlobs.NsgTarget("B"), s_hour), FlowBlobs.Name(FlowBlobs.NsgTarget("A"), s_hour, 2)]);

        // An interface is none, nor is another question's answer taken for this one's.
        Assert.Equal(["A", "A"], store.All(query).Select(static blob => blob.Target));
        Assert.Equal(["B"], store.All(new FlowBlobQuery { Start = s_hour, Scope = new FlowScope { Nsg = ["B"] }, MaxTargetAge = TimeSpan.FromMinutes(5) }).Select(static blob => blob.Target));
        Assert.Equal(["A", "A", "B"], store.All(query.From(s_hour)).Select(static blob => blob.Target));
        Assert.Equal(["A", "A", "B"], store.All(new FlowBlobQuery { Start = s_hour }).Select(static blob => blob.Target));

        // A container that is gone is told, and looked for again when it has come back.
        Assert.Equal(3, store.All(query).Length);
        await container.DeleteAsync();
        Assert.Equal("ContainerNotFound", Assert.Throws<NsgFlowException>(() => store.All(query)).ErrorId);
        Assert.Equal("ContainerNotFound", Assert.Throws<NsgFlowException>(() => store.All(query)).ErrorId);
        await FlowBlobs.UploadAsync(container, [FlowBlobs.Name(FlowBlobs.NsgTarget("C"), s_hour)]);
        Assert.Equal("C", Assert.Single(store.All(query)).Target);
    }

    private static int BlobRequests(FaultProxy proxy) => proxy.Requests.Count(static line => line.Contains("PT1H.json", StringComparison.Ordinal));

    private static int Lists(FaultProxy proxy) => proxy.Requests.Count(static line => line.Contains("comp=list", StringComparison.Ordinal) && !line.Contains("PT1H.json", StringComparison.Ordinal));

    /// <summary>Polls as -Wait does: one follower, one store. Gives the number of new records.</summary>
    private static Func<int> Poller(FaultProxy proxy, TestAccount account, FlowBlobQuery query, int? pageSize = null, int hours = 0)
    {
        var store = FlowBlobs.Open(account.EndpointAt(proxy.Port), StorageCredential.FromKey(TestAccount.Key), pageSize);
        var follower = new FlowFollower(new FollowState { From = s_hour.AddHours(-hours) }) { Now = static () => FlowBlobs.Now };
        return () => follower.Poll(store.List(query.From(follower.NextStart()), default), static () => true, default).Sum(static batch => batch.Failure is null ? batch.Records.Count : throw batch.Failure);
    }
}
