using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Display;

namespace NsgFlow.Query;

/// <summary>What the tables of Traffic Analytics hold of a time, whoever's it is: tells why an answer is empty.</summary>
public sealed class AnalyticsPresence
{
    private AnalyticsPresence(IReadOnlyList<string> tables, IReadOnlyList<string> missing, long rows, DateTime? newest)
    {
        Tables = tables;
        Missing = missing;
        Rows = rows;
        Newest = newest;
    }

    /// <summary>Names of the tables asked about that there are.</summary>
    public IReadOnlyList<string> Tables { get; }

    /// <summary>Names of those that there are not, in any of the workspaces.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Rows of flows that began in the time.</summary>
    public long Rows { get; }

    /// <summary>When the newest flow began that is there since the start of the time; null when there is none.</summary>
    public DateTime? Newest { get; }

    /// <summary>The query, which reads two columns of the tables and is answered by a row for each table.</summary>
    /// <param name="tables">The tables; both when empty.</param>
    /// <param name="start">The first moment.</param>
    /// <param name="end">The moment after the last one; null for none.</param>
    public static string Query(IReadOnlyList<TrafficAnalyticsTable> tables, DateTime start, DateTime? end)
    {
        var until = end is { } last ? $" and First < {KqlText.Of(last)}" : string.Empty;

        // A table that is not there drops out of a fuzzy union. The one more leg is there since a union of none is an error.
        return "union isfuzzy=true\n(\nprint Table = \"\", Rows = tolong(0), Newest = datetime(null)\n)" + string.Concat(FlowTables.Of(tables).Select(table =>
            $",\n(\n{table.Name}\n| where {FlowTables.TimeGenerated} >= {KqlText.Of(start)}\n| where {table.SubType} =~ \"FlowLog\"\n"
            + $"| project First = {table.FirstSeen}\n| where First >= {KqlText.Of(start)}\n"
            + $"| summarize Rows = countif(First >= {KqlText.Of(start)}{until}), Newest = max(First)\n| project Table = {KqlText.Of(table.Name)}, Rows, Newest\n)")) + "\n";
    }

    /// <summary>Reads the answer.</summary>
    /// <param name="answer">The answer to <see cref="Query"/>.</param>
    /// <param name="tables">The tables that were asked about.</param>
    public static AnalyticsPresence Of(LogsAnswer answer, IReadOnlyList<TrafficAnalyticsTable> tables)
    {
        if (answer is null)
            throw new ArgumentNullException(nameof(answer));
        var asked = FlowTables.Of(tables).Select(static table => table.Name).ToList();
        var rows = answer.Primary.Rows.Select(static row => (Table: row.Text("Table"), Rows: row.Number("Rows") ?? 0, Newest: row.Time("Newest"))).ToList();
        List<string> found = [.. asked.Where(name => rows.Exists(row => row.Table == name))];
        return new AnalyticsPresence(found, [.. asked.Except(found)], rows.Sum(static row => row.Rows), rows.Max(static row => row.Newest));
    }

    /// <summary>That none of the tables is there, as the error that it is; null when one is.</summary>
    /// <param name="where">The workspaces, for people.</param>
    public NsgFlowException? Error(string where) => Tables.Count > 0 ? null : new NsgFlowException(
        "AnalyticsTableMissing",
        $"There is no table {Either(Missing)} in {where}: Traffic Analytics has not written there.",
        "Get-NsgFlowLog | Where-Object TrafficAnalytics shows which flow logs it is on for, and which workspace it writes to; the first rows come up to an hour after it was turned on.");

    /// <summary>Why nothing that was asked for is there, as a sentence.</summary>
    /// <param name="wanted">Whose flows; empty for all.</param>
    /// <param name="where">The workspaces, for people.</param>
    /// <param name="time">From when until when, as an addition to a sentence.</param>
    public string Reason(string wanted, string where, string time)
    {
        var missing = Missing.Count == 0 ? string.Empty : $" There is no table {Either(Missing)}.";
        if (Rows > 0)
            return $"the filter let none of the {FlowFormat.Count(Rows)} rows of {Both(Tables)} in {where} pass{time}{(wanted.Length == 0 ? string.Empty : $" (wanted: {wanted})")}.{missing}";
        var newest = Newest is { } last
            ? $" There are later ones, up to {FlowFormat.Time(last)}."
            : " Nor are there later ones: Traffic Analytics is not on (Get-NsgFlowLog | Where-Object TrafficAnalytics), its flow logs write nothing, or the rows have not come yet, which takes up to two hours.";
        return $"{Both(Tables)} in {where} {(Tables.Count == 1 ? "has" : "have")} no row{time}.{newest}{missing}";
    }

    private static string Both(IReadOnlyList<string> names) => string.Join(" and ", names);

    private static string Either(IReadOnlyList<string> names) => string.Join(" or ", names);
}
