using System;
using System.Text;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query.Presence;

public class AnalyticsPresenceTests
{
    private const string Time = ", from 2026-11-22 09:00:00Z";
    private static readonly DateTime s_start = new(2026, 11, 22, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_query_counts_each_table_by_itself_so_that_one_that_is_not_there_can_be_told()
    {
        var query = AnalyticsPresence.Query([], s_start, s_start.AddHours(1));
        Assert.StartsWith("union isfuzzy=true\n(\nprint ", query, StringComparison.Ordinal);
        Assert.Contains("AzureNetworkAnalytics_CL\n| where TimeGenerated >= datetime(2026-11-22T09:00:00Z)", query, StringComparison.Ordinal);
        Assert.Contains("NTANetAnalytics\n", query, StringComparison.Ordinal);
        Assert.Contains("countif(First >= datetime(2026-11-22T09:00:00Z) and First < datetime(2026-11-22T10:00:00Z))", query, StringComparison.Ordinal);
        Assert.DoesNotContain("AzureNetworkAnalytics_CL", AnalyticsPresence.Query([TrafficAnalyticsTable.VirtualNetwork], s_start, null), StringComparison.Ordinal);
        Assert.DoesNotContain("First <", AnalyticsPresence.Query([], s_start, null), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_there_and_do_not_come_were_left_out_by_the_filter()
    {
        var presence = Of("""["",0,null],["AzureNetworkAnalytics_CL",1200,"2026-11-23T08:00:00Z"],["NTANetAnalytics","34","2026-11-23T07:00:00Z"]""");
        Assert.Null(presence.Error("workspace law-net"));
        Assert.Equal(1234, presence.Rows);
        Assert.Equal(new DateTime(2026, 11, 23, 8, 0, 0, DateTimeKind.Utc), presence.Newest);
        Assert.Equal(
            "the filter let none of the 1,234 rows of AzureNetworkAnalytics_CL and NTANetAnalytics in workspace law-net pass, from 2026-11-22 09:00:00Z (wanted: NSG web-*).",
            presence.Reason("NSG web-*", "workspace law-net", Time));
    }

    [Fact]
    public void Without_rows_at_that_time_the_newest_later_one_tells_whether_Traffic_Analytics_works()
    {
        var later = Of("""["",0,null],["NTANetAnalytics",0,"2026-11-23T08:00:00Z"]""").Reason("NSG web-*", "workspace law-net", Time);
        Assert.Equal("NTANetAnalytics in workspace law-net has no row, from 2026-11-22 09:00:00Z. There are later ones, up to 2026-11-23 08:00:00Z. There is no table AzureNetworkAnalytics_CL.", later);
        var never = Of("""["",0,null],["AzureNetworkAnalytics_CL",0,null],["NTANetAnalytics",0,null]""").Reason(string.Empty, "workspaces a, b", Time);
        Assert.StartsWith("AzureNetworkAnalytics_CL and NTANetAnalytics in workspaces a, b have no row, from 2026-11-22 09:00:00Z. Nor are there later ones: Traffic Analytics is not on", never, StringComparison.Ordinal);
    }

    [Fact]
    public void No_table_at_all_is_an_error()
    {
        var failure = Of("""["",0,null]""").Error("workspace law-net")!;
        Assert.Equal("AnalyticsTableMissing", failure.ErrorId);
        Assert.Equal("There is no table AzureNetworkAnalytics_CL or NTANetAnalytics in workspace law-net: Traffic Analytics has not written there.", failure.Message);
        Assert.Contains("Get-NsgFlowLog", failure.RecommendedAction, StringComparison.Ordinal);
    }

    private static AnalyticsPresence Of(string rows) => AnalyticsPresence.Of(
        LogsAnswer.Parse(Encoding.UTF8.GetBytes(
            $$"""{"tables":[{"name":"PrimaryResult","columns":[{"name":"Table","type":"string"},{"name":"Rows","type":"long"},{"name":"Newest","type":"datetime"}],"rows":[{{rows}}]}]}""")),
        []);
}
