using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>Rows of flows, each flow once however often it was captured, and what the answers of questions have in common.</summary>
internal static class OnceKql
{
    /// <summary>The sums of an answer. Bytes are null where none of the flows has any.</summary>
    public static IReadOnlyList<string> Numbers { get; } = ["Flows", "Denied", "BytesSent", "BytesReceived", "Bytes", "FirstSeen", "LastSeen"];

    /// <summary>Flows, each once.</summary>
    /// <param name="question">Which.</param>
    /// <param name="told">Columns of what is known of the addresses: the same in each capture, or missing in some.</param>
    /// <param name="keys">Columns that divide a flow, as the rules of both ends that decided about it do.</param>
    /// <param name="script">Takes the values that the rows use.</param>
    public static string Flows(AnalyticsQuestion question, IReadOnlyList<string> told, IReadOnlyList<string> keys, KqlScript script)
    {
        var columns = CaptureKql.Columns.Concat(TrafficSums.Columns).Concat(told).Concat(keys).Distinct().ToList();
        return Of(NormalRows.Of(question, columns, script), told, keys);
    }

    /// <summary>The same of normal rows that are there already.</summary>
    public static string Of(string rows, IReadOnlyList<string> told, IReadOnlyList<string> keys)
    {
        var identity = CaptureKql.Identity.Concat(keys.Except(CaptureKql.Identity)).ToList();
        return rows.TrimEnd()
            + Kql.Stage("extend", TrafficSums.Made.Concat(CaptureKql.Made))
            + Kql.Summarize(TrafficSums.Added.Concat(told.Except(identity).Select(static column => $"{column} = max({column})")), identity.Append("Rank"), isShuffled: true)
            + CaptureKql.Best(identity);
    }

    /// <summary>Sums of the flows, largest first.</summary>
    /// <param name="keys">What they are by.</param>
    /// <param name="more">Other values of the flows of a row, <c>name = expression</c>.</param>
    public static string Summarize(IReadOnlyList<string> keys, params string[] more) =>
        Kql.Summarize(TrafficSums.Added.Concat(more), keys)
            + Kql.Stage("extend", ["BytesSent = iff(Told > 0, BytesSent, long(null))", "BytesReceived = iff(Told > 0, BytesReceived, long(null))"])
            + Kql.Stage("extend", ["Bytes = BytesSent + BytesReceived"])
            + Kql.Stage("project", keys.Concat(more.Select(static one => one.Substring(0, one.IndexOf(' ')))).Concat(Numbers))
            + Kql.Stage("order by", ["Bytes desc", "Flows desc", .. keys.Select(static key => key + " asc")]);
}
