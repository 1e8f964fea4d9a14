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
    /// <param name="keys">Columns of names that divide a flow, as the rules of both ends that decided about it do.</param>
    /// <param name="script">Takes the values that the rows use.</param>
    public static string Flows(AnalyticsQuestion question, IReadOnlyList<string> told, IReadOnlyList<string> keys, KqlScript script)
    {
        var columns = CaptureKql.Columns.Concat(TrafficSums.Columns).Concat(told).Concat(keys).Distinct().ToList();
        return Of(NormalRows.Of(question, columns, script), told, keys);
    }

    /// <summary>The same of normal rows that are there already.</summary>
    public static string Of(string rows, IReadOnlyList<string> told, IReadOnlyList<string> keys)
    {
        List<string> identity = [.. CaptureKql.Identity, .. keys.Select(Key)];
        return rows.TrimEnd()
            + Kql.Stage("extend", [.. TrafficSums.Made, .. CaptureKql.Made, .. keys.Select(KeyMade)])
            + Kql.Summarize(TrafficSums.Added.Concat(told.Concat(keys).Except(identity).Select(Shown)), identity.Append("Rank"), isShuffled: true)
            + CaptureKql.Best(identity);
    }

    /// <summary>Sums of the flows, largest first.</summary>
    /// <param name="names">The names that they are by, which are the same in any case, as for <c>-By</c> (<see cref="TrafficColumn.IsName"/>).</param>
    /// <param name="keys">What else they are by.</param>
    /// <param name="more">Other values of the flows of a row, <c>name = expression</c>.</param>
    public static string Summarize(IReadOnlyList<string> names, IReadOnlyList<string> keys, params string[] more) =>
        By(names, keys, TrafficSums.Added.Concat(more))
            + Kql.Stage("extend", ["BytesSent = iff(Told > 0, BytesSent, long(null))", "BytesReceived = iff(Told > 0, BytesReceived, long(null))"])
            + Kql.Stage("extend", ["Bytes = BytesSent + BytesReceived"])
            + Kql.Stage("project", [.. names, .. keys, .. more.Select(static one => one.Substring(0, one.IndexOf(' '))), .. Numbers])
            + Kql.Stage("order by", ["Bytes desc", "Flows desc", .. names.Concat(keys).Select(static key => key + " asc")]);

    /// <summary>The flows added up by names, of whose spellings one is shown, and by other keys.</summary>
    public static string By(IReadOnlyList<string> names, IReadOnlyList<string> keys, IEnumerable<string> sums) =>
        Kql.Stage("extend", names.Select(KeyMade)) + Kql.Summarize(sums.Concat(names.Select(Shown)), names.Select(Key).Concat(keys));

    private static string Key(string name) => name + "Key";

    private static string KeyMade(string name) => $"{Key(name)} = toupper({name})";

    private static string Shown(string name) => $"{name} = max({name})";
}
