using System;
using System.Linq;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Get-NsgTrafficAnalytics against the simulator: ARM and Log Analytics over TLS with tokens, KQL evaluated over rows that were reduced from flow logs.</summary>
[Collection(SimulatedAnalyticsGroup.Name)]
public sealed class TrafficAnalyticsTests(SimulatedAnalytics azure) : IDisposable
{
    private const string Hours = SimulatedAnalytics.Hours;
    private const string Law = "Get-NsgTrafficAnalytics -Workspace law-net " + Hours;

    // What tests change.
    public void Dispose()
    {
        azure.Simulator.Options.Logs.MostRows = 500_000;
        azure.Simulator.Options.Logs.QueryTime = TimeSpan.Zero;
    }

    [Fact]
    public void An_NSG_leads_to_its_workspace_and_its_rows()
    {
        using var session = azure.Session();
        var records = Records(session.Run($"Get-NsgTrafficAnalytics -Nsg web-nsg {Hours}").Clean());
        Assert.Equal(
            [
                "12:01:00 203.0.113.7 10.2.1.4 443 Allow ExternalPublic 1 3000",
                "12:01:00 203.0.113.8 10.2.1.4 443 Allow ExternalPublic 1 1100",
                "12:02:00 192.0.2.66 10.2.1.4 22 Deny MaliciousFlow 3 ",
                "12:03:20 198.51.100.9 10.2.1.4 3389 Deny ExternalPublic 1 0",
            ],
            records.Select(Line));
        var first = records[0];
        Assert.Equal(FlowProtocol.Tcp, first.Protocol);
        Assert.Equal(FlowDirection.Inbound, first.Direction);
        Assert.Equal((10L, 1000L, 20L, 2000L), (first.PacketsSent, first.BytesSent, first.PacketsReceived, first.BytesReceived));
        Assert.Equal(("AllowHttps", FlowRuleKind.User, "web-nsg", "000D3A112233"), (first.Rule, first.RuleKind, first.Nsg, first.MacAddress));
        Assert.Equal(("spoke-vnet", "web", TrafficAnalyticsTable.Nsg), (first.DestinationVirtualNetwork, first.DestinationSubnet, first.Table));
        Assert.Single(azure.Queries);
        Assert.Empty(azure.Simulator.Requests.Writes);
    }

    [Theory]
    [InlineData("-AksCluster prod-weu")]
    [InlineData("-VirtualNetwork aks-vnet-*")]
    [InlineData("-Workspace law-net -AksCluster prod-weu")]
    [InlineData("-Workspace law-net -VirtualNetwork aks-vnet-12345678")]
    [InlineData("-Workspace law-net -Subnet aks-vnet-12345678/aks-subnet")]
    [InlineData("-Workspace law-net -Nsg aks-*")]
    [InlineData("-Workspace law-* -ResourceGroupName MC_*")]
    [InlineData("-Workspace law-net -Table VirtualNetwork")]
    [InlineData("-Workspace law-net -ResourceId '/subscriptions/" + SampleWorld.ProdId + "/resourceGroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/prod-weu'")]
    [InlineData("-Workspace law-net -ResourceId '/subscriptions/" + SampleWorld.ProdId + "/resourceGroups/" + SampleWorld.NodeGroup + "'")]
    public void The_clusters_row_is_found_by_whatever_names_it(string scope)
    {
        using var session = azure.Session();
        var record = Assert.Single(Records(session.Run($"Get-NsgTrafficAnalytics {scope} {Hours}").Clean()));
        Assert.Equal("12:05:00 10.224.0.4 10.2.2.4 1433 Allow", string.Join(' ', Line(record).Split(' ').Take(5)));
        Assert.Equal((1L, 1L, 700L, 800L), (record.Flows, record.CompletedFlows, record.BytesSent, record.BytesReceived));
        Assert.Equal(TrafficAnalyticsTable.VirtualNetwork, record.Table);
    }

