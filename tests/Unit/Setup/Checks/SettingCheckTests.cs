using System;
using System.Text.Json.Nodes;
using NsgFlow.Arm;
using NsgFlow.Setup;
using Xunit;
using static NsgFlow.FlowLogCheckResult;
using static NsgFlow.Unit.Setup.Checks.GoodFacts;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Setup.Checks;

public class SettingCheckTests
{
    [Fact]
    public void WithoutAFlowLogThereIsNotMuchToCheck()
    {
        var facts = Without(OfNetwork());
        Assert.Equal("Enable-NsgFlowLog -ResourceId " + Net("hub") + " -StorageAccount <account>.", Expect(facts, "FlowLog", Fail, "Virtual network 'hub' has no flow log.").Fix);
        Expect(facts with { FlowLog = Refused }, "FlowLog", Skipped, "The flow log of virtual network 'hub'");
        foreach (var check in new[] { "Enabled", "Provisioning", "Region", "Format", "Records", "StorageAccount", "Retention", "ReadAccess", "Data", "TrafficAnalytics", "DoubleLogging", "Retirement" })
            ExpectNone(facts, check);
    }

    [Fact]
    public void AnNsgWithoutAFlowLogIsToldOfItsNetwork()
    {
        var check = Expect(Without(OfNsg()), "FlowLog", Fail, "Azure makes no new ones for NSGs since 2025-06-30");
        Assert.Equal($"Log the virtual network instead: Enable-NsgFlowLog -ResourceId {Net("hub")} -StorageAccount <account>.", check.Fix);
    }

    [Fact]
    public void WhatItsNetworkLogsNeedsNoFlowLogOfItsOwn()
    {
        Expect(Without(OfNsg()) with { Neighbours = Facts(Log(Net("hub"))) }, "FlowLog", Pass, "Network security group 'web' is logged by hub-log.");
        Expect(Without(OfNsg()) with { Neighbours = Facts(Log(Nic("a"))) }, "FlowLog", Warn, "1 of 2 network interfaces of network security group 'web' are logged, by a-log.");
        Expect(Without(OfNsg()) with { Neighbours = Facts(Log(Net("hub"), enabled: false)) }, "FlowLog", Fail);
        // The other NSG's flow log does not log this one's interfaces.
        Expect(Without(OfNsg()) with { Neighbours = Facts(Log(Nsg("other"))) }, "FlowLog", Fail);
    }

    [Fact]
    public void WhatAnNsgFlowLogLogsIsToBeConvertedAndNotLoggedTwice()
    {
        var facts = Without(Of(Log(Subnet("hub", "web")), Hub())) with { Neighbours = Facts(Log(Nsg("web"))) };
        Assert.Equal("Convert-NsgFlowLog -Nsg web.", Expect(facts, "FlowLog", Warn, "Subnet 'hub/web' is logged by NSG flow log web-log.").Fix);
        Assert.Equal(
            "Convert-NsgFlowLog -Nsg web. With -AllowMore the others are logged, too.",
            Expect(Without(OfNetwork()) with { Neighbours = Facts(Log(Nsg("web"))) }, "FlowLog", Warn, "2 of 3 network interfaces of virtual network 'hub' are logged, by NSG flow log web-log.").Fix);
        Expect(Without(OfNetwork()) with { Neighbours = Facts(Log(Nsg("web")), Log(Nic("c"))) }, "FlowLog", Warn, "Virtual network 'hub' is logged by NSG flow log web-log and c-log.");
        Expect(facts with { Neighbours = Facts(Log(Nsg("web")), Log(Net("hub"))) }, "FlowLog", Pass, "Subnet 'hub/web' is logged by hub-log.");
        Expect(facts with { Neighbours = Facts(Log(Nsg("web"), enabled: false)) }, "FlowLog", Fail, "has no flow log");

        var empty = Without(Of(Log(Subnet("hub", "later")), new TestNetwork().WithSubnet("hub", "later", "web"))) with { Neighbours = Facts(Log(Nsg("web"))) };
        Expect(empty, "FlowLog", Warn, "Subnet 'hub/later' is logged by NSG flow log web-log.");
    }

