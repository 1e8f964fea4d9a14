using System;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Sums;

/// <summary>A summary of one answer with the rows of all lists.</summary>
public class WorkspaceSummaryTests
{
    private const string Times = "FirstSeen=2026-11-23T09:10:00Z LastSeen=2026-11-23T10:20:00Z";
    private static readonly DateTime s_nine = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly AnalyticsQuestion s_question = new() { Filter = new FlowFilter { Start = s_nine, End = s_nine.AddHours(2) } };

    // 10 flows: 6 of web (900 bytes at ten), 3 of ssh at nine (100 bytes), 1 denied.
    private static readonly string[] s_rows =
    [
        $"List=Whole Flows=10 Denied=1 Told=5 BytesSent=800 BytesReceived=200 PacketsSent=8 PacketsReceived=2 Inbound=4 HasBytes=true {Times}",
        "List=Seen Nsg=Web-NSG VirtualNetwork=hub Subnet=front Location=westeurope MacAddress=000D3AF87856",
        "List=Seen Nsg=web-nsg VirtualNetwork=hub Subnet= Location= MacAddress=000D3AF87857",
        $"List=FlowType FlowType=IntraVNet Flows=9 Denied=0 Told=5 BytesSent=800 BytesReceived=200 {Times}",
        $"List=FlowType FlowType=MaliciousFlow Flows=1 Denied=1 Told=0 BytesSent=0 BytesReceived=0 {Times}",
        $"List=Hour Hour=2026-11-23T09:00:00Z Flows=4 Told=1 BytesSent=50 BytesReceived=50 Trend0=100 {Times}",
        $"List=Hour Hour=2026-11-23T10:00:00Z Flows=6 Told=4 BytesSent=750 BytesReceived=150 Trend1=900 {Times}",
        $"List=TopConversation SourceAddress=10.0.0.1 DestinationAddress=10.0.0.2 DestinationPort=443 Protocol=6 Flows=6 Told=4 BytesSent=750 BytesReceived=150 IsOther=false Trend1=900 {Times}",
        $"List=TopConversation SourceAddress=5.5.5.5 DestinationAddress=10.0.0.2 DestinationPort=22 Protocol=6 Flows=1 Told=0 BytesSent=0 BytesReceived=0 IsOther=false {Times}",
        $"List=TopConversation Flows=3 Told=1 BytesSent=50 BytesReceived=50 IsOther=true Trend0=100 {Times}",
        $"List=TopTalker SourceAddress=10.0.0.1 Flows=9 Told=5 BytesSent=800 BytesReceived=200 IsOther=false {Times}",
        $"List=TopPort DestinationPort=443 Protocol=6 Flows=6 IsOther=false {Times}",
        $"List=TopPort DestinationPort=22 Protocol=6 Flows=4 IsOther=false {Times}",
        $"List=TopDeniedSource SourceAddress=5.5.5.5 Flows=1 Denied=1 IsOther=false {Times}",
        $"List=TopDeniedSource Flows=9 Denied=0 IsOther=true {Times}",
        $"List=TopRule Nsg=web-nsg Rule=AllowWeb RuleKind=User Flows=6 IsOther=false {Times}",
        $"List=TopRule Nsg=web-nsg Rule=DenyAll RuleKind=Default Flows=5 IsOther=false {Times}",
    ];

    [Fact]
    public void Everything_that_tables_tell_is_there_and_nothing_else()
    {
        var summary = Summary(s_rows);
        Assert.Equal((10L, 9L, 1L, 1L), (summary.Flows, summary.Allowed, summary.Denied, summary.Malicious));
        Assert.Equal((4L, 6L), (summary.Inbound, summary.Outbound));
        Assert.Equal((1000L, 800L, 200L), (summary.Bytes, summary.BytesSent, summary.BytesReceived));
        Assert.Equal((10L, 8L, 2L), (summary.Packets, summary.PacketsSent, summary.PacketsReceived));
        Assert.Equal((s_nine.AddMinutes(10), s_nine.AddMinutes(80)), (summary.FirstSeen, summary.LastSeen));
        Assert.Equal((null, null, null), (summary.Tuples, summary.RecordedPercent, summary.MergedTuples));
        Assert.Equal((null, null), (summary.Entries, summary.Blobs));
        Assert.Equal(["web-nsg"], summary.Nsg);
        Assert.Equal(["hub"], summary.VirtualNetwork);
        Assert.Equal(["front"], summary.Subnet);
        Assert.Equal(["westeurope"], summary.Location);
        Assert.Equal(["000D3AF87856", "000D3AF87857"], summary.MacAddress);
    }

