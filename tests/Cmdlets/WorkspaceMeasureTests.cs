using System;
using System.Linq;
using NsgFlow.CmdletTests.Infrastructure;
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
        var network = $"[pscustomobject]@{{ Name = 'x'; Id = '/subscriptions/{Simulator.SampleWorld.ProdId}/resourceGroups/{Simulator.SampleWorld.NodeGroup}/providers/Microsoft.Network/virtualNetworks/{SimulatedAnalytics.Network}' }}";
        Assert.Equal(1, ((TrafficSummary)Assert.Single(session.Run($"{network} | {Law}").Clean().Output)).Flows);
    }

    [Fact]
    public void Time_buckets_come_with_those_in_which_nothing_was()
    {
        using var session = azure.Session();
        var rows = session.Run("Measure-NsgTraffic -Workspace law-net -Bucket 1h -StartTime 2026-10-27T11 -EndTime 2026-10-27T14").Clean().Output.Cast<TrafficMeasure>();
        Assert.Equal([0L, 7L, 0L], rows.Select(static row => row.Flows));
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
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }
}
