using NsgFlow.Setup;
using Xunit;
using static NsgFlow.FlowLogCheckResult;
using static NsgFlow.Unit.Setup.Checks.GoodFacts;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Setup.Checks;

public class ServiceCheckTests
{
    [Fact]
    public void NothingIsWrongWithGoodFacts()
    {
        foreach (var facts in new[] { OfNetwork(), OfNsg() })
        {
            foreach (var check in CheckList.Run(facts))
                Assert.True(check.Result == Pass || (check.Check == "Retirement" && check.Result == Warn), check.ToString());
        }
    }

    [Fact]
    public void Provider()
    {
        Expect(OfNetwork(), "Provider", Pass);
        Expect(OfNetwork() with { Insights = GoodFacts.Provider("NotRegistered") }, "Provider", Fail, "Microsoft.Insights is not registered in subscription 11111111-2222-3333-4444-555555555555 (state NotRegistered)");
        Expect(OfNetwork() with { Insights = default }, "Provider", Fail, "NotRegistered");
        Expect(OfNetwork() with { Insights = Refused }, "Provider", Skipped, "Microsoft.Insights");
    }

    [Fact]
    public void WorkspaceProvider()
    {
        Expect(OfNetwork(), "WorkspaceProvider", Pass);
        Expect(OfNetwork() with { WorkspaceProvider = GoodFacts.Provider("Unregistered") }, "WorkspaceProvider", Fail, "Microsoft.Network is not registered");
        Expect(OfNetwork() with { WorkspaceProvider = Refused }, "WorkspaceProvider", Skipped);
        ExpectNone(OfNetwork(Log(Net("hub"))), "WorkspaceProvider");
    }

    [Fact]
    public void NetworkWatcher()
    {
        Expect(OfNetwork(), "NetworkWatcher", Pass);
        Expect(OfNetwork() with { Watcher = default }, "NetworkWatcher", Fail, "no network watcher in westeurope of subscription 11111111");
        Expect(OfNetwork() with { Watcher = Resource("""{"name":"w","properties":{"provisioningState":"Updating"}}""") }, "NetworkWatcher", Warn, "state Updating");
        Expect(OfNetwork() with { Watcher = Refused }, "NetworkWatcher", Skipped);
    }

    [Fact]
    public void Region()
    {
        Expect(OfNetwork(), "Region", Pass, "westeurope");
        Expect(OfNetwork() with { Storage = Storage(location: "West Europe") }, "Region", Pass);
        Expect(OfNetwork() with { Storage = Storage(location: "northeurope") }, "Region", Fail, "is in westeurope, storage account stflows in northeurope");
        Expect(OfNetwork() with { Target = Resource("""{"location":"uksouth"}""") }, "Region", Fail, "The virtual network 'hub' is in uksouth, its flow log under the watcher of westeurope");
        Expect(OfNetwork() with { Storage = Refused }, "Region", Skipped);
        Expect(OfNetwork() with { Target = Refused }, "Region", Skipped);
    }

    [Fact]
    public void Target()
    {
        Expect(OfNetwork(), "Target", Pass);
        Expect(OfNetwork() with { Target = default }, "Target", Fail, "The virtual network 'hub' does not exist any more");
        Expect(OfNetwork() with { Target = Refused }, "Target", Skipped);
    }

    [Fact]
    public void ARowSaysWhatItIsAbout()
    {
        var check = Expect(OfNetwork(), "FlowLog", Pass, "hub-log logs virtual network 'hub' to stflows.");
        Assert.Equal("hub-log", check.FlowLog);
        Assert.Equal("hub", check.Target);
        Assert.Equal(Net("hub"), check.TargetResourceId);
        Assert.EndsWith("/flowLogs/hub-log", check.FlowLogId, System.StringComparison.Ordinal);
    }
}
