using System;
using NsgFlow.Display;
using NsgFlow.Unit.Setup;
using Xunit;

namespace NsgFlow.Unit.Display;

public class FlowLogFormatTests
{
    [Theory]
    [InlineData("Succeeded", true, "On")]
    [InlineData("Succeeded", false, "Off")]
    [InlineData("Updating", true, "Updating")]
    [InlineData("Failed", true, "Failed")]
    [InlineData("", true, "On")]
    [InlineData("\u001b[2J", true, "?[2J")]
    public void State_is_what_counts_most(string state, bool enabled, string shown) => Assert.Equal(
        shown, FlowLogFormat.State(Place.Log(Place.HubLog, Place.LogJson(Place.Hub, enabled: enabled).Replace("Succeeded", state.Replace("\u001b", "\\u001b", StringComparison.Ordinal), StringComparison.Ordinal))));

    [Fact]
    public void Only_NSG_logs_end()
    {
        Assert.Equal("2027-09-30", FlowLogFormat.Ends(Place.Log(Place.NsgLog, Place.LogJson(Place.Nsg))));
        Assert.Equal(string.Empty, FlowLogFormat.Ends(Place.Log(Place.HubLog, Place.LogJson(Place.Hub))));
    }

    [Fact]
    public void Days_minutes_and_kinds()
    {
        Assert.Equal("ever", FlowLogFormat.Retention(0));
        Assert.Equal("30 d", FlowLogFormat.Retention(30));
        Assert.Equal("10 min", FlowLogFormat.Analytics(Place.Log(Place.HubLog, Place.LogJson(Place.Hub, Place.Analytics(interval: 10)))));
        Assert.Equal("off", FlowLogFormat.Analytics(Place.Log(Place.HubLog, Place.LogJson(Place.Hub, Place.Analytics(enabled: false)))));
        Assert.Equal("NIC", FlowLogFormat.Kind(FlowLogTargetKind.NetworkInterface));
    }
}
