using System;
using System.IO;
using System.Linq;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Measure-NsgTraffic -Workspace against the simulator; the numbers are reckoned by hand from the lines of <see cref="SimulatedAnalytics"/>.</summary>
[Collection(SimulatedAnalyticsGroup.Name)]
public sealed class WorkspaceMeasureTests(SimulatedAnalytics azure) : IDisposable
{
    private const string Law = "Measure-NsgTraffic -Workspace law-net " + SimulatedAnalytics.Hours;

    public void Dispose() => azure.Simulator.Options.Logs.QueryTime = TimeSpan.Zero;

    [Fact]
    public void A_summary_is_that_of_flow_logs_as_far_as_tables_tell()
    {
        using var session = azure.Session();
        var summary = (TrafficSummary)Assert.Single(session.Run(Law).Clean().Output);
        Assert.Equal((7L, 3L, 4L), (summary.Flows, summary.Allowed, summary.Denied));
        Assert.Equal((2200L, 3400L), (summary.BytesSent, summary.BytesReceived));
        Assert.Equal((6L, 1L, 3L), (summary.Inbound, summary.Outbound, summary.Malicious));
        Assert.Null(summary.Tuples);
        Assert.Null(summary.Blobs);
        Assert.Equal(["ExternalPublic", "MaliciousFlow"], summary.FlowType.Take(2).Select(static row => row.KeyValues[0]!.ToString()));
        Assert.Equal("192.0.2.66", summary.TopDeniedSource[0].KeyValues[0]);
        Assert.Single(azure.Queries);
    }

    [Theory]
    [InlineData("", "wait=600")]
    [InlineData("-ServerTimeout 90s", "wait=90")]
    public void The_service_may_work_as_long_as_it_ever_does_or_as_told(string parameters, string wait)
    {
        using var session = azure.Session();
        session.Run($"{Law} {parameters}").Clean();
        session.Run($"{Law} -By Rule -Address 9.9.9.9 {parameters}");
        session.Run($"Get-NsgTrafficAnalytics -Workspace law-net {SimulatedAnalytics.Hours} -Address 9.9.9.9 {parameters}");

        // The summary; rows and why there are none, twice.
        Assert.Equal(Enumerable.Repeat(wait, 5), azure.Queries.Select(static query => query.Headers["Prefer"]));
    }

    [Fact]
    public void Rows_by_fields_have_them_as_properties()
    {
        using var session = azure.Session();
        var outcome = session.Run($"{Law} -By SourceAddress, DestinationPort -Decision Deny | ForEach-Object {{ \"$($_.SourceAddress) $($_.DestinationPort) $($_.Flows) $($_.Denied) $($_.Percent)\" }}").Clean();
        Assert.Equal(["192.0.2.66 22 3 3 75", "198.51.100.9 3389 1 1 25"], outcome.Output);
    }

    [Fact]
    public void What_is_not_shown_is_in_the_rest()
    {
        using var session = azure.Session();
        var rows = session.Run($"{Law} -By SourceAddress -OrderBy Bytes -Top 1").Clean().Output.Cast<TrafficMeasure>().ToList();
        Assert.Equal(["203.0.113.7", TrafficMeasure.Other], rows.Select(static row => row.KeyValues[0]));
        Assert.Equal([3000L, 2600L], rows.Select(static row => row.Bytes!.Value));
        Assert.Equal(7, rows.Sum(static row => row.Flows));
    }

    [Theory]
    [InlineData("-Table VirtualNetwork", 1)]
    [InlineData("-Nsg web-nsg", 6)]
    [InlineData("-AksCluster prod-weu", 1)]
    [InlineData("-DestinationPort https", 2)]
    [InlineData("-Address 203.0.113.0/24", 2)]
    public void Scope_tables_and_filters_choose(string parameters, long flows)
    {
        using var session = azure.Session();
        Assert.Equal(flows, ((TrafficSummary)Assert.Single(session.Run($"{Law} {parameters}").Clean().Output)).Flows);
    }

    [Fact]
    public void Flow_logs_of_the_pipeline_are_measured_in_the_workspace()
    {
        using var session = azure.Session();
        var summary = (TrafficSummary)Assert.Single(session.Run($"Get-NsgFlowLog web-nsg-rg-net-flowlog | {Law}").Clean().Output);
        Assert.Equal(6, summary.Flows);
    }

