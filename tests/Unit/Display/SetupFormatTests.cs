using NsgFlow.Display;
using Xunit;
using static NsgFlow.Unit.Setup.TestNetwork;

namespace NsgFlow.Unit.Display;

public class SetupFormatTests
{
    [Fact]
    public void AFixIsShownWithWhatIsWrong()
    {
        Assert.Equal("It is wrong. \u2192 Mend it.", SetupFormat.Message(new FlowLogCheck("Check", FlowLogCheckResult.Fail, "It is wrong.", "Mend it.")));
        Assert.Equal("It is ?[31mright.", SetupFormat.Message(new FlowLogCheck("Check", FlowLogCheckResult.Pass, "It is \u001b[31mright.", null)));
        Assert.Equal("none (hub)", SetupFormat.Head(new FlowLogCheck("Check", FlowLogCheckResult.Pass, "m", null) { Target = "hub" }));
    }

    [Fact]
    public void WhatIsWrongStandsOut()
    {
        Assert.Equal("Pass", SetupFormat.Result(FlowLogCheckResult.Pass));
        Assert.Contains("Fail", SetupFormat.Result(FlowLogCheckResult.Fail), System.StringComparison.Ordinal);
        Assert.Equal(Colours.Wanted, SetupFormat.Result(FlowLogCheckResult.Fail).StartsWith(Colours.Red, System.StringComparison.Ordinal));
        Assert.Equal("Done", SetupFormat.State(FlowLogConversionState.Done));
        Assert.Equal(Colours.Wanted, SetupFormat.State(FlowLogConversionState.Failed).StartsWith(Colours.Red, System.StringComparison.Ordinal));
    }

    [Fact]
    public void AStepSaysHowManyMoreAreLogged()
    {
        var network = new Setup.TestNetwork().WithSubnet("hub", "web", "web", "a", "b").WithSubnet("hub", "db", null, "c").WithLog(Nsg("web"), workspace: "law", interval: 10);
        var step = network.Plan(allowMore: true).Steps(verify: true, keepOld: false)[0];
        Assert.Equal("2 (+1)", SetupFormat.Interfaces(step));
        Assert.Equal("10 min", SetupFormat.Analytics(step));
        Assert.Equal("web", SetupFormat.Replaces(step));
        Assert.Equal(string.Empty, SetupFormat.Interfaces(network.Plan().Steps(verify: true, keepOld: false)[2]));
    }
}
