using System;
using NsgFlow.Setup;
using Xunit;
using static NsgFlow.FlowLogCheckResult;
using static NsgFlow.Unit.Setup.Checks.GoodFacts;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Setup.Checks;

public class StorageCheckTests
{
    [Fact]
    public void StorageAccount()
    {
        Expect(OfNetwork(), "StorageAccount", Pass);
        Expect(OfNetwork() with { Storage = default }, "StorageAccount", Fail, "does not exist any more");
        Expect(OfNetwork() with { Storage = Refused }, "StorageAccount", Skipped, "Storage account stflows");
    }

    [Fact]
    public void StorageKind()
    {
        Expect(OfNetwork(), "StorageKind", Pass, "stflows is StorageV2 Standard_LRS.");
        Expect(OfNetwork() with { Storage = Storage(sku: "Premium_LRS") }, "StorageKind", Fail, "Premium_LRS");
        Expect(OfNetwork() with { Storage = Storage(kind: "Storage") }, "StorageKind", Warn, "retention (30 days) works in StorageV2 accounts only");
        Expect(OfNetwork(Log(Net("hub"), days: 0)) with { Storage = Storage(kind: "Storage") }, "StorageKind", Pass);
        ExpectNone(OfNetwork() with { Storage = Refused }, "StorageKind");
    }

    [Theory]
    [InlineData("{}", Pass)]
    [InlineData("""{"networkAcls":{"defaultAction":"Allow","bypass":"None"}}""", Pass)]
    [InlineData("""{"networkAcls":{"defaultAction":"Deny","bypass":"AzureServices"}}""", Pass)]
    [InlineData("""{"networkAcls":{"defaultAction":"deny","bypass":"Logging, Metrics, azureServices"}}""", Pass)]
    [InlineData("""{"networkAcls":{"defaultAction":"Deny","bypass":"Logging, Metrics"}}""", Fail)]
    [InlineData("""{"networkAcls":{"defaultAction":"Deny"}}""", Fail)]
    [InlineData("""{"publicNetworkAccess":"Disabled","networkAcls":{"defaultAction":"Allow","bypass":"None"}}""", Fail)]
    [InlineData("""{"publicNetworkAccess":"Disabled","networkAcls":{"defaultAction":"Deny","bypass":"AzureServices"}}""", Pass)]
    public void StorageFirewall(string properties, FlowLogCheckResult result) => Expect(OfNetwork() with { Storage = Storage(properties) }, "StorageFirewall", result);

    [Fact]
    public void TheFirewallsFixCanBePasted() => Assert.Equal(
        "Allow trusted Microsoft services: Update-AzStorageAccountNetworkRuleSet -ResourceGroupName rg -Name stflows -Bypass AzureServices.",
        Expect(OfNetwork() with { Storage = Storage("""{"networkAcls":{"defaultAction":"Deny"}}""") }, "StorageFirewall", Fail).Fix);

    [Fact]
    public void SharedKey()
    {
        Expect(OfNetwork(), "SharedKey", Pass);
        Expect(OfNetwork() with { Storage = Storage("""{"allowSharedKeyAccess":false}""") }, "SharedKey", Warn, "forbids its keys");
        var identity = new FlowLog(Resource(OfNetwork().Log!.Resource.Root.Json.Replace("\"location\"", "\"identity\":{\"userAssignedIdentities\":{\"/i\":{}}},\"location\"", StringComparison.Ordinal)));
        Expect(OfNetwork(identity) with { Storage = Storage("""{"allowSharedKeyAccess":false}""") }, "SharedKey", Pass, "an identity of its own");
    }

    [Fact]
    public void Retention()
    {
        Expect(OfNetwork(), "Retention", Pass, "kept 30 days");
        Expect(OfNetwork() with { Lifecycle = Refused }, "Retention", Skipped, "The lifecycle policy of stflows");
        Expect(OfNetwork(Log(Net("hub"), days: 0)), "Retention", Warn, "kept for ever");
        Expect(OfNetwork(Log(Net("hub"), days: 0)) with { Lifecycle = Lifecycle(90) }, "Retention", Pass, "after 90 days");
        Expect(OfNetwork() with { Lifecycle = Lifecycle(7, prefix: "insights-logs-") }, "Retention", Warn, "deletes them after 7");
        Expect(OfNetwork() with { Lifecycle = Lifecycle(30) }, "Retention", Pass);
        Expect(OfNetwork() with { Lifecycle = Lifecycle(7, "tierToArchive") }, "Retention", Warn, "archives blobs after 7 days");
        Expect(OfNetwork() with { Lifecycle = Lifecycle(90, "tierToArchive") }, "Retention", Pass);
    }