    [Fact]
    public void Networks_of_the_pipeline_are_measured_in_the_workspace()
    {
        using var session = azure.Session();
        var network = $"[pscustomobject]@{{ Name = 'x'; Id = '/subscriptions/{SampleWorld.ProdId}/resourceGroups/{SampleWorld.NodeGroup}/providers/Microsoft.Network/virtualNetworks/{SimulatedAnalytics.Network}' }}";
        Assert.Equal(1, ((TrafficSummary)Assert.Single(session.Run($"{network} | {Law}").Clean().Output)).Flows);
    }

    [Fact]
    public void Time_buckets_come_with_those_in_which_nothing_was()
    {
        using var session = azure.Session();
        var rows = session.Run("Measure-NsgTraffic -Workspace law-net -Bucket 1h -StartTime 2026-10-27T11 -EndTime 2026-10-27T14").Clean().Output.Cast<TrafficMeasure>();
        Assert.Equal([0L, 7L, 0L], rows.Select(static row => row.Flows));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("-By SourceAddress", 5)]
    [InlineData("-By SourceAddress -Top 1", 2)]
    public void What_is_missing_is_an_error_beside_the_rows(string parameters, int rows)
    {
        using var session = azure.Session();
        azure.Simulator.Faults.FailQueryPartly("ShardUnavailable", "One cluster did not answer.");
        var outcome = session.Run($"{Law} {parameters}");
        Assert.Equal(rows, outcome.Output.Count);
        var error = Assert.Single(outcome.Errors);
        Assert.Equal("LogsPartial", Outcome.Id(error));
        Assert.Contains("One cluster did not answer", error.Exception.Message, StringComparison.Ordinal);
        Assert.Null(outcome.Terminating);
    }