    [Fact]
    public void Lists_are_in_their_order_with_shares_and_a_rest()
    {
        var summary = Summary(s_rows);
        Assert.Equal([FlowType.IntraVNet, FlowType.MaliciousFlow], summary.FlowType.Select(static row => row.KeyValues[0]));
        Assert.Equal([90.0, 10], summary.FlowType.Select(static row => row.Percent));
        Assert.Equal([s_nine, s_nine.AddHours(1)], summary.Hour.Select(static row => row.KeyValues[0]));
        Assert.Equal(s_nine.AddHours(1), summary.BusiestHour!.KeyValues[0]);
        Assert.Equal((90.0, TrafficOrder.Bytes), (summary.BusiestHour.Percent, summary.BusiestHour.OrderedBy));

        // Where bytes are told, what has none goes to the rest: 1 + 3 flows.
        Assert.Equal(["10.0.0.1", TrafficMeasure.Other], summary.TopConversation.Select(static row => row.KeyValues[0]));
        Assert.Equal([443, null], summary.TopConversation.Select(static row => row.KeyValues[2]));
        Assert.Equal([6L, 4], summary.TopConversation.Select(static row => row.Flows));
        Assert.Equal([90.0, 10], summary.TopConversation.Select(static row => row.Percent));
        Assert.Equal([0L, 900], summary.TopConversation[0].Trend);
        Assert.Equal([100L, 0], summary.TopConversation[1].Trend);
        Assert.Equal("10.0.0.1", Assert.Single(summary.TopTalker).KeyValues[0]);
        Assert.Equal([443, 22], summary.TopPort.Select(static row => row.KeyValues[0]));

        // Allowed flows are no rest of denied ones.
        Assert.Equal("5.5.5.5", Assert.Single(summary.TopDeniedSource).KeyValues[0]);
        Assert.Equal(["AllowWeb", "DenyAll"], summary.TopRule.Select(static row => row.KeyValues[1]));
        Assert.Equal([FlowRuleKind.User, FlowRuleKind.Default], summary.TopRule.Select(static row => row.KeyValues[2]));
        Assert.All(summary.TopRule.Concat(summary.Hour), static row => Assert.Null(row.Tuples));
    }

    [Fact]
    public void Without_bytes_flows_decide()
    {
        var summary = Summary(
            $"List=Whole Flows=5 Denied=0 Told=0 BytesSent=0 BytesReceived=0 Inbound=5 HasBytes=false {Times}",
            $"List=TopTalker SourceAddress=10.0.0.1 Flows=1 IsOther=false {Times}",
            $"List=TopTalker SourceAddress=10.0.0.2 Flows=4 IsOther=false {Times}");
        Assert.Equal(["10.0.0.2", "10.0.0.1"], summary.TopTalker.Select(static row => row.KeyValues[0]));
        Assert.Equal((null, null, 5L), (summary.Bytes, summary.Packets, summary.Inbound));
    }

    [Fact]
    public void Nothing_is_a_summary_of_nothing()
    {
        var summary = Summary();
        Assert.Equal((0L, 0L, 0L, null, null), (summary.Flows, summary.Inbound, summary.Outbound, summary.Bytes, summary.FirstSeen));
        Assert.Empty(summary.FlowType);
        Assert.Null(summary.BusiestHour);
        Assert.Empty(summary.TopRule);
    }

    [Fact]
    public void It_is_shown_as_the_local_one_without_what_is_not_told()
    {
        var text = NsgFlow.Display.TrafficFormat.Summary(Summary(s_rows));
        Assert.Contains("Flows", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Tuples", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Merged", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Blobs", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_question_is_asked_and_an_answer_that_is_cut_is_none()
    {
        var logs = new CannedLogs(s_rows);
        new WorkspaceMeasurement(logs, ["w"], new TrafficQuery { Top = 3 }, s_question).Summary(default);
        Assert.Contains("take 3", Assert.Single(logs.Requests).Query, StringComparison.Ordinal);
        var error = Assert.Throws<NsgFlowException>(() =>
            new WorkspaceMeasurement(new CannedLogs(static _ => CannedLogs.Cut("List=Whole")), ["w"], new TrafficQuery(), s_question).Summary(default));
        Assert.Equal("LogsWindowTooLarge", error.ErrorId);
    }

    private static TrafficSummary Summary(params string[] rows) => new WorkspaceMeasurement(new CannedLogs(rows), ["w"], new TrafficQuery(), s_question).Summary(default);
}
