using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Query;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.KustoTests.Questions;

/// <summary>What the questions of the catalogue answer over rows made by hand, evaluated by the simulator's engine. Expectations are reckoned by hand.</summary>
public sealed class AnswerTests
{
    private static readonly DateTime s_start = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly Guid s_hub = new("11111111-0000-0000-0000-000000000000");

    private static readonly KqlDatabase s_workspace = new KqlDatabase()
        .Add(AnalyticsSchema.VirtualNetwork, Table(
            AnalyticsSchema.VirtualNetwork,

            // One flow between two machines, captured at both.
            Flow("Outbound", "IntraVNet", [("SrcIp", "10.0.0.4"), ("DestIp", "10.0.0.5"), ("DestPort", 443), ("AclRule", "AllowOut"), ("AllowedOutFlows", 3L), ("BytesSrcToDest", 100L), ("BytesDestToSrc", 200L), .. Ends()]),
            Flow("Inbound", "IntraVNet", [("SrcIp", "10.0.0.4"), ("DestIp", "10.0.0.5"), ("DestPort", 443), ("AclRule", "AllowIn"), ("AllowedInFlows", 3L), ("BytesSrcToDest", 100L), ("BytesDestToSrc", 200L), .. Ends()]),

            // To two public addresses at once.
            Flow("Outbound", "ExternalPublic", ("SrcIp", "10.0.0.4"), ("DestPublicIps", "203.0.113.1|2|1|5|6|50|60 203.0.113.2|1|1|1|1|10|20"), ("DestPort", 443), ("AclRule", "AllowOut"), ("AllowedOutFlows", 3L), ("BytesSrcToDest", 60L), ("BytesDestToSrc", 80L), ("SrcSubnet", "rg/hub/a")),

            // From a malicious one.
            Flow("Inbound", "MaliciousFlow", ("SrcIp", "198.51.100.7"), ("DestIp", "10.0.0.4"), ("DestPort", 3389), ("AclRule", "DenyAllInBound"), ("FlowStatus", "Denied"), ("DeniedInFlows", 2L), ("DestSubnet", "rg/hub/a"))))
        .Add(AnalyticsSchema.VirtualNetworkDetails, Table(
            AnalyticsSchema.VirtualNetworkDetails,
            Detail("ExternalPublic", "203.0.113.1", 0),

            // Before and after the time asked for, though the rows came within what is waited for.
            Detail("ExternalPublic", "203.0.113.1", 1),
            Detail("ExternalPublic", "203.0.113.3", -1),
            Detail("ExternalPublic", "203.0.113.2", 0),
            Detail("MaliciousFlow", "198.51.100.7", 0, ("ThreatType", "Botnet"), ("ThreatDescription", "x"))))
        .Add(AnalyticsSchema.Nsg, Table(
            AnalyticsSchema.Nsg,

            // From on-premises; version 1 tells no bytes.
            Row(
                ("SubType_s", "FlowLog"), ("TimeGenerated", s_start.AddHours(2)), ("FlowStartTime_t", s_start), ("FlowEndTime_t", s_start), ("FlowIntervalStartTime_t", s_start), ("FlowIntervalEndTime_t", s_start.AddHours(1)),
                ("FlowType_s", "S2S"), ("FlowDirection_s", "I"), ("FlowStatus_s", "D"), ("L4Protocol_s", "T"), ("SrcIP_s", "192.168.0.9"), ("DestIP_s", "10.0.0.5"), ("DestPort_d", 22d), ("DeniedInFlows_d", 4d),
                ("VM2_s", "rg/vm2"), ("NSGList_s", $"{s_hub}/rg/web"), ("NSGRule_s", "DenyAllInBound"))))
        .Add(AnalyticsSchema.NsgDetails, Table(AnalyticsSchema.NsgDetails));

