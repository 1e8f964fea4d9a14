using System;
using System.Linq;
using System.Text.RegularExpressions;
using NsgFlow.Filtering;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query;

public class NormalRowsTests
{
    [Fact]
    public void BothTablesHaveTheSameColumnsInTheSameOrder() =>
        Assert.Equal(FlowTables.Nsg.Columns.Select(static column => column.Name), FlowTables.VirtualNetwork.Columns.Select(static column => column.Name));

    [Fact]
    public void EveryColumnCanBeMade()
    {
        var made = FlowTables.Nsg.Columns.Concat(NormalColumns.Row).Concat(NormalColumns.Flow).Select(static column => column.Name).ToList();
        Assert.Equal(made.Distinct(), made);
        Assert.Equal([], NormalRows.All.Except(made));
    }

    [Fact]
    public void OnlyWhatIsAskedForIsRead()
    {
        var text = NormalRows.Of(new AnalyticsQuestion { Tables = [TrafficAnalyticsTable.VirtualNetwork] }, ["SourceAddress", "Flows"], new KqlScript());
        Assert.Equal(
            """
            NTANetAnalytics
            | where SubType =~ "FlowLog"
            | project SrcIp, DestIp, SrcPublicIps, DestPublicIps, RowFlows = coalesce(tolong(AllowedInFlows), 0) + coalesce(tolong(AllowedOutFlows), 0) + coalesce(tolong(DeniedInFlows), 0) + coalesce(tolong(DeniedOutFlows), 0)
            | extend Side = case(isempty(SrcIp) and isnotempty(SrcPublicIps), "Source", isempty(DestIp) and isnotempty(DestPublicIps), "Destination", "")
            | extend List = case(Side == "Source", SrcPublicIps, Side == "Destination", DestPublicIps, "")
            | extend HasCounters = List contains "|", Entry = split(strcat("*", replace_regex(List, "^ +", "")), " ")
            | project-away List, SrcPublicIps, DestPublicIps
            | mv-expand Entry to typeof(string)
            | where isnotempty(Entry)
            | extend EntryFields = split(replace_string(Entry, "*", ""), "|")
            | extend SourceAddress = iff(Side == "Source", tostring(EntryFields[0]), SrcIp)
            | extend Flows = case(HasCounters, tolong(EntryFields[1]), Entry startswith "*", RowFlows, long(null))
            | project SourceAddress, Flows

            """.Replace("\r", string.Empty),
            text);
    }

    [Fact]
    public void ConditionsStandBeforeRowsAreTakenApart()
    {
        var filter = new FlowFilter { Rule = RuleSet.Parse(["x"]), Decision = [FlowDecision.Deny], SourceAddress = AddressSet.Parse(["10.0.0.0/8"]), MinBytes = 1 };
        var text = NormalRows.Of(new AnalyticsQuestion { Filter = filter }, ["Rule"], new KqlScript());
        var expanded = text.IndexOf("mv-expand", StringComparison.Ordinal);
        foreach (var early in new[] { "FlowStatus in~", "where (isnotempty(RuleText)", "(isempty(SrcIp) or " })
            Assert.Equal(2, Count(text.Substring(0, expanded), early));
        foreach (var late in new[] { "| where coalesce(ipv4_is_in_any_range(SourceAddress", "| where coalesce(BytesSent" })
            Assert.True(text.IndexOf(late, StringComparison.Ordinal) > expanded, late);

        // What a condition has made is not made again.
        Assert.Equal(2, Count(text, "| extend Rule = "));
    }

