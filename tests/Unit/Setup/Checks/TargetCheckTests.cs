using System.Linq;
using System.Text.Json.Nodes;
using NsgFlow.Setup;
using Xunit;
using static NsgFlow.FlowLogCheckResult;
using static NsgFlow.Unit.Setup.Checks.GoodFacts;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Setup.Checks;

public class TargetCheckTests
{
    [Fact]
    public void DoubleLogging()
    {
        Expect(OfNetwork(), "DoubleLogging", Pass);
        var both = OfNetwork() with { Neighbours = Facts(Log(Net("hub")), Log(Nsg("web"))) };
        Assert.Equal("Disable the NSG flow logs: Disable-NsgFlowLog -Name web-log.", Expect(both, "DoubleLogging", Warn, "with how many: web-log (2).").Fix);
        // Seen from the other side, it is the same one that goes.
        var other = OfNsg() with { Neighbours = Facts(Log(Net("hub")), Log(Nsg("web"))) };
        Assert.Equal("Disable the NSG flow logs: Disable-NsgFlowLog -Name web-log.", Expect(other, "DoubleLogging", Warn, "with how many: hub-log (2).").Fix);
        Expect(OfNetwork() with { Neighbours = Facts(Log(Net("hub")), Log(Nsg("web"), enabled: false)) }, "DoubleLogging", Pass);
        // Of the new kind only one writes.
        Expect(OfNetwork() with { Neighbours = Facts(Log(Net("hub")), Log(Subnet("hub", "web")), Log(Nic("a"))) }, "DoubleLogging", Pass);
        Expect(OfNetwork() with { Layout = Refused }, "DoubleLogging", Skipped);
        Expect(OfNetwork() with { Neighbours = Refused }, "DoubleLogging", Skipped);
        ExpectNone(OfNetwork(Log(Net("hub"), enabled: false)), "DoubleLogging");
    }

    [Fact]
    public void AnNsgOnAnInterfaceLogsItTwiceToo()
    {
        var network = Hub().WithNsg("own", "c");
        Expect(Of(Log(Subnet("hub", "db")), network) with { Neighbours = Facts(Log(Nsg("own"))) }, "DoubleLogging", Warn, "own-log (1)");
        Expect(Of(Log(Subnet("hub", "web")), network) with { Neighbours = Facts(Log(Nsg("own"))) }, "DoubleLogging", Pass);
    }

    [Theory]
    [InlineData("Microsoft.Web/serverFarms", Warn, "hub/web (App Service, Functions and Logic Apps)")]
    [InlineData("microsoft.netapp/volumes", Warn, "hub/web (NetApp Files)")]
    [InlineData("Microsoft.Sql/managedInstances", Warn, "SQL Managed Instance")]
    [InlineData("Microsoft.Databricks/workspaces", Pass, "")]
    public void UnsupportedServices(string service, FlowLogCheckResult result, string says)
    {
        var delegations = new JsonArray(new JsonObject { ["properties"] = new JsonObject { ["serviceName"] = service } });
        Expect(Of(Log(Net("hub")), Hub().With("hub", "web", "delegations", delegations)), "UnsupportedServices", result, says);
    }

    [Fact]
    public void ApplicationGatewaysAreMissedByNsgFlowLogsOnly()
    {
        var gateways = () => new JsonArray(new JsonObject { ["id"] = "/g" });
        Expect(Of(Log(Nsg("web")), Hub().With("hub", "web", "applicationGatewayIPConfigurations", gateways())), "UnsupportedServices", Warn, "Application Gateway");
        Expect(Of(Log(Net("hub")), Hub().With("hub", "web", "applicationGatewayIPConfigurations", gateways())), "UnsupportedServices", Pass);
        Expect(OfNetwork() with { Layout = Refused }, "UnsupportedServices", Skipped);
    }

    [Fact]
    public void FlowTimeout()
    {
        Expect(OfNsg(), "FlowTimeout", Pass);
        Expect(Of(Log(Nsg("web")), Hub()), "FlowTimeout", Warn, "flowTimeoutInMinutes of hub is not set");
        ExpectNone(OfNetwork(), "FlowTimeout");
    }

    [Fact]
    public void Locks()
    {
        var readOnly = Facts(Resource("""{"name":"freeze","properties":{"level":"ReadOnly"}}"""));
        Expect(OfNetwork(), "Locks", Pass);
        Expect(OfNetwork() with { TargetLocks = Facts(Resource("""{"name":"keep","properties":{"level":"CanNotDelete"}}""")) }, "Locks", Pass);
        Expect(OfNetwork() with { TargetLocks = readOnly }, "Locks", Warn, "freeze on virtual network 'hub'");
        Expect(OfNetwork() with { StorageLocks = readOnly }, "Locks", Warn, "freeze on storage account stflows");
        Expect(OfNetwork() with { StorageLocks = Refused }, "Locks", Skipped);
    }

    [Fact]
    public void NamesAreStable() => Assert.Equal(
        [
            "Provider", "NetworkWatcher", "FlowLog", "Enabled", "Provisioning", "Target", "Region", "Format", "Records", "StorageAccount", "StorageKind", "StorageFirewall", "SharedKey",
            "Retention", "LifecycleRules", "ReadAccess", "Data", "TrafficAnalytics", "Workspace", "WorkspaceProvider", "WorkspaceAccess", "DoubleLogging", "UnsupportedServices", "FlowTimeout", "Locks", "Retirement",
        ],
        CheckList.Run(OfNsg() with { Lifecycle = Lifecycle(90) }).Select(check => check.Check));
}