    [Theory]
    [InlineData("-Decision Deny", 2)]
    [InlineData("-Decision A -Direction In", 2)]
    [InlineData("-FlowType ExternalPublic", 3)]
    [InlineData("-Malicious", 1)]
    [InlineData("-DestinationPort https, ssh", 3)]
    [InlineData("-Address 203.0.113.8", 1)]
    [InlineData("-Address 203.0.113.0/24", 2)]
    [InlineData("-SourceAddress 10.0.0.0/8", 1)]
    [InlineData("-ExcludeAddress 10.2.1.4", 1)]
    [InlineData("-Rule Allow*", 3)]
    [InlineData("-ExcludeRule DenyAllInBound", 3)]
    [InlineData("-MacAddress 00-0d-3a-11-22-33", 4)]
    [InlineData("-Protocol Udp", 0)]
    [InlineData("-MinBytes 1500", 2)]
    [InlineData("-Encryption NX", 1)]
    [InlineData("-Table Nsg, VirtualNetwork", 5)]
    public void Filters_are_those_of_flow_records(string filter, int expected)
    {
        using var session = azure.Session();
        var outcome = session.Run($"{Law} {filter}");
        Assert.Empty(outcome.Errors);
        Assert.Equal(expected, Records(outcome).Count);
        Assert.Equal(expected == 0 ? 1 : 0, outcome.Warnings.Count);
    }

    [Fact]
    public void A_customer_id_needs_no_Resource_Manager()
    {
        using var session = azure.Session(azure.Simulator.World.AddPrincipal("analyst " + Guid.NewGuid().ToString("N")).Grant("Log Analytics Reader", azure.Workspace.Id));
        Assert.Equal(5, Records(session.Run($"Get-NsgTrafficAnalytics -Workspace {azure.Workspace.CustomerId} {Hours}").Clean()).Count);
        Assert.Empty(azure.Lookups);
    }

    [Fact]
    public void Flow_logs_of_the_pipeline_are_asked_about_at_once_in_their_own_workspace()
    {
        using var session = azure.Session();
        Assert.Equal(5, Records(session.Run($"Get-NsgFlowLog web-nsg-rg-net-flowlog, aks-flowlog | Get-NsgTrafficAnalytics {Hours}").Clean()).Count);
        Assert.Single(azure.Queries);
        Assert.Single(Records(session.Run($"Get-NsgFlowLog aks-flowlog | Get-NsgTrafficAnalytics {Hours}").Clean()));
        Assert.Single(Records(session.Run($"Get-NsgFlowLog aks-flowlog | Get-NsgTrafficAnalytics -Workspace law-net {Hours}").Clean()));
    }