    [Theory]
    [InlineData("SubnetTraffic", null, "rg/hub/a|rg/hub/b|6|443|3|0|100|200|300|09:00|09:05")]
    [InlineData("RegionTraffic", null, "westeurope|northeurope|3|0|100|200|300|09:00|09:05")]
    [InlineData("SubscriptionTraffic", null, "s1|s2|3|0|100|200|300|09:00|09:05")]
    [InlineData("PublicSubnets", null, "rg/hub/a|Inside|2|3|0|60|80|140|09:00|09:05", "rg/hub/a|Outside|1|2|2||||09:00|09:05")]
    [InlineData("OnPremisesVms", null, "rg/vm2|4|4||||09:00|09:00")]
    [InlineData(
        "AddressPartners",
        "10.0.0.4",
        "10.0.0.4|10.0.0.5|3|0|100|200|300|09:00|09:05",
        "10.0.0.4|203.0.113.1|2|0|50|60|110|09:00|09:05",
        "10.0.0.4|203.0.113.2|1|0|10|20|30|09:00|09:05",
        "10.0.0.4|198.51.100.7|2|2||||09:00|09:05")]
    [InlineData("AddressPartners", "10.0.0.5", "10.0.0.5|10.0.0.4|3|0|100|200|300|09:00|09:05", "10.0.0.5|192.168.0.9|4|4||||09:00|09:00")]
    [InlineData(
        "OpenPorts",
        "10.0.0.5",
        "192.168.0.9|10.0.0.5|6|Deny|web|DenyAllInBound|[22]|4|09:00|09:00",
        "10.0.0.4|10.0.0.5|6|Allow||AllowIn|[443]|3|09:00|09:05",
        "10.0.0.4|10.0.0.5|6|Allow||AllowOut|[443]|3|09:00|09:05")]
    [InlineData("Threats", null, "Botnet|1|2|2||||09:00|09:05")]
    [InlineData("PublicAddresses", null, "ExternalPublic|Someone|US|2|09:00|09:00", "MaliciousFlow|Someone|US|1|09:00|09:00")]
    [InlineData("OutboundBytes", "10.0.0.4", "10.0.0.4|160|0|160|8")]
    [InlineData("OutboundBytes", "10.0.0.0/24", "10.0.0.5|0|200|200|7", "10.0.0.4|160|0|160|8")]
    public void It_answers(string name, string? address, params string[] expected)
    {
        var kql = AnalyticsQuestions.Find(name)!.Kql(new AnalyticsQuestion
        {
            Filter = new FlowFilter { Start = s_start, End = s_start.AddHours(1), Address = address is null ? null : AddressSet.Parse([address]) },
        });
        Assert.Equal(expected, KqlEngine.Run(kql, s_workspace).Rows.Select(static row => string.Join("|", row.Select(Text))));
    }

    [Theory]
    [InlineData("SubnetTraffic", "rg/hub/a|rg/hub/b|6|443|8")]
    [InlineData("RegionTraffic", "westeurope|northeurope|8")]
    [InlineData("SubscriptionTraffic", "s1|s2|8")]
    [InlineData("OpenPorts", "10.0.0.4|10.0.0.5|6|Allow||allowout|[443]|8")]
    public void Names_are_the_same_in_any_case(string name, string expected)
    {
        var upper = Ends().Select(static end => (end.Name, (object?)((string)end.Value!).ToUpperInvariant()));
        var workspace = new KqlDatabase().Add(AnalyticsSchema.VirtualNetwork, Table(
            AnalyticsSchema.VirtualNetwork,
            Flow("Outbound", "IntraVNet", [("SrcIp", "10.0.0.4"), ("DestIp", "10.0.0.5"), ("DestPort", 443), ("AclRule", "allowout"), ("AllowedOutFlows", 3L), .. Ends()]),
            Flow("Outbound", "IntraVNet", [("SrcIp", "10.0.0.4"), ("DestIp", "10.0.0.5"), ("DestPort", 443), ("AclRule", "ALLOWOUT"), ("AllowedOutFlows", 5L), ("FlowIntervalStartTime", s_start.AddHours(1)), .. upper])));
        var row = Assert.Single(KqlEngine.Run(AnalyticsQuestions.Find(name)!.Kql(new AnalyticsQuestion { Tables = [TrafficAnalyticsTable.VirtualNetwork] }), workspace).Rows);
        Assert.StartsWith(expected, string.Join("|", row.Select(Text)), StringComparison.Ordinal);
    }