    [Theory]
    [InlineData("Nsg2")]
    [InlineData("VNet4")]
    public void Flow_logs_and_what_Traffic_Analytics_made_of_them_have_the_same_answer(string format)
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow");
        var before = azure.Workspace.Database;
        try
        {
            using var session = azure.Session();
            var truth = (FlowSampleTruth)Assert.Single(session.Run($"New-NsgFlowSample -Path '{folder.FullName}' -Format {format} -Nic 3 -TuplesPerMinute 40 -Seed 5 -StartTime 2026-10-27T12").Clean().Output);
            var reducer = new TrafficAnalyticsReducer(azure.Simulator.World);
            foreach (var file in folder.EnumerateFiles("*.json", SearchOption.AllDirectories))
            {
                reducer.Add(File.ReadAllBytes(file.FullName));
            }

            azure.Workspace.Database = reducer.Tables();
            var places = new[] { $"-Path '{folder.FullName}'", "-Workspace law-net -StartTime 2026-10-27T12 -EndTime 2026-10-28" };
            T[] Answers<T>(string parameters, Func<Outcome, T> told) => [.. places.Select(place => told(session.Run($"Measure-NsgTraffic {place} {parameters}").Clean()))];

            // Each tuple once, as they were made; a flow that had begun before there was a log has no row that says so.
            var all = Answers("-Raw", static outcome => (TrafficSummary)outcome.Output[0]);
            Assert.All(all, one => Assert.Equal((truth.DeniedTuples, truth.BytesSent, truth.BytesReceived, truth.PacketsSent, truth.PacketsReceived), (one.Denied, one.BytesSent, one.BytesReceived, one.PacketsSent, one.PacketsReceived)));
            Assert.Equal([truth.Flows, truth.Flows - truth.HeadlessSessions], all.Select(static one => one.Flows));

            // Each flow once.
            var once = Answers(string.Empty, static outcome => (TrafficSummary)outcome.Output[0]);
            Assert.True(once[0].BytesSent < all[0].BytesSent);
            Assert.Equal((once[0].Denied, once[0].BytesSent, once[0].BytesReceived, once[0].PacketsSent), (once[1].Denied, once[1].BytesSent, once[1].BytesReceived, once[1].PacketsSent));

            var bytes = Answers("-By SourceAddress -OrderBy Bytes -Top 5", static outcome => Lines(outcome, static row => $"{row.Bytes} {row.BytesSent} {row.PacketsReceived} {row.Denied}"));
            Assert.Equal(6, bytes[0].Length);
            Assert.StartsWith(TrafficMeasure.Other, bytes[0][5], StringComparison.Ordinal);
            Assert.Equal(bytes[0], bytes[1]);

            var denied = Answers("-Decision Deny -By SourceAddress, DestinationPort -Top 4", static outcome => Lines(outcome, static row => $"{row.Flows} {row.Denied} {row.Percent}"));
            Assert.Equal(5, denied[0].Length);
            Assert.StartsWith(TrafficMeasure.Other, denied[0][4], StringComparison.Ordinal);
            Assert.Equal(denied[0], denied[1]);
        }
        finally
        {
            azure.Workspace.Database = before;
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Nothing_is_explained()
    {
        using var session = azure.Session();
        var filtered = session.Run($"{Law} -SourceAddress 172.16.0.1");
        Assert.Equal(0, ((TrafficSummary)Assert.Single(filtered.Output)).Flows);
        Assert.Contains("No traffic: the filter let none of the 4 rows", Assert.Single(filtered.Warnings), StringComparison.Ordinal);

        var early = session.Run("Measure-NsgTraffic -Workspace law-net -StartTime 2026-10-20 -EndTime 2026-10-21");
        Assert.Empty(early.Output);
        Assert.Contains("have no row", Assert.Single(early.Warnings), StringComparison.Ordinal);

        var now = session.Run("Measure-NsgTraffic -Workspace law-net -By Rule");
        Assert.Empty(now.Output);
        Assert.Contains("(24 hours, as no start was given", now.Warnings[^1], StringComparison.Ordinal);
        Assert.Contains("take up to two hours", now.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_query_is_shown_and_nobody_asked()
    {
        using var session = azure.Session();
        var query = (string)Assert.Single(session.Run($"{Law} -By Rule -ShowQuery").Clean().Output);
        Assert.Contains("summarize", query, StringComparison.Ordinal);
        Assert.Empty(azure.Simulator.Requests.All);
    }

    [Fact]
    public void Without_a_workspace_flow_logs_are_read()
    {
        using var session = azure.Session();
        session.Run($"Measure-NsgTraffic -Nsg web-nsg {SimulatedAnalytics.Hours}");
        Assert.Empty(azure.Queries);
        Assert.NotEmpty(azure.Lookups);
    }

    [Fact]
    public void A_workspace_of_the_pipeline_leads_to_its_parameter()
    {
        using var session = azure.Session();
        var outcome = session.Run($"[pscustomobject]@{{ Name = 'law-net'; ResourceId = '{azure.Workspace.Id}'; CustomerId = '{azure.Workspace.CustomerId}' }} | Measure-NsgTraffic {SimulatedAnalytics.Hours}");
        var error = outcome.Terminating is System.Management.Automation.IContainsErrorRecord terminating ? terminating.ErrorRecord : Assert.Single(outcome.Errors);
        Assert.Equal("SourceMissing", Outcome.Id(error));
        Assert.Contains("-Workspace", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(azure.Simulator.Requests.All);
    }

    [Theory]
    [InlineData("prod", 7)]
    [InlineData("pr*", 7)]
    [InlineData(Simulator.SampleWorld.ProdId, 7)]
    [InlineData("5e0f3c1a-*", 7)]
    [InlineData("dev", 0)]
    public void A_subscription_may_be_called_by_its_name(string subscription, long flows)
    {
        using var session = azure.Session();
        Assert.Equal(flows, ((TrafficSummary)Assert.Single(session.Run($"{Law} -SubscriptionId {subscription}").Output)).Flows);
    }

    [Fact]
    public void A_subscription_that_is_not_there_is_an_error()
    {
        using var session = azure.Session();
        Assert.Contains("ResourceNotFound", session.Run($"{Law} -SubscriptionId porduction").AllText, StringComparison.Ordinal);
        Assert.Contains("ResourceNotFound", session.Run($"{Law} -SubscriptionId porduction*").AllText, StringComparison.Ordinal);
        Assert.Empty(azure.Queries);
    }

    [Fact]
    public void Stopping_ends_the_waiting_within_a_second()
    {
        using var session = azure.Session();
        azure.Simulator.Options.Logs.QueryTime = TimeSpan.FromSeconds(60);
        session.Stop(Law, () => azure.Queries.Count > 0, out var took);
        Assert.InRange(took, TimeSpan.Zero, CmdletSession.AtOnce);
    }

    private static string[] Lines(Outcome outcome, Func<TrafficMeasure, string> numbers) =>
        [.. outcome.Output.Cast<TrafficMeasure>().Select(row => $"{string.Join(' ', row.KeyValues)} {numbers(row)}")];
}