    [Fact]
    public void A_flow_log_without_Traffic_Analytics_among_others_is_told()
    {
        using var session = azure.Session();
        var outcome = session.Run($"Get-NsgFlowLog aks-flowlog, hub-flowlog | Get-NsgTrafficAnalytics {Hours}");
        Assert.Empty(outcome.Errors);
        Assert.Single(Records(outcome));
        Assert.Contains("Traffic Analytics is off for 'hub-flowlog'", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_moment_that_no_answer_can_hold_is_an_error()
    {
        var before = azure.Simulator.Options.Logs.MostBytes;
        try
        {
            // Not even the row of one moment fits, and no second can be divided.
            azure.Simulator.Options.Logs.MostBytes = 10;
            using var session = azure.Session();
            var outcome = session.Run(Law);
            Assert.Equal("LogsWindowTooLarge", Outcome.Id(Assert.Single(outcome.Errors)));
        }
        finally
        {
            azure.Simulator.Options.Logs.MostBytes = before;
        }
    }

    [Fact]
    public void Objects_of_Az_name_the_workspace_or_what_was_logged()
    {
        using var session = azure.Session();
        var workspace = $"[pscustomobject]@{{ Name = 'law-net'; ResourceId = '{azure.Workspace.Id}'; CustomerId = '{azure.Workspace.CustomerId}'; Location = 'westeurope' }}";
        Assert.Equal(5, Records(session.Run($"{workspace} | Get-NsgTrafficAnalytics {Hours}").Clean()).Count);
        var network = $"[pscustomobject]@{{ Name = 'x'; Id = '/subscriptions/{SampleWorld.ProdId}/resourceGroups/{SampleWorld.NodeGroup}/providers/Microsoft.Network/virtualNetworks/{SimulatedAnalytics.Network}' }}";
        Assert.Single(Records(session.Run($"{network} | Get-NsgTrafficAnalytics {Hours}").Clean()));
    }

    [Fact]
    public void Malicious_flows_come_with_what_is_known_of_the_address()
    {
        using var session = azure.Session();
        var record = Assert.Single(Records(session.Run($"{Law} -Malicious").Clean()));
        Assert.Equal(("192.0.2.66", 3L, 3L, FlowType.MaliciousFlow), (record.SourceAddress, record.Flows, record.Denied, record.FlowType));
        Assert.Equal(("Botnet", "Scans for open ports", "bad.example"), (record.ThreatType, record.ThreatDescription, record.DnsDomain));
        Assert.Null(record.Bytes);
    }

    [Fact]
    public void Malicious_flows_are_of_a_type_whose_view_has_the_threat()
    {
        using var session = azure.Session();
        Assert.Equal(["NsgFlow.TrafficAnalyticsRecord.Malicious"], session.Run($"({Law} -Malicious).ForEach{{ $_.psobject.TypeNames[0] }}").Clean().Output);
        Assert.Equal(["NsgFlow.TrafficAnalyticsRecord"], session.Run($"({Law}).ForEach{{ $_.psobject.TypeNames[0] }}").Clean().Output.Distinct());
    }

    [Fact]
    public void What_is_missing_is_an_error_beside_the_rows()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.FailQueryPartly("ShardUnavailable", "One cluster did not answer.");
        var outcome = session.Run(Law);
        Assert.Equal(5, Records(outcome).Count);
        var error = Assert.Single(outcome.Errors);
        Assert.Equal("LogsPartial", Outcome.Id(error));
        Assert.Contains("One cluster did not answer", error.Exception.Message, StringComparison.Ordinal);
        Assert.Null(outcome.Terminating);
    }

    [Fact]
    public void What_the_service_remarks_is_verbose_and_said_once()
    {
        var before = azure.Workspace.Database;
        azure.Simulator.Options.Logs.MostRows = 2;
        try
        {
            azure.Workspace.Database = new KqlDatabase().Add(AnalyticsSchema.Nsg, before!.Tables[AnalyticsSchema.Nsg]);
            using var session = azure.Session();
            var outcome = session.Run($"{Law} -Verbose");
            Assert.Equal(4, Records(outcome).Count);
            Assert.Empty(outcome.Warnings);
            Assert.Contains("NTANetAnalytics", Assert.Single(outcome.Verbose, static line => line.StartsWith("Log Analytics remarks: ", StringComparison.Ordinal)), StringComparison.Ordinal);
        }
        finally
        {
            azure.Workspace.Database = before;
        }
    }

    [Fact]
    public void Topology_without_its_table_names_it_and_what_makes_it()
    {
        var before = azure.Workspace.Database;
        try
        {
            // Flows are there.
            azure.Workspace.Database = new KqlDatabase().Add(AnalyticsSchema.VirtualNetwork, before!.Tables[AnalyticsSchema.VirtualNetwork]);
            using var session = azure.Session();
            foreach (var (table, named) in new[] { ("-Table VirtualNetwork", "no table NTATopologyDetails in"), (string.Empty, "no table AzureNetworkAnalytics_CL or NTATopologyDetails in") })
            {
                var error = Assert.Single(session.Run($"{Law} -Topology {table}").Errors);
                Assert.Equal("AnalyticsTableMissing", Outcome.Id(error));
                Assert.Contains(named, error.Exception.Message, StringComparison.Ordinal);
                Assert.Contains("virtual network flow logs", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            }
        }
        finally
        {
            azure.Workspace.Database = before;
        }
    }

    [Fact]
    public void Answers_that_are_too_long_come_in_pieces_without_loss_or_doubles()
    {
        azure.Simulator.Options.Logs.MostRows = 2;
        using var session = azure.Session();
        var records = Records(session.Run(Law).Clean());
        Assert.Equal(5, records.Distinct().Count());
        Assert.Equal(["12:01:00", "12:01:00", "12:02:00", "12:03:20", "12:05:00"], records.Select(static record => Line(record).Split(' ')[0]));
        Assert.True(azure.Queries.Count > 2);
    }

    [Fact]
    public void The_query_is_shown_and_not_run()
    {
        using var session = azure.Session();
        var query = (string)Assert.Single(session.Run($"{Law} -Nsg web-nsg -DestinationPort ssh -ShowQuery").Clean().Output);
        Assert.Contains("AzureNetworkAnalytics_CL", query, StringComparison.Ordinal);
        Assert.Matches(@"web\\*-nsg", query);
        Assert.Contains("datetime(2026-10-27T12:00:00Z)", query, StringComparison.Ordinal);
        Assert.Empty(azure.Simulator.Requests.All);

        // Only a cluster has to be looked up: what is named stands in the query as it was given.
        query = (string)Assert.Single(session.Run($"Get-NsgTrafficAnalytics -VirtualNetwork aks-* -ResourceId /subscriptions/x/resourceGroups/rg-x {Hours} -ShowQuery").Clean().Output);
        Assert.Matches(@"aks\\*-", query);
        Assert.Matches(@"rg\\*-x", query);
        Assert.Empty(azure.Simulator.Requests.All);
        query = (string)Assert.Single(session.Run($"Get-NsgTrafficAnalytics -AksCluster prod-weu {Hours} -ShowQuery").Clean().Output);
        Assert.Matches(@"(?i)aks\\*-agentpool", query);
        Assert.NotEmpty(azure.Lookups);
        Assert.Empty(azure.Queries);
        Assert.Contains("NTANetAnalytics", (string)Assert.Single(session.Run("Get-NsgTrafficAnalytics -ShowQuery").Output), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-SourcePort 50001", "-SourcePort")]
    [InlineData("-State Begin", "-State")]
    [InlineData("-Table Nsg -Encryption NX", "-Encryption")]
    public void What_tables_cannot_tell_is_an_error_that_names_who_can(string parameters, string named)
    {
        using var session = azure.Session();
        var outcome = session.Run($"{Law} {parameters}");
        var error = Assert.Single(outcome.Errors);
        Assert.Equal("AnalyticsCannotAnswer", Outcome.Id(error));
        Assert.Contains(named, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Get-NsgFlowRecord", outcome.AllText, StringComparison.Ordinal);
        Assert.Empty(azure.Simulator.Requests.All);
    }

    [Theory]
    [InlineData("Get-NsgTrafficAnalytics", "WorkspaceMissing")]
    [InlineData("Get-NsgTrafficAnalytics -VirtualNetwork hub-vnet", "AnalyticsOff")]
    [InlineData("Get-NsgTrafficAnalytics -Workspace law-nett", "WorkspaceNotFound")]
    [InlineData("Get-NsgTrafficAnalytics -Workspace law-net -Topology -Port 80", "TopologyAmbiguous")]
    [InlineData("Get-NsgTrafficAnalytics -Workspace law-net -Last 1h -StartTime 2h", "TimeAmbiguous")]
    public void What_is_wrong_has_its_id(string script, string id)
    {
        using var session = azure.Session();
        Assert.Contains(id, session.Run(script).AllText, StringComparison.Ordinal);
        Assert.Empty(azure.Queries);
    }

    [Fact]
    public void Ports_of_either_end_are_destination_ports_and_that_is_said()
    {
        using var session = azure.Session();
        var outcome = session.Run($"{Law} -Port https");
        Assert.Equal(2, Records(outcome).Count);
        Assert.Contains("destination port", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_explained()
    {
        using var session = azure.Session();
        var filtered = session.Run($"{Law} -SourceAddress 172.16.0.1");
        Assert.Empty(filtered.Output);
        Assert.Contains("the filter let none of the 4 rows of AzureNetworkAnalytics_CL and NTANetAnalytics in workspace law-net pass", Assert.Single(filtered.Warnings), StringComparison.Ordinal);

        var early = session.Run("Get-NsgTrafficAnalytics -Workspace law-net -StartTime 2026-10-20 -EndTime 2026-10-21");
        Assert.Contains("have no row, from 2026-10-20 00:00:00Z to 2026-10-21 00:00:00Z. There are later ones, up to 2026-10-27 12:05:00Z.", Assert.Single(early.Warnings), StringComparison.Ordinal);

        // The usual time, whose end has not all come.
        var now = session.Run("Get-NsgTrafficAnalytics -Workspace law-net");
        Assert.Equal(2, now.Warnings.Count);
        Assert.Contains("take up to two hours", now.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("(24 hours, as no start was given", now.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_without_the_tables_is_an_error()
    {
        var before = azure.Workspace.Database;
        try
        {
            azure.Workspace.Database = new KqlDatabase().Add("Heartbeat", new KqlTable([new KqlColumn("TimeGenerated", KqlType.DateTime)], []));
            using var session = azure.Session();
            foreach (var table in new[] { string.Empty, "-Table Nsg" })
            {
                var outcome = session.Run($"{Law} {table}");
                Assert.Contains("AnalyticsTableMissing", outcome.AllText, StringComparison.Ordinal);
                Assert.Contains("There is no table AzureNetworkAnalytics_CL", outcome.AllText, StringComparison.Ordinal);
            }
        }
        finally
        {
            azure.Workspace.Database = before;
        }
    }

    [Fact]
    public void Who_may_not_read_the_workspace_is_told_which_role_is_needed()
    {
        var guest = azure.Simulator.World.AddPrincipal("guest " + Guid.NewGuid().ToString("N"));
        using var session = azure.Session(guest);
        var outcome = session.Run($"Get-NsgTrafficAnalytics -Workspace {azure.Workspace.CustomerId} {Hours}");
        Assert.Contains("LogsAccessDenied", outcome.AllText, StringComparison.Ordinal);
        Assert.Contains("Log Analytics Reader", outcome.AllText, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopping_ends_the_waiting_within_a_second()
    {
        using var session = azure.Session();
        azure.Simulator.Options.Logs.QueryTime = TimeSpan.FromSeconds(60);
        session.Stop(Law, () => azure.Queries.Count > 0, out var took);
        Assert.InRange(took, TimeSpan.Zero, CmdletSession.AtOnce);
    }

    [Fact]
    public void The_first_rows_are_enough_for_who_wants_no_more()
    {
        using var session = azure.Session();
        Assert.Single(session.Run($"{Law} | Select-FirstObject").Output);
    }

    [Fact]
    public void A_query_is_asked_once_however_many_flow_logs_lead_to_its_workspace()
    {
        using var session = azure.Session();
        var outcome = session.Run("Get-NsgFlowLog web-nsg-rg-net-flowlog, aks-flowlog, hub-flowlog | Invoke-NsgTrafficQuery 'NTANetAnalytics | count'");
        Assert.Empty(outcome.Errors);
        Assert.Single(outcome.Output);
        Assert.Single(azure.Queries);
        Assert.Contains("off for 'hub-flowlog'", Assert.Single(outcome.Warnings), StringComparison.Ordinal);

        outcome = session.Run("Get-NsgFlowLog hub-flowlog | Invoke-NsgTrafficQuery 'NTANetAnalytics | count'");
        Assert.Empty(outcome.Output);
        Assert.Empty(outcome.Errors);
        Assert.Single(outcome.Warnings);
        Assert.Single(azure.Queries);
        Assert.Contains("no input", Assert.Single(session.Run("@() | Invoke-NsgTrafficQuery 'NTANetAnalytics | count'").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-NsgTrafficAnalytics")]
    [InlineData("Get-NsgTrafficAnalytics -Topology")]
    [InlineData("Measure-NsgTraffic")]
    [InlineData("Measure-NsgTraffic -By Rule")]
    [InlineData("Invoke-NsgTrafficQuery 'NTANetAnalytics | where SrcIp == \"x\"'")]
    public void Nothing_is_told_from_rows_that_may_be_missing(string command)
    {
        using var session = azure.Session();
        azure.Simulator.Faults.FailQueryPartly("ShardUnavailable", "One cluster did not answer.");
        var outcome = session.Run($"{command} -Workspace law-net {Hours}{(command[0] == 'I' ? string.Empty : " -ResourceGroupName nowhere")}");
        Assert.Equal("LogsPartial", Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.Equal("workspace law-net", outcome.Errors[0].TargetObject);
        Assert.Empty(outcome.Warnings);
        Assert.Empty(outcome.Output);
        Assert.Single(azure.Queries);
    }

    [Fact]
    public void A_refusal_that_cannot_be_explained_stays_as_it_is()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.Fail("POST", "/v1/*", 400, "BadArgumentError", "The first words.");
        azure.Simulator.Faults.Fail("POST", "/v1/*", 403, "InsufficientAccessError", "The second words.");
        var outcome = session.Run(Law);
        Assert.Contains("LogsQueryInvalid", outcome.AllText, StringComparison.Ordinal);
        Assert.Contains("Asking workspace law-net was refused: The first words", outcome.AllText, StringComparison.Ordinal);
        Assert.Equal(2, azure.Queries.Count);
    }

    [Fact]
    public void Topology_comes_as_it_is()
    {
        using var session = azure.Session();
        var outcome = session.Run("Get-NsgTrafficAnalytics -Workspace law-net -Topology -StartTime 2026-10-20");
        Assert.NotEmpty(outcome.Clean().Output);

        // A row has all columns; it is of the type whose view (tests/Pester looks at it) has those with a value.
        var row = session.Run(
            "$row = (Get-NsgTrafficAnalytics -Workspace law-net -Topology -Table Nsg -StartTime 2026-10-20)[0]; $row.psobject.TypeNames[0..1] -join ' '; $row.psobject.Properties.Where{ $_.Name -eq 'FlowType_s' }.Count").Clean().Output;
        Assert.Equal(["NsgFlow.TrafficQueryRow NsgFlow.TrafficQueryRow.Topology", 1], row);
    }

    private static System.Collections.Generic.List<TrafficAnalyticsRecord> Records(Outcome outcome) => [.. outcome.Output.Cast<TrafficAnalyticsRecord>()];

    private static string Line(TrafficAnalyticsRecord record) => FormattableString.Invariant(
        $"{record.FirstSeen:HH:mm:ss} {record.SourceAddress} {record.DestinationAddress} {record.DestinationPort} {record.Decision} {record.FlowType} {record.Flows} {record.Bytes}");
}