    /// <summary>A hop of a user-defined route captures what an end has captured.</summary>
    [Theory]
    [InlineData("", "100")]
    [InlineData("Inbound", "100")]
    [InlineData("Outbound", "200")]
    [InlineData("Inbound Outbound", "100")]
    public void A_capture_at_a_hop_counts_where_there_is_no_other(string atHop, string bytes)
    {
        KqlDatabase Workspace(params string[] directions) => new KqlDatabase().Add(AnalyticsSchema.VirtualNetwork, Table(
            AnalyticsSchema.VirtualNetwork,
            [.. directions.Select(direction => Flow(direction, "IntraVNet", [("SrcIp", "10.0.0.4"), ("DestIp", "10.0.0.5"), ("DestPort", 443), ("AllowedInFlows", 1L), ("IsFlowCapturedAtUdrHop", atHop.Contains(direction, StringComparison.Ordinal)), ("BytesSrcToDest", direction == "Outbound" ? 100L : 200L), .. Ends()]))]));
        var filter = new FlowFilter { Start = s_start, End = s_start.AddHours(1) };
        var kql = TrafficKql.Rows(new TrafficQuery { By = TrafficKey.Parse(["Conversation"]) }, new AnalyticsQuestion { Filter = filter });
        Assert.Equal(bytes, Bytes(KqlEngine.Run(kql, Workspace("Outbound", "Inbound"))));

        // Alone it is all that is known, and tells the direction that it was seen in.
        var summary = KqlEngine.Run(TrafficKql.Summary(new TrafficQuery(), new AnalyticsQuestion { Filter = filter }), Workspace("Outbound"));
        var inbound = summary.Columns.Select(static (column, at) => (column.Name, at)).Single(static one => one.Name == "Inbound").at;
        Assert.Equal("0", Text(summary.Rows[0][inbound]));
        Assert.Equal("100", Bytes(KqlEngine.Run(kql, Workspace("Outbound"))));

        static string Bytes(KqlTable answer)
        {
            var at = answer.Columns.Select(static (column, at) => (column.Name, at)).Single(static one => one.Name == "BytesSent").at;
            return Text(Assert.Single(answer.Rows)[at]);
        }
    }

    [Fact]
    public void Every_question_is_answered_here() => Assert.Equal(
        AnalyticsQuestions.All.Select(static one => one.Name).Order(),
        typeof(AnswerTests).GetMethod(nameof(It_answers))!.GetCustomAttributes(typeof(InlineDataAttribute), inherit: false)
            .Select(static one => (string)((InlineDataAttribute)one).GetData(null!).Single()[0]).Distinct().Order());

    private static string Text(object? value) => value switch
    {
        DateTime time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        object?[] list => "[" + string.Join(",", list.Select(Text)) + "]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static (string Name, object? Value)[] Ends() =>
        [("SrcSubnet", "rg/hub/a"), ("DestSubnet", "rg/hub/b"), ("SrcRegion", "westeurope"), ("DestRegion", "northeurope"), ("SrcSubscription", "s1"), ("DestSubscription", "s2")];

    private static Dictionary<string, object?> Flow(string direction, string type, params (string, object?)[] more) => Row(
    [
        ("SubType", "FlowLog"), ("TimeGenerated", s_start.AddHours(2)), ("FlowStartTime", s_start), ("FlowEndTime", s_start.AddMinutes(5)),
        ("FlowIntervalStartTime", s_start), ("FlowIntervalEndTime", s_start.AddHours(1)), ("FlowType", type), ("FlowDirection", direction), ("FlowStatus", "Allowed"), ("L4Protocol", "T"), .. more,
    ]);

    private static Dictionary<string, object?> Detail(string type, string address, int hour, params (string, object?)[] more) => Row(
    [
        ("SubType", "FlowLog"), ("TimeGenerated", s_start.AddHours(2)), ("FlowIntervalStartTime", s_start.AddHours(hour)), ("FlowIntervalEndTime", s_start.AddHours(hour + 1)),
        ("FlowType", type), ("Ip", address), ("Location", "US"), ("PublicIpDetails", "Someone"), .. more,
    ]);

    private static Dictionary<string, object?> Row(params (string Name, object? Value)[] values)
    {
        var row = new Dictionary<string, object?>();
        foreach (var (name, value) in values)
        {
            row[name] = value;
        }

        return row;
    }

    private static KqlTable Table(string name, params Dictionary<string, object?>[] rows) => KqlTable.Of(AnalyticsSchema.Columns(name), rows);
}
