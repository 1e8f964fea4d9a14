using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using Xunit;

namespace NsgFlow.EqualityTests;

/// <summary>What Measure-NsgTraffic says of flow logs, it says of the tables that Traffic Analytics makes of them.</summary>
public sealed class MeasureEqualityTests : IDisposable
{
    /// <summary>Fields whose values the tables tell in other words, or not at all; see <see cref="LimitsTests"/>.</summary>
    private static readonly string[] s_other = ["TargetResourceId", "SourceServiceTag", "DestinationServiceTag", "DestinationLocation"];

    private readonly Twofold _twofold = new(EdgeCases.Flows());

    public static IEnumerable<string> Fields => TrafficField.All.Where(static one => one.TrafficAnalytics is not null).Select(static one => one.Name).Except(s_other);

    public static TheoryData<string> Singles => [.. Fields, "Conversation", "SourceAddress/24", "DestinationAddress/16", "SourceAddress/48", ""];

    public static TheoryData<string> Orders => [.. Enum.GetNames<TrafficOrder>()];

    [Theory]
    [MemberData(nameof(Singles))]
    public void By_each_field(string field) => _twofold.AssertSame(Query(field), field);

    [Theory]
    [MemberData(nameof(Singles))]
    public void By_each_field_every_capture(string field) => _twofold.AssertSame(Query(field, raw: true), field + " raw");