    [Fact]
    public void AnEmptySubnetOfALoggedNetworkIsLogged()
    {
        var network = new TestNetwork().WithSubnet("hub", "later", null);
        var facts = Without(Of(Log(Subnet("hub", "later")), network)) with { Neighbours = Facts(Log(Net("hub"))) };
        Expect(facts, "FlowLog", Pass, "Subnet 'hub/later' is logged by hub-log.");
        Expect(facts with { Neighbours = Facts<FlowLog>() }, "FlowLog", Fail);
    }

    [Fact]
    public void ATargetThatIsNotThere() => Expect(Without(OfNetwork()) with { Target = default }, "FlowLog", Fail, "There is no virtual network 'hub'.");

    [Fact]
    public void Enabled()
    {
        Expect(OfNetwork(), "Enabled", Pass);
        var check = Expect(OfNetwork(Log(Net("hub"), enabled: false)), "Enabled", Fail, "hub-log is disabled");
        Assert.Equal($"Enable-NsgFlowLog -ResourceId {Net("hub")}.", check.Fix);
    }

    [Fact]
    public void Provisioning()
    {
        Expect(OfNetwork(), "Provisioning", Pass);
        Expect(OfNetwork(With("provisioningState", "Failed")), "Provisioning", Fail, "provisioningState Failed");
        Expect(OfNetwork(With("provisioningState", "Updating")), "Provisioning", Warn, "Updating");
    }

    [Theory]
    [InlineData("law", "Disable-NsgFlowLog, Enable-NsgFlowLog -TrafficAnalytics")]
    [InlineData(null, "Disable-NsgFlowLog, Enable-NsgFlowLog")]
    public void WritingAnewBringsTrafficAnalyticsBack(string? workspace, string words)
    {
        var log = Log(Net("hub"), workspace: workspace);
        Assert.EndsWith($": {words}.", Expect(OfNetwork(Changed(log, static properties => properties["provisioningState"] = "Failed")), "Provisioning", Fail).Fix, StringComparison.Ordinal);
        Assert.EndsWith($": {words}.", Expect(OfNetwork(log) with { Arrival = new FlowArrival(null, TimeSpan.FromDays(7)) }, "Data", Fail).Fix, StringComparison.Ordinal);
        Assert.Contains($"({words});", Expect(OfNetwork(log) with { Arrival = new FlowArrival(Blob(Now.AddHours(-2)), TimeSpan.FromHours(3)) }, "Data", Warn).Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Format()
    {
        Expect(OfNsg(), "Format", Pass);
        var first = Log(Nsg("web"));
        Expect(OfNsg(Changed(first, properties => properties["format"]!["version"] = 1)), "Format", Warn, "Format version 1 counts no packets");
        ExpectNone(OfNetwork(), "Format");
    }

    [Fact]
    public void Records()
    {
        Expect(OfNetwork(), "Records", Pass);
        Assert.Equal(
            "Where that is not wanted: Set-NsgFlowLog -Name hub-log -RecordType @().",
            Expect(OfNetwork(With("recordTypes", "E,D")), "Records", Warn, "It writes records E,D only: B (beginnings), C (byte counts of running flows) missing on purpose.").Fix);
        Expect(OfNetwork(With("enabledFilteringCriteria", "SrcIP=10.0.0.1")), "Records", Warn, "It writes only flows that match SrcIP=10.0.0.1.");
        Expect(OfNetwork(With("recordTypes", "B,C,E,D")), "Records", Pass);
    }

    [Fact]
    public void Retirement()
    {
        ExpectNone(OfNetwork(), "Retirement");
        var check = Expect(OfNsg(), "Retirement", Warn, "NSG flow logs end on 2027-09-30, in 311 days");
        Assert.Equal("Convert-NsgFlowLog -Nsg web -WhatIf shows what takes its place.", check.Fix);
        Expect(OfNsg() with { Now = new DateTime(2027, 9, 30, 0, 0, 0, DateTimeKind.Utc) }, "Retirement", Fail, "ended on 2027-09-30");
    }

    private static CheckFacts Without(CheckFacts facts) => facts with { FlowLog = default, Neighbours = Facts<FlowLog>() };

    private static FlowLog With(string property, string value) => Changed(Log(Net("hub")), properties => properties[property] = value);

    private static FlowLog Changed(FlowLog log, Action<JsonObject> change)
    {
        var root = JsonNode.Parse(log.Resource.Root.Json)!.AsObject();
        change(root["properties"]!.AsObject());
        return new FlowLog(ArmResource.Parse(root.ToJsonString()));
    }
}
