using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Sums;

/// <summary>What rows of a workspace come to: the same types, order, shares and buckets as when flow logs are measured.</summary>
public class WorkspaceRowsTests
{
    private const string Times = "FirstSeen=2026-11-23T09:10:00Z LastSeen=2026-11-23T11:20:00Z";
    private static readonly DateTime s_nine = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly AnalyticsQuestion s_threeHours = new() { Filter = new FlowFilter { Start = s_nine, End = s_nine.AddHours(3) } };

    [Fact]
    public void The_rest_has_its_share_and_untold_counters_are_null()
    {
        var logs = new CannedLogs(
            $"Rule=AllowWeb Told=3 Flows=10 Denied=0 BytesSent=100 BytesReceived=50 PacketsSent=4 PacketsReceived=2 Trend0=4 Trend1=0 Trend2=6 IsOther=false {Times}",
            $"Told=0 Flows=30 Denied=5 BytesSent=0 BytesReceived=0 PacketsSent=0 PacketsReceived=0 Trend0=10 Trend1=20 Trend2=0 IsOther=true {Times}");
        var rows = Rows(logs, new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Top = 1 });
        Assert.Equal(2, rows.Count);
        Assert.Equal(["Rule"], rows[0].KeyNames);
        Assert.Equal(["AllowWeb"], rows[0].KeyValues);
        Assert.Equal((10, 10, 0, 150L, 6L), ((int)rows[0].Flows, (int)rows[0].Allowed, (int)rows[0].Denied, rows[0].Bytes, rows[0].Packets));
        Assert.Equal((s_nine.AddMinutes(10), s_nine.AddMinutes(140)), (rows[0].FirstSeen, rows[0].LastSeen));
        Assert.Equal(25, rows[0].Percent);
        Assert.Equal([4L, 0, 6], rows[0].Trend);
        Assert.Equal(TimeSpan.FromHours(1), rows[0].TrendStep);
        Assert.True(rows[1].IsOther);
        Assert.Equal([TrafficMeasure.Other], rows[1].KeyValues);
        Assert.Equal((30, 5, null, 75), ((int)rows[1].Flows, (int)rows[1].Denied, rows[1].Bytes, rows[1].Percent));
        Assert.Equal([10L, 20, 0], rows[1].Trend);
        Assert.All(rows, static row => Assert.Equal((null, null, null), (row.Tuples, row.RecordedTuples, row.MergedTuples)));
        Assert.Equal(["one", "two"], Assert.Single(logs.Requests).Workspaces);
    }

    [Fact]
    public void Equal_rows_are_in_the_order_of_their_keys_whatever_order_they_came_in()
    {
        var rows = Rows(
            new CannedLogs("SourceAddress=10.0.0.10 Flows=2", "SourceAddress=fd00::1 Flows=2", "SourceAddress=10.0.0.9 Flows=2", "SourceAddress=1.1.1.1 Flows=7"),
            new TrafficQuery { By = TrafficKey.Parse(["SourceAddress"]) });
        Assert.Equal(["1.1.1.1", "10.0.0.9", "10.0.0.10", "fd00::1"], rows.Select(static row => row.KeyValues[0]));
    }

    [Theory]
    [InlineData("SourceAddress/24", "SourcePrefix=0000:0000:0000:0000:0000:ffff:0a00:0100", "10.0.1.0/24")]
    [InlineData("SourceAddress/24", "SourcePrefix=fd00:0001:0000:0000:0000:0000:0000:0000", "fd00:1::/64")]
    [InlineData("DestinationAddress/48", "DestinationPrefix=fd00:0001:0000:0000:0000:0000:0000:0000", "fd00:1::/48")]
    [InlineData("DestinationAddress", "DestinationAddress=FD00:0001:0:0::1", "fd00:1::1")]
    [InlineData("DestinationAddress", "DestinationAddress=", null)]
    [InlineData("DestinationPort", "DestinationPort=443", 443)]
    [InlineData("DestinationPort", "DestinationPort=-1", null)]
    [InlineData("Service", "DestinationPort=443", "https")]
    [InlineData("Service", "DestinationPort=40001", "40001")]
    [InlineData("Service", "DestinationPort=-1", null)]
    [InlineData("Protocol", "Protocol=6", FlowProtocol.Tcp)]
    [InlineData("Protocol", "Protocol=0", (FlowProtocol)0)]
    [InlineData("Protocol", "Protocol=-1", null)]
    [InlineData("Decision", "Decision=Deny", FlowDecision.Deny)]
    [InlineData("Decision", "Decision=", null)]
    [InlineData("Direction", "Direction=Outbound", FlowDirection.Outbound)]
    [InlineData("Encryption", "Encryption=NotEncrypted", FlowEncryption.NotEncrypted)]
    [InlineData("Encryption", "Encryption=", null)]
    [InlineData("Encryption", "Encryption=Quantum", FlowEncryption.Other)]
    [InlineData("RuleKind", "RuleKind=Unprefixed", FlowRuleKind.Unprefixed)]
    [InlineData("RuleKind", "RuleKind=User", FlowRuleKind.User)]
    [InlineData("RuleKind", "RuleKind=", null)]
    [InlineData("FlowType", "FlowType=S2S", FlowType.S2S)]
    [InlineData("FlowType", "FlowType=New", FlowType.Unknown)]
    [InlineData("Nsg", "Nsg=web-nsg", "web-nsg")]
    [InlineData("Nsg", "Nsg=", null)]
    [InlineData("TargetResourceId", "Target=s/rg/vnet", "s/rg/vnet")]
    [InlineData("ThreatType", "ThreatType=Botnet", "Botnet")]
    [InlineData("HourOfDay", "HourOfDay=23", 23)]
    [InlineData("DayOfWeek", "DayOfWeek=1", DayOfWeek.Monday)]
    public void Values_are_those_of_the_local_form(string by, string cell, object? expected)
    {
        var row = Assert.Single(Rows(new CannedLogs("Flows=1 " + cell), new TrafficQuery { By = TrafficKey.Parse([by]) }));
        Assert.Equal(expected, row.KeyValues[0]);
        Assert.Equal([by.Split('/')[0]], row.KeyNames);
    }

    [Fact]
    public void Hours_and_days_are_times()
    {
        var row = Assert.Single(Rows(new CannedLogs("Flows=1 Hour=2026-11-23T09:00:00Z Day=2026-11-23T00:00:00Z"), new TrafficQuery { By = TrafficKey.Parse(["Day", "Hour"]) }));
        Assert.Equal([s_nine.Date, s_nine], row.KeyValues);
        Assert.Equal(DateTimeKind.Utc, ((DateTime)row.KeyValues[0]!).Kind);
    }

    [Fact]
    public void Buckets_without_a_row_are_filled_for_each_series_and_the_rest()
    {
        var logs = new CannedLogs(
            "Rule=b Time=2026-11-23T11:00:00Z Flows=5 Told=1 BytesSent=7 BytesReceived=1 IsOther=false " + Times,
            "Rule=b Time=2026-11-23T09:00:00Z Flows=1 Told=0 BytesSent=0 BytesReceived=0 IsOther=false " + Times,
            "Rule=a Time=2026-11-23T10:00:00Z Flows=9 Told=0 BytesSent=0 BytesReceived=0 IsOther=false " + Times,
            "Time=2026-11-23T11:00:00Z Flows=5 Told=0 BytesSent=0 BytesReceived=0 IsOther=true " + Times);
        var rows = Rows(logs, new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Top = 2, Bucket = TimeSpan.FromHours(1) });
        Assert.Equal(["Time", "Rule"], rows[0].KeyNames);
        Assert.Equal(
            [
                "9 a 0 -", "10 a 9 -", "11 a 0 -",
                "9 b 1 -", "10 b 0 -", "11 b 5 8",
                "9 (other) 0 -", "10 (other) 0 -", "11 (other) 5 -",
            ],
            rows.Select(static row => $"{((DateTime)row.KeyValues[0]!).Hour} {row.KeyValues[1]} {row.Flows} {(row.Bytes is { } bytes ? bytes : "-")}"));
        Assert.Equal(45, rows[1].Percent);
        Assert.All(rows, static row => Assert.Empty(row.Trend));
    }

    [Fact]
    public void A_series_of_everything_needs_no_field()
    {
        var rows = Rows(
            new CannedLogs("Time=2026-11-23T10:00:00Z Flows=5 Minutes=60 " + Times), new TrafficQuery { Bucket = TimeSpan.FromHours(1) });
        Assert.Equal([0L, 5, 0], rows.Select(static row => row.Flows));
    }

    [Fact]
    public void Different_values_are_given_only_when_asked_for()
    {
        var query = new TrafficQuery { By = TrafficKey.Parse(["Rule"]), OrderBy = TrafficOrder.Sources, Distinct = TrafficDistinct.Ports, Top = 2 };
        var rows = Rows(new CannedLogs("Rule=a Flows=9 Sources=3 Ports=1", "Rule=b Flows=1 Sources=30 Ports=2", "Flows=1 IsOther=true"), query);
        Assert.Equal(["b", "a", "(other)"], rows.Select(static row => row.KeyValues[0]));
        Assert.Equal((30L, null, 2L, null), (rows[0].Sources, rows[0].Destinations, rows[0].Ports, rows[0].Percent));
        Assert.Equal((null, null, null), (rows[2].Sources, rows[2].Destinations, rows[2].Ports));
    }

    [Fact]
    public void No_rows_are_no_rows() => Assert.Empty(Rows(new CannedLogs(), new TrafficQuery { By = TrafficKey.Parse(["Rule"]), Bucket = TimeSpan.FromHours(1) }));

    [Fact]
    public void Trends_begin_with_the_first_piece_that_has_something_and_end_with_the_window()
    {
        // 40 hours come to pieces of 4 hours; the last flow ended after the window.
        var start = new DateTime(2026, 11, 21, 22, 30, 0, DateTimeKind.Utc);
        var question = new AnalyticsQuestion { Filter = new FlowFilter { Start = start, End = start.AddHours(40) } };
        var logs = new CannedLogs("Rule=a Flows=5 Trend1=2 Trend10=3 FirstSeen=2026-11-22T01:00:00Z LastSeen=2026-11-23T23:00:00Z");
        var row = Assert.Single(new WorkspaceMeasurement(logs, ["one"], new TrafficQuery { By = TrafficKey.Parse(["Rule"]) }, question).Rows(default));
        Assert.Equal(TimeSpan.FromHours(4), row.TrendStep);
        Assert.Equal([2L, 0, 0, 0, 0, 0, 0, 0, 0, 3], row.Trend);
    }

    [Fact]
    public void Without_a_start_there_is_no_trend()
    {
        var rows = new WorkspaceMeasurement(new CannedLogs("Rule=a Flows=5 " + Times), ["one"], new TrafficQuery { By = TrafficKey.Parse(["Rule"]) }, new AnalyticsQuestion()).Rows(default);
        Assert.Empty(Assert.Single(rows).Trend);
    }

    private static List<TrafficMeasure> Rows(CannedLogs logs, TrafficQuery query) => new WorkspaceMeasurement(logs, ["one", "two"], query, s_threeHours).Rows(default).ToList();
}
