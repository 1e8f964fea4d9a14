using NsgFlow.Setup;
using Xunit;
using static NsgFlow.FlowLogCheckResult;
using static NsgFlow.Unit.Setup.Checks.GoodFacts;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Setup.Checks;

public class AnalyticsCheckTests
{
    [Fact]
    public void TrafficAnalytics()
    {
        Expect(OfNetwork(), "TrafficAnalytics", Pass, "every 60 minutes, into law");
        Expect(OfNetwork(Log(Net("hub"))), "TrafficAnalytics", Pass, "is off");
        Expect(OfNetwork(Log(Net("hub"), enabled: false, workspace: "law")), "TrafficAnalytics", Fail, "the flow log is disabled");
        Expect(OfNetwork(Log(Net("hub"), workspace: "law", interval: 30)), "TrafficAnalytics", Warn, "30 minutes");
    }

    [Fact]
    public void Workspace()
    {
        Expect(OfNetwork(), "Workspace", Pass, "law is there, in West Europe");
        Expect(OfNetwork() with { Workspace = default }, "Workspace", Fail, "does not exist any more");
        Expect(OfNetwork() with { Workspace = Refused }, "Workspace", Skipped, "Workspace law");
        Expect(
            OfNetwork() with { Workspace = Resource("""{"name":"law","location":"westeurope","properties":{"customerId":"0"}}""") },
            "Workspace", Fail, "The flow log says workspace id 99999999-2222-3333-4444-555555555555, but that of law is 0");
        Expect(
            OfNetwork() with { Workspace = Resource("""{"name":"law","location":"uksouth","properties":{"customerId":"99999999-2222-3333-4444-555555555555"}}""") },
            "Workspace", Fail, "The flow log says workspace region westeurope, but law is in uksouth");
        ExpectNone(OfNetwork(Log(Net("hub"))), "Workspace");
    }

    [Fact]
    public void WorkspaceAccess()
    {
        Expect(OfNetwork(), "WorkspaceAccess", Pass);
        Expect(
            OfNetwork() with { WorkspaceRights = new CallerRights([Resource("""{"actions":["*/read","Microsoft.Insights/*"]}""")]) },
            "WorkspaceAccess", Warn, "into law: Microsoft.OperationalInsights/workspaces/sharedKeys/action missing");
        Expect(OfNetwork() with { WorkspaceRights = Refused }, "WorkspaceAccess", Skipped);
        ExpectNone(OfNetwork() with { Workspace = Refused }, "WorkspaceAccess");
    }
}
