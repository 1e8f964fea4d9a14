using System;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.KustoTests.Infrastructure;
using Xunit;

namespace NsgFlow.KustoTests;

/// <summary>That the parser finds what is wrong: the other tests are worth nothing without.</summary>
[Collection(KustoDefinition.Name)]
public sealed class ControlTests(KustoParser parser)
{
    [KustoTheory]
    [InlineData("NTANetAnalytics | where SrcIP == \"10.0.0.4\"", "KS142")]
    [InlineData("NTANetAnalytics | where SrcIp == \"10.0.0.4\" | project DestIp | where SrcIp == \"\"", "KS142")]
    [InlineData("NTANetAnalytix | count", "KS204")]
    [InlineData("NTANetAnalytics | where split_text(SrcIp) == \"x\"", "KS211")]
    [InlineData("NTANetAnalytics | where strlen(DestPort) > 1", "KS141")]
    [InlineData("NTANetAnalytics | where FlowStartTime > 5", "KS106")]
    [InlineData("NTANetAnalytics | summarize sum(SrcIp)", "KS138")]
    [InlineData("NTANetAnalytics | summarize count() by split(SrcIp, \".\")", "KS116")]
    [InlineData("NTANetAnalytics | where SrcIp == \"10.0.0.4", "KS")]
    [InlineData("NTANetAnalytics | wher SrcIp == \"10.0.0.4\"", "KS176")]
    [InlineData("NTANetAnalytics | where (SrcIp == \"10.0.0.4\"", "KS005")]
    [InlineData("union isfuzzy=true NTANetAnalytics, Missing_CL | count", "KS205")]
    [InlineData("NTANetAnalytics | extend X = 1, X = 2", "KS171")]
    [InlineData("NTANetAnalytics | join kind=inner (NTAIpDetails | project DestPort = Ip) on DestPort", "KS227")]
    [InlineData("NTANetAnalytics | join kind=inner (NTAIpDetails | project Net = split(Ip, \".\")) on $left.SrcIp == $right.Net", "KS")]
    [InlineData("AzureNetworkAnalytics_CL | extend K = split(SrcIP_s, \".\") | join kind=inner (AzureNetworkAnalytics_CL | extend K = split(SrcIP_s, \".\")) on K", "UNLIKE")]
    [InlineData("NTANetAnalytics | where DestPort == \"443\"", "UNLIKE")]
    [InlineData("NTANetAnalytics | where DestPort in (443, \"https\")", "UNLIKE")]
    [InlineData("AzureNetworkAnalytics_CL | where Subscription1_g == \"3f0e\"", "UNLIKE")]
    [InlineData("NTANetAnalytics | extend P = iff(DestPort == 443, \"https\", DestPort)", "UNLIKE")]
    [InlineData("NTANetAnalytics | top 3 by split(SrcIp, \".\")", "UNLIKE")]
    public async Task What_is_wrong_is_found(string query, string code)
    {
        var analysis = await parser.AnalyzeAsync(KqlWorkspace.Full, query);
        Assert.Contains(analysis.Diagnostics, one => one.StartsWith("Error " + code, StringComparison.Ordinal)
            || one.StartsWith("Warning " + code, StringComparison.Ordinal));
    }

    [KustoTheory]
    [InlineData("NTANetAnalytics | summarize makeset(DestPort) by SrcIp", "Warning KS507")]
    [InlineData("NTANetAnalytics | summarize count_distinct(SrcIp)", "Suggestion KS515")]
    public async Task What_could_be_better_is_found(string query, string code)
    {
        var analysis = await parser.AnalyzeAsync(KqlWorkspace.Full, query);
        Assert.StartsWith(code, Assert.Single(analysis.Diagnostics), StringComparison.Ordinal);
    }

    [KustoFact]
    public async Task A_good_query_is_found_good()
    {
        var analysis = await parser.AnalyzeAsync(
            KqlWorkspace.Full, "NTANetAnalytics | where SrcIp == \"10.0.0.4\" and DestPort in (443, 8443) | project SrcIp, DestPort, FlowStartTime", withTree: true);
        Assert.Empty(analysis.Diagnostics);
        Assert.Equal("Query", analysis.Kind);
        Assert.Equal(["SrcIp:string", "DestPort:int", "FlowStartTime:datetime"], analysis.Columns);
        Assert.Equal(["10.0.0.4"], analysis.Texts);
    }

    [KustoFact]
    public async Task A_command_is_told_from_a_query()
    {
        var analysis = await parser.AnalyzeAsync(KqlWorkspace.Full, ".drop table NTANetAnalytics");
        Assert.Equal("Command", analysis.Kind);
    }

    [KustoTheory]
    [InlineData("NTANetAnalytics | where SrcIp == \"a\" or true | project SrcIp")]
    [InlineData("NTANetAnalytics | where SrcIp == \"a\" // | project SrcIp")]
    [InlineData("NTANetAnalytics | where SrcIp == \"a\" /* ? */ | project SrcIp")]
    [InlineData("NTANetAnalytics | where SrcIp == \"a\" | project DestIp")]
    [InlineData("NTANetAnalytics | where SrcIp == \"a\" | project SrcIp; NTAIpDetails")]
    public async Task Another_query_has_another_shape(string query)
    {
        var analyses = await parser.AnalyzeAsync(
            KqlWorkspace.Full, ["NTANetAnalytics | where SrcIp == \"a\" | project SrcIp", "NTANetAnalytics | where SrcIp == \"b\" | project SrcIp", query], withTree: true);
        Assert.Equal(analyses[0].Shape, analyses[1].Shape);
        Assert.NotEqual(analyses[0].Shape, analyses[2].Shape);
    }

    [KustoFact]
    public void The_tables_are_all_there() => Assert.Equal(
        ["AzureNetworkAnalyticsIPDetails_CL", "AzureNetworkAnalytics_CL", "NTAIpDetails", "NTANetAnalytics", "NTATopologyDetails"],
        KqlWorkspace.Full.Tables.Keys.Order(StringComparer.Ordinal));
}
