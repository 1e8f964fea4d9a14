using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>Which tables of topology a workspace has. Only one of them has flows, too, so <see cref="AnalyticsPresence"/> does not tell.</summary>
public static class TopologyPresence
{
    /// <summary>The query, which is answered by a row for each table that is there.</summary>
    /// <param name="tables">The tables; both when empty.</param>
    /// <param name="start">Only rows since then are read.</param>
    public static string Query(IReadOnlyList<TrafficAnalyticsTable> tables, DateTime start) =>
        "union isfuzzy=true\n(\nprint Table = \"\"\n)" + string.Concat(TopologyRows.Tables(tables).Select(name =>
            $",\n(\n{name}\n| where {FlowTables.TimeGenerated} >= {KqlText.Of(start)}\n| summarize Rows = count()\n| project Table = {KqlText.Of(name)}\n)")) + "\n";

    /// <summary>That none of the tables is there, as the error that it is; null when one is.</summary>
    /// <param name="answer">The answer to <see cref="Query"/>.</param>
    /// <param name="tables">The tables that were asked about.</param>
    /// <param name="where">The workspaces, for people.</param>
    public static NsgFlowException? Error(LogsAnswer answer, IReadOnlyList<TrafficAnalyticsTable> tables, string where)
    {
        var found = new HashSet<string?>((answer ?? throw new ArgumentNullException(nameof(answer))).Primary.Rows.Select(static row => row.Text("Table")));
        var asked = TopologyRows.Tables(tables).ToList();
        return asked.Exists(found.Contains) ? null : new NsgFlowException(
            "AnalyticsTableMissing",
            $"There is no table {string.Join(" or ", asked)} in {where}: Traffic Analytics has written no topology there.",
            "NTATopologyDetails is made by Traffic Analytics of virtual network flow logs, AzureNetworkAnalytics_CL by that of NSG flow logs: Get-NsgFlowLog | Where-Object TrafficAnalytics shows "
            + "which of them it is on for, and which workspace it writes to. The first rows come up to an hour after it was turned on.");
    }
}
