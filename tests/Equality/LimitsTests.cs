using System;
using System.Linq;
using NsgFlow.Filtering;
using NsgFlow.Measuring;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.EqualityTests;

/// <summary>Where the reduction has dropped what flow logs know, and answers differ: decision 0017 lists it. What both say is written out, so that a change is seen.</summary>
public sealed class LimitsTests
{
    [Fact]
    public void A_flow_that_began_before_the_log_counts_only_here_and_its_bytes_count_in_both() => Differ(
        new FlowLogs().Allow(60, "10.0.1.4", 50001, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(1, 10, 1000, 20, 2000)], isBegun: true),
        new TrafficQuery(),
        "1 1000 2000",
        "0 1000 2000",
        static row => $"{row.Flows} {row.BytesSent} {row.BytesReceived}");

    [Fact]
    public void A_flow_that_began_before_the_window_counts_only_here() => Differ(
        EdgeCases.Flows(),
        new TrafficQuery { Filter = new FlowFilter { Start = FlowLogs.Noon.AddHours(1), End = FlowLogs.Noon.AddHours(2) } },
        "4 2 850",
        "3 2 850",
        static row => $"{row.Flows} {row.Denied} {row.BytesSent}");

    [Fact]
    public void What_one_end_lost_of_a_conversation_is_not_filled_from_the_other() => Differ(
        new FlowLogs()
            .Allow(60, "10.0.1.4", 50001, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(1, 10, 1000, 20, 2000)])
            .Allow(61, "10.0.1.4", 50002, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(1, 10, 300, 20, 400)], only: EqualityWorld.Db),
        new TrafficQuery(),
        "2 1297 2397",
        "1 1000 2000",
        static row => $"{row.Flows} {row.BytesSent} {row.BytesReceived}");

    [Fact]
    public void An_address_in_a_list_has_the_first_moment_of_the_whole_list() => Differ(
        EdgeCases.Flows(),
        new TrafficQuery { By = TrafficKey.Parse(["SourceAddress"]), Filter = new FlowFilter { SourceAddress = AddressSet.Parse(["203.0.113.7"]) } },
        "12:03:21",
        "12:03:20",
        static row => FormattableString.Invariant($"{row.FirstSeen:HH:mm:ss}"));

    [Fact]
    public void The_last_moment_is_that_in_which_the_last_flow_began() => Differ(
        new FlowLogs().Allow(60, "10.0.1.4", 50001, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(100, 10, 1000, 20, 2000)]),
        new TrafficQuery(),
        "12:02:40",
        "12:01:00",
        static row => FormattableString.Invariant($"{row.LastSeen:HH:mm:ss}"));

    [Fact]
    public void Counters_that_no_tuple_told_are_zero_in_a_list() => Differ(
        new FlowLogs().Deny(60, "203.0.113.9", 40018, "10.0.2.4", 1433, "T", "UserRule_DenySql"),
        new TrafficQuery(),
        "null",
        "0",
        static row => row.Bytes?.ToString() ?? "null");

    [Fact]
    public void Buckets_shorter_than_the_interval_have_everything_in_the_first() => Differ(
        new FlowLogs().Allow(60, "10.0.1.4", 50001, "10.0.2.4", 1433, "T", "UserRule_AllowSql", [new(660, 1, 100, 1, 100), new(661, 2, 200, 2, 200)]),
        new TrafficQuery { Bucket = TimeSpan.FromMinutes(10) },
        "12:00 1 0, 12:10 0 600",
        "12:00 1 600",
        static row => FormattableString.Invariant($"{row.KeyValues[0]:HH:mm} {row.Flows} {row.Bytes ?? 0}"));

    [Fact]
    public void Buckets_of_the_interval_or_longer_are_equal()
    {
        using var twofold = new Twofold(EdgeCases.Flows(), new AnalyticsOptions { Interval = 10, Azure = EqualityWorld.Options.Azure, Threats = EqualityWorld.Options.Threats });
        foreach (var minutes in new[] { 10, 20, 30, 60, 90, 120 })
        {
            foreach (var field in new[] { "", "Decision", "Conversation" })
            {
                foreach (var top in new int?[] { null, 2 })
                {
                    var query = new TrafficQuery { Bucket = TimeSpan.FromMinutes(minutes), By = TrafficKey.Parse(field.Length > 0 ? [field] : []), Top = field.Length > 0 ? top : null };
                    twofold.AssertSame(query, $"{minutes} minutes, {field} {top}");
                }
            }
        }
    }

    [Theory]
    [InlineData("TargetResourceId", "/subscriptions/5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/spoke", "5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07/rg-net/spoke")]
    [InlineData("DestinationServiceTag", "AzureCloud.westeurope", "2603:1000::9|AzureCloud.westeurope")]
    public void Some_values_are_in_other_words(string field, string local, string remote) => Differ(
        new FlowLogs().Allow(303, "fd12:9999:0:1::4", 40009, "2603:1000::9", 443, "T", "DefaultRule_AllowInternetOutBound", [new(18, 12, 1200, 13, 13000)]),
        new TrafficQuery { By = TrafficKey.Parse([field]) },
        local,
        remote,
        static row => row.KeyValues[0]?.ToString() ?? string.Empty);

    [Theory]
    [InlineData("SourcePort")]
    [InlineData("State")]
    [InlineData("AclId")]
    [InlineData("Blob")]
    [InlineData("FormatVersion")]
    public void What_is_not_there_at_all_is_an_error(string field)
    {
        using var twofold = new Twofold(EdgeCases.Flows());
        var error = Assert.Throws<NsgFlowException>(() => twofold.RemoteSummary(new TrafficQuery { By = TrafficKey.Parse([field]) }));
        Assert.Equal("AnalyticsCannotAnswer", error.ErrorId);
    }

    private static void Differ(FlowLogs logs, TrafficQuery query, string local, string remote, Func<TrafficMeasure, string> line)
    {
        using var twofold = new Twofold(logs);
        var rows = twofold.Rows(query, line);
        Assert.Equal((local, remote), (string.Join(", ", rows.Local), string.Join(", ", rows.Remote)));
    }
}
