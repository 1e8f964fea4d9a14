using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NsgFlow.Unit.Sessions;

/// <summary>
/// Sessions the slow and simple way: everything in memory, grouped by key, cut where the rules say. No clock, no queue, no hash table: what
/// other flows do cannot matter here.
/// </summary>
internal static class SessionOracle
{
    public static List<string> Lines(IEnumerable<FlowRecord> records, TimeSpan idle) =>
        Sorted(records
            .Where(static r => r.Decision == FlowDecision.Allow && r.State is FlowState.Begin or FlowState.Continue or FlowState.End)
            .GroupBy(static r => string.Join(
                "|",
                r.FormatVersion == 4,
                r.MacAddress,
                r.TargetResourceId?.ToUpperInvariant(),
                r.Direction,
                r.SourceAddress,
                r.SourcePort,
                r.DestinationAddress,
                r.DestinationPort,
                r.ProtocolCode))
            .SelectMany(group => Split(group, idle))
            .Select(Line));

    public static List<string> Lines(IEnumerable<FlowSession> sessions) => Sorted(sessions.Select(Line));

    private static IEnumerable<List<FlowRecord>> Split(IEnumerable<FlowRecord> records, TimeSpan idle)
    {
        var chain = new List<FlowRecord>();
        foreach (var record in records)
        {
            if (chain.Count > 0
                && (record.State == FlowState.Begin || chain[^1].State == FlowState.End || (record.Time - chain.Max(static r => r.Time)).Duration() > idle))
            {
                yield return chain;
                chain = [];
            }

            chain.Add(record);
        }

        if (chain.Count > 0)
            yield return chain;
    }

    private static string Line(List<FlowRecord> chain)
    {
        var (first, last) = (chain[0], chain[^1]);
        DateTime? end = last.State == FlowState.End ? last.Time : null;
        var latest = chain.Max(static r => r.Time);
        var length = (end ?? latest) - first.Time;
        return Line(
            first.State != FlowState.Begin ? "HeadMissing" : end is null ? "Open" : "Complete",
            first.Time,
            end,
            latest,
            length < TimeSpan.Zero ? TimeSpan.Zero : length,
            first.ToString().Split([' '], 2)[1].Replace(" Allow", string.Empty),
            first.MacAddress,
            first.Rule,
            chain.Count,
            Sum(chain, static r => r.PacketsSent),
            Sum(chain, static r => r.BytesSent),
            Sum(chain, static r => r.PacketsReceived),
            Sum(chain, static r => r.BytesReceived));
    }

    private static string Line(FlowSession s) => Line(
        s.State.ToString(),
        s.StartTime,
        s.EndTime,
        s.LastSeen,
        s.Duration,
        s.ToString().Split([' '], 2)[1].Replace(" " + s.State, string.Empty),
        s.MacAddress,
        s.Rule,
        s.Observations,
        s.PacketsSent,
        s.BytesSent,
        s.PacketsReceived,
        s.BytesReceived);

    private static string Line(params object?[] values) =>
        string.Join(" ", values.Select(static value => value switch
        {
            null => "-",
            DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        }));

    // What stands in Begin tuples is no count, unless it is more than nothing.
    private static long? Sum(List<FlowRecord> chain, Func<FlowRecord, long?> counter)
    {
        var counts = chain.Where(r => r.State != FlowState.Begin || counter(r) > 0).Select(counter).Where(static c => c is not null).ToList();
        return counts.Count == 0 ? null : counts.Sum();
    }

    private static List<string> Sorted(IEnumerable<string> lines)
    {
        var sorted = lines.ToList();
        sorted.Sort(StringComparer.Ordinal);
        return sorted;
    }
}