    [Fact]
    public void TablesThatMayBeMissingAreJoinedLoosely()
    {
        var both = AnalyticsKql.Rows(new AnalyticsQuestion());
        Assert.StartsWith("union isfuzzy=true\n(\nAzureNetworkAnalytics_CL\n", both, StringComparison.Ordinal);
        Assert.Contains("),\n(\nNTANetAnalytics\n", both, StringComparison.Ordinal);
        Assert.StartsWith("AzureNetworkAnalytics_CL\n", AnalyticsKql.Rows(new AnalyticsQuestion { Tables = [TrafficAnalyticsTable.Nsg] }), StringComparison.Ordinal);

        // NSG flow logs know nothing of encryption: their table need not be asked.
        var encrypted = AnalyticsKql.Rows(new AnalyticsQuestion { Filter = new FlowFilter { Encryption = EncryptionSet.Parse(["X"]) } });
        Assert.DoesNotContain("AzureNetworkAnalytics_CL", encrypted, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsOfCustomLogsMayBeMissing()
    {
        // Everything of a custom log but the time of arrival.
        foreach (var text in FlowTables.Nsg.Columns.Select(static column => column.Expression).Append(FlowTables.Nsg.SubType).Append(FlowTables.Nsg.FirstSeen))
        {
            var without = Regex.Replace(text, @"column_ifexists\(""\w+"", (?:""""|\w+\(null\))\)", "X");
            Assert.DoesNotMatch(@"_[sdtgb]\b", without);
        }
    }

    [Fact]
    public void MaliciousFlowsKeepTheirNumberWhateverIsKnownOfTheAddress()
    {
        var text = AnalyticsKql.Rows(new AnalyticsQuestion { IsMalicious = true, Filter = new FlowFilter { Start = new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc) } });
        Assert.Equal(2, Count(text, "| where FlowTypeText =~ \"MaliciousFlow\""));
        Assert.Contains("| join kind=leftouter (", text, StringComparison.Ordinal);
        Assert.Contains("by RemoteAddress, IntervalStart);\n", text, StringComparison.Ordinal);
        Assert.Contains("(details1) on RemoteAddress, IntervalStart\n", text, StringComparison.Ordinal);
        Assert.Equal(4, Count(text, "| where TimeGenerated >= datetime(2026-11-22T00:00:00Z)"));
    }

    [Fact]
    public void TopologyIsChosenByTimeScopeAndTable()
    {
        var start = new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc);
        var question = new AnalyticsQuestion
        {
            Tables = [TrafficAnalyticsTable.VirtualNetwork],
            Filter = new FlowFilter { Start = start, End = start.AddDays(1), Decision = [FlowDecision.Deny], Scope = new FlowScope { Subnet = ["web"] } },
        };
        Assert.Equal(
            """
            NTATopologyDetails
            | where TimeGenerated >= datetime(2026-11-22T00:00:00Z)
            | where TimeGenerated < datetime(2026-11-23T00:00:00Z)
            | where column_ifexists("Name", "") matches regex "(?i)(?:^|/)(?:web)(?:/|$)" or column_ifexists("Subnetwork", "") matches regex "(?i)(?:^|/)(?:web)(?:/|$)" or column_ifexists("Subnet1", "") matches regex "(?i)(?:^|/)(?:web)(?:/|$)" or column_ifexists("Subnet2", "") matches regex "(?i)(?:^|/)(?:web)(?:/|$)"
            | extend TenantId = tostring(column_ifexists("TenantId", ""))
            | order by TimeGenerated asc

            """.Replace("\r", string.Empty),
            AnalyticsKql.Topology(question));
    }

    [Fact]
    public void WhatTablesCannotTellIsAnErrorOrAWarning()
    {
        var source = Refused(new FlowFilter { SourcePort = PortSet.Parse(["1"]) });
        Assert.Contains("-SourcePort", source.Message, StringComparison.Ordinal);
        Assert.Contains("Get-NsgFlowRecord", source.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-State", Refused(new FlowFilter { State = [FlowState.Begin] }).Message, StringComparison.Ordinal);
        Assert.Contains("-Encryption", Refused(new FlowFilter { Encryption = EncryptionSet.Parse(["X"]) }, TrafficAnalyticsTable.Nsg).Message, StringComparison.Ordinal);
        Assert.Empty(AnalyticsLimits.Warnings(new AnalyticsQuestion { Filter = new FlowFilter { DestinationPort = PortSet.Parse(["1"]) } }));
        Assert.Equal(
            ["Traffic Analytics keeps no source ports: -Port and -ExcludePort compared the destination port only."],
            AnalyticsLimits.Warnings(new AnalyticsQuestion { Filter = new FlowFilter { Port = PortSet.Parse(["1"]), ExcludePort = PortSet.Parse(["2"]) } }));

        static NsgFlowException Refused(FlowFilter filter, params TrafficAnalyticsTable[] tables)
        {
            var error = Assert.Throws<NsgFlowException>(() => AnalyticsKql.Rows(new AnalyticsQuestion { Filter = filter, Tables = tables }));
            Assert.Equal("AnalyticsCannotAnswer", error.ErrorId);
            return error;
        }
    }

    private static int Count(string text, string part) => (text.Length - text.Replace(part, string.Empty).Length) / part.Length;
}
