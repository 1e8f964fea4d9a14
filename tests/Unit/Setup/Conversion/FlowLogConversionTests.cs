using System.Linq;
using NsgFlow.Setup;
using Xunit;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Setup.Conversion;

public class FlowLogConversionTests
{
    [Fact]
    public void OneNsgOnTheOnlySubnetWithInterfacesBecomesItsNetwork()
    {
        // What AKS makes: the agent pool's subnet, an empty one, a gateway's.
        var network = new TestNetwork().WithSubnet("aks", "nodes", "agents", "ss1", "ss22").WithSubnet("aks", "spare", null).WithSubnet("aks", "GatewaySubnet", null, "gw1").WithLog(Nsg("agents"));
        Assert.Equal([Net("aks")], Targets(network));
        var plan = network.Plan();
        Assert.Equal(2, plan.Replacements[0].Nics);
        Assert.Equal(0, plan.Replacements[0].Added);
        Assert.Equal("aks-rg-net-flowlog", plan.Replacements[0].Name);
        Assert.Equal("westeurope", plan.Replacements[0].Target.Location);
    }

    [Fact]
    public void OneNsgOnOneOfTwoSubnetsBecomesThatSubnet() =>
        Assert.Equal([Subnet("hub", "web")], Targets(new TestNetwork().WithSubnet("hub", "web", "web", "a", "b").WithSubnet("hub", "db", null, "c").WithLog(Nsg("web"))));

    [Fact]
    public void PrivateEndpointsAreNotCounted() =>
        Assert.Equal([Net("hub")], Targets(new TestNetwork().WithSubnet("hub", "web", "web", "a").WithSubnet("hub", "endpoints", null, "pe1").WithLog(Nsg("web"))));

    [Fact]
    public void AnNsgOnSomeInterfacesOfASubnetBecomesThese() =>
        Assert.Equal([Nic("a"), Nic("c")], Targets(new TestNetwork().WithSubnet("hub", "web", null, "a", "b", "c").WithNsg("own", "a", "c").WithLog(Nsg("own"))));

    [Fact]
    public void AnNsgOnAllInterfacesOfASubnetBecomesTheSubnet() =>
        Assert.Equal([Subnet("hub", "web")], Targets(new TestNetwork().WithSubnet("hub", "web", null, "a", "b").WithSubnet("hub", "db", null, "c").WithNsg("own", "a", "b").WithLog(Nsg("own"))));

    [Fact]
    public void SeveralNsgsOverOneNetworkBecomeOneLog()
    {
        var network = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithSubnet("hub", "db", "db", "b").WithSubnet("hub", "vms", null, "c").WithNsg("own", "c")
            .WithLog(Nsg("web"), tag: "W").WithLog(Nsg("db"), tag: "D").WithLog(Nsg("own"));
        Assert.Equal([Net("hub")], Targets(network));
        var one = network.Plan().Replacements[0];
        Assert.Equal(["db", "own", "web"], one.Replaces.Select(log => log.Target));
        // All tags, and of two values that of the first in order.
        Assert.Equal("D", one.Tags["by"]);
        Assert.Equal(["by", "D", "W"], one.Tags.Keys);
    }

    [Fact]
    public void OneNsgOverTwoNetworksBecomesBoth() =>
        Assert.Equal([Net("hub"), Net("spoke")], Targets(new TestNetwork().WithSubnet("hub", "web", "all", "a").WithSubnet("spoke", "web", "all", "b").WithLog(Nsg("all"))));

