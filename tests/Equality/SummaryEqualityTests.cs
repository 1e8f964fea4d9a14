using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.EqualityTests;

public sealed class SummaryEqualityTests
{
    public static TheoryData<string, int, bool> Ways => new()
    {
        { nameof(AnalyticsSpelling.Tables), 60, false },
        { nameof(AnalyticsSpelling.Tables), 60, true },
        { nameof(AnalyticsSpelling.Tables), 10, false },
        { nameof(AnalyticsSpelling.Article), 60, false },
        { nameof(AnalyticsSpelling.Article), 10, true },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_summary_is_the_same(string spelling, int interval, bool raw)
    {
        var options = new AnalyticsOptions
        {
            Spelling = System.Enum.Parse<AnalyticsSpelling>(spelling),
            Interval = interval,
            Azure = EqualityWorld.Options.Azure,
            Threats = EqualityWorld.Options.Threats,
        };
        using var twofold = new Twofold(EdgeCases.Flows(), options);
        foreach (var filter in new FlowFilter[] { new(), new() { Decision = [FlowDecision.Deny] }, new() { Direction = [FlowDirection.Inbound], Start = FlowLogs.Noon, End = FlowLogs.Noon.AddHours(1) } })
        {
            var query = new TrafficQuery { Raw = raw, Top = 3, Filter = filter };
            Assert.Equal(Lines(twofold.LocalSummary(query)), Lines(twofold.RemoteSummary(query)), ignoreCase: true);
        }
    }

    [Fact]
    public void Nothing_is_nothing_in_both()
    {
        using var twofold = new Twofold(EdgeCases.Flows());
        var query = new TrafficQuery { Filter = new FlowFilter { SourceAddress = AddressSet.Parse(["192.0.2.1"]) } };
        Assert.Equal(Lines(twofold.LocalSummary(query)), Lines(twofold.RemoteSummary(query)));
        Assert.Equal(0, twofold.RemoteSummary(query).Flows);
    }

    private static string Lines(TrafficSummary summary)
    {
        var lists = new (string Name, IReadOnlyList<TrafficMeasure> Rows)[]
        {
            ("type", summary.FlowType), ("hour", summary.Hour), ("conversation", summary.TopConversation), ("talker", summary.TopTalker), ("port", summary.TopPort),
            ("denied", summary.TopDeniedSource), ("rule", summary.TopRule), ("busiest", summary.BusiestHour is { } busiest ? [busiest] : []),
        };
        IEnumerable<string> whole =
        [
            $"{summary.Flows} {summary.Allowed} {summary.Denied} {summary.Malicious} {summary.Inbound} {summary.Outbound}",
            $"{summary.BytesSent ?? 0} {summary.BytesReceived ?? 0} {summary.PacketsSent ?? 0} {summary.PacketsReceived ?? 0}",
            string.Join(' ', summary.Nsg), string.Join(' ', summary.VirtualNetwork), string.Join(' ', summary.Subnet), string.Join(' ', summary.Location), string.Join(' ', summary.MacAddress),
        ];
        return string.Join('\n', whole.Concat(lists.SelectMany(static list => list.Rows.Select(row => list.Name + ": " + Twofold.Line(row)))));
    }
}