    [Theory]
    // Another container's, and one for a part of ours, which may be another flow log's.
    [InlineData("insights-logs-networksecuritygroupflowevent/")]
    [InlineData("insights-logs-flowlogflowevent/flowLogResourceID=/OTHER")]
    [InlineData("pictures")]
    public void ARuleForSomethingElseDoesNotCount(string prefix)
    {
        Expect(OfNetwork() with { Lifecycle = Lifecycle(7, prefix: prefix) }, "Retention", Pass, "kept 30 days");
        Expect(OfNsg() with { Lifecycle = Lifecycle(7, prefix: "insights-logs-networksecuritygroupflowevent/") }, "Retention", Warn);
    }

    [Fact]
    public void LifecycleRules()
    {
        ExpectNone(OfNetwork(), "LifecycleRules");
        Expect(OfNetwork() with { Lifecycle = Lifecycle(90, rules: 99) }, "LifecycleRules", Pass, "99 of 100");
        Expect(OfNetwork() with { Lifecycle = Lifecycle(90, rules: 100) }, "LifecycleRules", Warn, "is full");
    }

    [Fact]
    public void ReadAccess()
    {
        Expect(OfNetwork(), "ReadAccess", Pass, "You can list");
        var denied = new NsgFlowException("StorageAccessDenied", "Refused (AuthorizationPermissionMismatch).", "Ask for a role.");
        var check = Expect(OfNetwork() with { Arrival = denied, StorageRights = Rights("Microsoft.Storage/storageAccounts/queueServices/*") }, "ReadAccess", Fail, "AuthorizationPermissionMismatch");
        Assert.StartsWith("Ask for a role. You have no role that reads blobs", check.Fix, StringComparison.Ordinal);
        Assert.Contains("it is the firewall", Expect(OfNetwork() with { Arrival = denied }, "ReadAccess", Fail).Fix, StringComparison.Ordinal);
        Assert.Equal("Ask for a role.", Expect(OfNetwork() with { Arrival = denied, StorageRights = Refused }, "ReadAccess", Fail).Fix);
        Expect(OfNetwork() with { Arrival = Refused }, "ReadAccess", Skipped);
        // Nobody looked: what the roles say.
        Expect(OfNetwork() with { Arrival = default }, "ReadAccess", Pass, "You have a role");
        Expect(OfNetwork() with { Arrival = default, StorageRights = new CallerRights([]) }, "ReadAccess", Warn, "You have no role");
        Expect(OfNetwork() with { Arrival = default, StorageRights = Refused }, "ReadAccess", Skipped);
    }

    [Theory]
    [InlineData(0, Pass, "0 seconds ago (2026-11-23 09:00:00Z)")]
    [InlineData(-1, Pass, "0 seconds ago")]
    [InlineData(10, Pass, "10 minutes ago")]
    [InlineData(11, Warn, "11 minutes ago")]
    [InlineData(24 * 60, Warn, "24 hours ago")]
    [InlineData((24 * 60) + 1, Fail, "24 hours ago")]
    [InlineData(4000, Fail, "2 days ago")]
    public void Data(int minutes, FlowLogCheckResult result, string says) =>
        Expect(OfNetwork() with { Arrival = new FlowArrival(Blob(Now.AddMinutes(-minutes)), TimeSpan.FromHours(1)) }, "Data", result, says);

    [Fact]
    public void NoData()
    {
        Expect(OfNetwork() with { Arrival = FlowArrival.NoContainer }, "Data", Fail, "no container");
        Expect(OfNetwork() with { Arrival = new FlowArrival(null, TimeSpan.FromDays(7)) }, "Data", Fail, "no blob of this flow log of the last 7 days");
        Expect(OfNetwork() with { Arrival = Refused }, "Data", Skipped);
        ExpectNone(OfNetwork() with { Arrival = default }, "Data");
        ExpectNone(OfNetwork(Log(Net("hub"), enabled: false)), "Data");
    }

    [Theory]
    [InlineData("""{"actions":["*"],"notActions":["Microsoft.X/y/delete"]}""", "Microsoft.X/y/read", true)]
    [InlineData("""{"actions":["*"],"notActions":["Microsoft.X/y/delete"]}""", "microsoft.x/Y/DELETE", false)]
    [InlineData("""{"actions":["*/read"]}""", "Microsoft.X/y/read", true)]
    [InlineData("""{"actions":["Microsoft.X/*/read"]}""", "Microsoft.X/y/z/read", true)]
    [InlineData("""{"actions":[],"dataActions":["*"]}""", "Microsoft.X/y/read", false)]
    public void RightsAreMatchedAsRolesAre(string permission, string action, bool allowed)
    {
        Assert.Equal(allowed, new CallerRights([Resource(permission)]).Allow(action));
        // A second role gives what the first one takes out.
        Assert.True(new CallerRights([Resource(permission), Resource($$"""{"actions":["{{action}}"]}""")]).Allow(action));
    }
}