    [Fact]
    public void AnNsgOnNothingStays()
    {
        var plan = new TestNetwork().WithSubnet("hub", "web", null, "a").WithNsg("idle").WithLog(Nsg("idle")).Plan();
        Assert.Empty(plan.Replacements);
        Assert.Contains("on no subnet and no network interface", Assert.Single(plan.Kept).Reason, System.StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterfaceUnderTwoNsgsTakesTheSubnetsSettingsAndSaysSo()
    {
        var network = new TestNetwork().WithSubnet("hub", "web", "web", "a", "b").WithNsg("own", "a").WithLog(Nsg("web"), storage: "stweb").WithLog(Nsg("own"), storage: "stown");
        Assert.Equal([Net("hub")], Targets(network));
        var one = network.Plan().Replacements[0];
        Assert.Equal("stweb", one.Settings.Storage.Name);
        Assert.Equal(2, one.Nics);
        Assert.Equal("Network interfaces here were also logged by own (to stown, 30 days, no Traffic Analytics): these settings are not kept, those of web are.", one.Words);
    }

    [Fact]
    public void AnEnabledLogSaysMoreThanADisabledOne()
    {
        var plan = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithNsg("own", "a").WithLog(Nsg("web"), enabled: false, storage: "stweb").WithLog(Nsg("own"), storage: "stown").Plan();
        Assert.Equal("stown", Assert.Single(plan.Replacements).Settings.Storage.Name);
        Assert.True(plan.Replacements[0].Settings.Enabled);
        Assert.Equal(string.Empty, plan.Replacements[0].Words);
    }

    [Theory]
    [InlineData("other", 30, null)]
    [InlineData("stflows", 31, null)]
    [InlineData("stflows", 30, "law")]
    public void DifferentSettingsSplitANetwork(string storage, int days, string? workspace)
    {
        var network = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithSubnet("hub", "db", "db", "b").WithLog(Nsg("web")).WithLog(Nsg("db"), storage: storage, days: days, workspace: workspace);
        Assert.Equal([Subnet("hub", "db"), Subnet("hub", "web")], Targets(network));
        Assert.Equal(days, network.Plan().Replacements[0].Settings.RetentionDays);
        Assert.Equal(workspace, network.Plan().Replacements[0].Settings.Workspace.Name);
    }

    [Fact]
    public void ADisabledLogBecomesADisabledOne()
    {
        var plan = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithLog(Nsg("web"), enabled: false).Plan();
        Assert.False(Assert.Single(plan.Replacements).Settings.Enabled);
        // Nothing to wait for, and nothing to switch off.
        Assert.Equal(FlowLogConversionAction.Create, Assert.Single(plan.Steps(verify: true, keepOld: false)).Action);
    }

    [Fact]
    public void AnEmptySubnetKeepsItsLog() =>
        Assert.Equal([Subnet("hub", "later")], Targets(new TestNetwork().WithSubnet("hub", "later", "web").WithSubnet("hub", "vms", null, "a").WithLog(Nsg("web"))));

    [Fact]
    public void ANetworkOfEmptySubnetsIsNotLoggedWhole() =>
        Assert.Equal([Subnet("hub", "later")], Targets(new TestNetwork().WithSubnet("hub", "later", "web").WithSubnet("hub", "other", null).WithLog(Nsg("web"))));

    [Fact]
    public void WhatIsLoggedAlreadyIsCounted()
    {
        var network = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithSubnet("hub", "db", "db", "b").WithLog(Nsg("web")).WithLog(Nsg("db")).WithLog(Net("hub"));
        var plan = network.Plan();
        Assert.Same(network.Logs[2], Assert.Single(plan.Replacements).Existing);
        Assert.Equal(
            ["1 Verify hub-log", "2 Disable db-log", "3 Disable web-log"],
            plan.Steps(verify: true, keepOld: false).Select(step => $"{step.Step} {step.Action} {step.FlowLog}"));
    }

    [Theory]
    [InlineData("B,E", null, null, "records B,E")]
    [InlineData(null, "dstPort=443", null, "what matches its filter")]
    [InlineData("B", null, "B,D", "records B")]
    [InlineData("E,B", null, "B,E", null)]
    [InlineData("B,C,E,D", null, null, null)]
    [InlineData(null, null, "D", null)]
    public void WhatALogThatIsThereLeavesOutKeepsTheOldOne(string? records, string? filter, string? old, string? less)
    {
        var network = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithSubnet("hub", "db", "db", "b")
            .WithLog(Nsg("web"), records: old).WithLog(Nsg("db"), enabled: false).WithLog(Net("hub"), records: records, filter: filter);
        var steps = network.Plan().Steps(verify: true, keepOld: false);
        if (less is null)
        {
            Assert.Equal(["Verify hub-log", "Disable web-log"], steps.Select(step => $"{step.Action} {step.FlowLog}"));
            return;
        }

        var kept = Assert.Single(steps);
        Assert.Equal((FlowLogConversionAction.Keep, "web-log", FlowLogConversionState.Skipped), (kept.Action, kept.FlowLog, kept.State));
        Assert.StartsWith($"Stays as it is: hub-log logs its network interfaces, too, but only {less}; widen that (Set-NsgFlowLog -Name hub-log ", kept.Message, System.StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stother", 30, null, "to stother, 30 days, no Traffic Analytics")]
    [InlineData("stflows", 1, null, "to stflows, 1 days, no Traffic Analytics")]
    [InlineData("stflows", 30, "law", "to stflows, 30 days, Traffic Analytics into law every 60 minutes")]
    public void ALogThatIsThereAndWritesElsewhereIsSaid(string storage, int days, string? workspace, string words)
    {
        var network = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithSubnet("hub", "db", "db", "b")
            .WithLog(Nsg("web")).WithLog(Nsg("db"), storage: storage, days: days, workspace: workspace).WithLog(Net("hub"), storage: storage, days: days, workspace: workspace);
        var said = $"hub-log is there already ({words}); it takes over from web (to stflows, 30 days, no Traffic Analytics), whose settings are not kept.";
        Assert.Equal(
            [("Verify hub-log", said), ("Disable db-log", string.Empty), ("Disable web-log", said)],
            network.Plan().Steps(verify: true, keepOld: false).Select(step => ($"{step.Action} {step.FlowLog}", step.Message)));
    }

    [Fact]
    public void ALoggedSubnetDoesNotKeepANetworkFromBeingTaken()
    {
        // The subnet's log comes before the network's, so nothing is written twice.
        var network = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithSubnet("hub", "db", "db", "b").WithSubnet("hub", "old", null, "c")
            .WithLog(Nsg("web")).WithLog(Nsg("db")).WithLog(Subnet("hub", "old"));
        Assert.Equal([Net("hub")], Targets(network));
        Assert.Equal(0, network.Plan().Replacements[0].Added);
    }

    [Fact]
    public void ATargetWhoseLogIsDisabledIsPassedOver() =>
        Assert.Equal([Subnet("hub", "web")], Targets(new TestNetwork().WithSubnet("hub", "web", "web", "a").WithLog(Nsg("web")).WithLog(Net("hub"), enabled: false)));

    [Fact]
    public void InstancesOfAScaleSetThatShareTheirSubnetStayUnlessMoreIsAllowed()
    {
        var network = new TestNetwork().WithSubnet("hub", "web", null, "ss1", "ss22", "a").WithNsg("own", "ss1", "ss22").WithLog(Nsg("own"));
        var plan = network.Plan();
        Assert.Empty(plan.Replacements);
        Assert.Contains("2 of 2 network interfaces cannot be logged (hub/web): instances of scale sets", Assert.Single(plan.Kept).Reason, System.StringComparison.Ordinal);
        var more = Assert.Single(network.Plan(allowMore: true).Replacements);
        Assert.Equal(Net("hub"), more.Target.Id.Text);
        Assert.Equal(1, more.Added);
        Assert.Equal("Logs 1 network interface that was not logged.", more.Words);
    }

    [Fact]
    public void ALogThatCannotBeReplacedWholeIsNotReplacedInPart()
    {
        // 'own' would leave ss1 out; its other interface then counts as unlogged, so the network cannot be taken either.
        var network = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithSubnet("hub", "vms", null, "b").WithSubnet("spoke", "mixed", null, "ss1", "c").WithNsg("own", "b", "ss1")
            .WithLog(Nsg("web")).WithLog(Nsg("own"));
        Assert.Equal([Subnet("hub", "web")], Targets(network));
        Assert.Equal("own", Assert.Single(network.Plan().Kept).Log.Target);
    }

    [Fact]
    public void TheOldIsDisabledAfterAllThatReplacesItIsVerified()
    {
        var network = new TestNetwork().WithSubnet("hub", "web", "all", "a").WithSubnet("spoke", "web", "all", "b").WithLog(Nsg("all"));
        Assert.Equal(
            [
                "1 Create hub-rg-net-flowlog", "2 Create spoke-rg-net-flowlog", "3 Verify hub-rg-net-flowlog", "4 Verify spoke-rg-net-flowlog", "5 Disable all-log",
            ],
            network.Plan().Steps(verify: true, keepOld: false).Select(step => $"{step.Step} {step.Action} {step.FlowLog}"));
        Assert.Equal(2, network.Plan().Steps(verify: true, keepOld: false)[4].By.Count);
    }

    [Theory]
    [InlineData(true, true, "-KeepNsgFlowLog; its network interfaces are logged twice")]
    [InlineData(false, false, "without verification (-VerifyTimeout 0) nothing is disabled")]
    public void TheOldStaysWhereAskedForOrUnproved(bool verify, bool keepOld, string reason)
    {
        var steps = new TestNetwork().WithSubnet("hub", "web", "web", "a").WithLog(Nsg("web")).Plan().Steps(verify, keepOld);
        Assert.Equal(FlowLogConversionAction.Keep, steps[^1].Action);
        Assert.Contains(reason, steps[^1].Message, System.StringComparison.Ordinal);
        Assert.DoesNotContain(steps, step => step.Action == FlowLogConversionAction.Disable);
    }

    [Fact]
    public void SettingsAreTakenOver()
    {
        var log = Log(Nsg("web"), storage: "st1", days: 7, workspace: "law", interval: 10, tag: "team");
        var plan = new FlowLogConversion(new TestNetwork().WithSubnet("hub", "web", "web", "a").Layout, [], allowMore: false).Plan([log]);
        var workspace = new Workspace(Arm.ArmResource.Parse("""{"id":"/w","name":"w","location":"x"}"""));
        var settings = plan.Replacements[0].Settings.ToSettings(workspace, plan.Replacements[0].Tags);
        Assert.Equal(log.StorageId, settings.StorageId);
        Assert.Equal(7, settings.RetentionDays);
        Assert.True(settings.Enabled);
        Assert.True(settings.TrafficAnalytics);
        Assert.Equal(10, settings.TrafficAnalyticsInterval);
        Assert.Same(workspace, settings.Workspace);
        Assert.Equal("team", settings.Tags!["by"]);
        Assert.Null(settings.RecordTypes);
        Assert.Null(settings.FilteringCriteria);
    }

    private static string[] Targets(TestNetwork network) => [.. network.Plan().Replacements.Select(replacement => replacement.Target.Id.Text)];
}