    [Fact]
    public void By_each_pair_of_fields()
    {
        var fields = Fields.ToList();
        for (var i = 0; i < fields.Count; i++)
        {
            for (var j = i + 1; j < fields.Count; j++)
            {
                _twofold.AssertSame(Query($"{fields[i]} {fields[j]}"), $"{fields[i]}, {fields[j]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_first_and_the_rest_in_every_order(string order)
    {
        var query = new TrafficQuery { By = TrafficKey.Parse(["Conversation"]), OrderBy = Enum.Parse<TrafficOrder>(order), Top = 4 };
        _twofold.AssertSame(query, order);
        _twofold.AssertSame(new TrafficQuery { By = TrafficKey.Parse(["SourceAddress"]), OrderBy = query.OrderBy, Top = 3, Bucket = TimeSpan.FromHours(1) }, order + " in hours");
    }

    [Theory]
    [InlineData("Flows")]
    [InlineData("Bytes")]
    [InlineData("Denied")]
    public void The_first_and_the_rest_of_parts(string order)
    {
        foreach (var bucket in new TimeSpan?[] { null, TimeSpan.FromHours(1) })
        {
            var query = new TrafficQuery
            {
                By = TrafficKey.Parse(["Conversation"]),
                OrderBy = Enum.Parse<TrafficOrder>(order),
                Top = 4,
                Bucket = bucket,
                Filter = new FlowFilter { Start = FlowLogs.Noon, End = FlowLogs.Noon.AddHours(2) },
            };
            _twofold.Logs.IsShortOfMemory = false;
            var whole = _twofold.Rows(query, Line).Remote;
            var answers = _twofold.Logs.Answers;
            _twofold.Logs.IsShortOfMemory = true;
            Assert.Equal(whole, _twofold.Rows(query, Line).Remote);
            Assert.Equal(answers + 2, _twofold.Logs.Answers);
            Assert.Contains("OTHER", whole[^1], StringComparison.Ordinal);
            _twofold.AssertSame(query, order);
        }

        static string Line(TrafficMeasure row) => $"{Twofold.WholeLine(row)} | {string.Join(' ', row.Trend)}";
    }

    [Fact]
    public void Thresholds_and_what_is_counted_once()
    {
        var all = TrafficDistinct.Sources | TrafficDistinct.Destinations | TrafficDistinct.Ports;
        _twofold.AssertSame(new TrafficQuery { By = TrafficKey.Parse(["SourceAddress"]), MinFlows = 2 }, "two flows");
        _twofold.AssertSame(new TrafficQuery { By = TrafficKey.Parse(["SourceAddress"]), MinBytes = 5000, OrderBy = TrafficOrder.Bytes }, "5000 bytes");
        _twofold.AssertSame(new TrafficQuery { By = TrafficKey.Parse(["DestinationPort"]), Distinct = all }, "distinct");
        _twofold.AssertSame(new TrafficQuery { Distinct = all }, "distinct of all");
        _twofold.AssertSame(new TrafficQuery { By = TrafficKey.Parse(["Direction"]), Distinct = all, Raw = true }, "distinct, every capture");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Decision")]
    [InlineData("SourceAddress")]
    public void Hours(string field)
    {
        _twofold.AssertSame(Query(field, bucket: TimeSpan.FromHours(1)), "hours");
        _twofold.AssertSame(Query(field, bucket: TimeSpan.FromDays(1)), "days");
        _twofold.AssertSame(Query(field, bucket: TimeSpan.FromDays(7)), "weeks");
    }

    [Fact]
    public void Filters()
    {
        foreach (var (what, filter) in new (string, FlowFilter)[]
        {
            ("address", new() { Address = AddressSet.Parse(["10.9.0.0/16"]) }),
            ("addresses of both families", new() { SourceAddress = AddressSet.Parse(["203.0.113.0/24", "2001:db8::/32", "fd12:3456::/48"]) }),
            ("a listed address", new() { SourceAddress = AddressSet.Parse(["203.0.113.7"]) }),
            ("a range", new() { DestinationAddress = AddressSet.Parse(["10.0.1.1-10.0.2.255"]) }),
            ("not an address", new() { ExcludeAddress = AddressSet.Parse(["203.0.113.0/24", "8.8.8.8"]) }),
            ("port", new() { DestinationPort = PortSet.Parse(["443", "1000-2000"]) }),
            ("not a port", new() { ExcludePort = PortSet.Parse(["1433"]) }),
            ("protocol", new() { Protocol = ProtocolSet.Parse(["udp"]) }),
            ("denied", new() { Decision = [FlowDecision.Deny] }),
            ("inbound", new() { Direction = [FlowDirection.Inbound] }),
            ("outbound", new() { Direction = [FlowDirection.Outbound] }),
            ("rule", new() { Rule = RuleSet.Parse(["Allow*"]) }),
            ("not a rule", new() { ExcludeRule = RuleSet.Parse(["DenyAllInBound"]) }),
            ("interface", new() { MacAddress = MacSet.Parse(["00-0D-3A-11-22-33"]) }),
            ("the first hour", new() { Start = FlowLogs.Noon, End = FlowLogs.Noon.AddHours(1) }),
            ("both", new() { Start = FlowLogs.Noon, End = FlowLogs.Noon.AddHours(2) }),
        })
        {
            foreach (var field in new[] { "", "Conversation", "Rule" })
            {
                _twofold.AssertSame(new TrafficQuery { By = TrafficKey.Parse(field.Length == 0 ? [] : [field]), Filter = filter }, $"{what}, by {field}");
            }
        }
    }

    [Fact]
    public void First_moments_and_what_is_not_told_of_flows_in_no_list()
    {
        var filter = new FlowFilter { SourceAddress = AddressSet.Parse(["10.0.0.0/8", "fd00::/8"]), DestinationAddress = AddressSet.Parse(["10.0.0.0/8", "192.168.0.0/16", "fd00::/8"]) };
        foreach (var field in Fields.Append("Conversation"))
        {
            _twofold.AssertSame(new TrafficQuery { By = TrafficKey.Parse([field]), Filter = filter }, field, Twofold.WholeLine);
        }
    }

    public void Dispose() => _twofold.Dispose();

    private static TrafficQuery Query(string fields, bool raw = false, TimeSpan? bucket = null) => new()
    {
        By = TrafficKey.Parse(fields.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
        Raw = raw,
        Bucket = bucket,
    };
}
