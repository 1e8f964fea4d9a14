using System;
using System.Collections.Generic;

namespace NsgFlow.Measuring;

/// <summary>The meters of a measurement, when all has been read. What is found out at the end goes to the first.</summary>
internal sealed class TrafficMeters
{
    private readonly IReadOnlyList<TrafficMeter> _meters;

    public TrafficMeters(IReadOnlyList<TrafficMeter> meters) => _meters = meters;

    public TrafficMeter First => _meters[0];

    /// <summary>Whether any tuple carried bytes.</summary>
    public bool HasBytes => IsAny(static meter => meter.HasBytes);

    public T[] Map<T>(Func<TrafficMeter, T> part)
    {
        var parts = new T[_meters.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = part(_meters[i]);
        }

        return parts;
    }

    public bool IsAny(Predicate<TrafficMeter> predicate)
    {
        foreach (var meter in _meters)
        {
            if (predicate(meter))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts the flows that began before the first tuple seen of them.</summary>
    /// <param name="isTrendOfFlows">Whether trends are of flows.</param>
    /// <param name="layout">Form of the rows' keys.</param>
    public void ResolveStarts(bool isTrendOfFlows, KeyLayout layout)
    {
        FlowEvents.Resolve(Map(static meter => meter.RowStarts.Events), layout.Compare, (key, time) => AddFlow(First.Rows.Table, key, time, isTrendOfFlows));
        FlowEvents.Resolve(
            Map(static meter => meter.CaptureStarts.Events),
            (left, right) => layout.Compare(RowOf(left, layout), RowOf(right, layout)),
            (key, time) => AddFlow(First.Captures.Table, key, time, isTrendOfFlows));
    }

    /// <summary>All captures, as one table, or partition by partition when they take more than so many bytes.</summary>
    public IEnumerable<TrafficTable> GatherCaptures(long most)
    {
        var captures = Map(static meter => meter.Captures);
        return TrafficStore.Gather(captures, TrafficStore.AreMany(captures, most));
    }

    private static ReadOnlySpan<ulong> RowOf(ReadOnlySpan<ulong> capture, KeyLayout layout) =>
        capture.Slice(TrafficMeter.ConversationWords, layout.Words);

    private void AddFlow(TrafficTable table, ReadOnlySpan<ulong> key, long milliseconds, bool isTrendOfFlows)
    {
        var row = table.Add(key);
        table.Totals(row).Flows++;
        if (table.HasTrend && isTrendOfFlows)
        {
            table.AddTrend(row, milliseconds, 1);
        }

        First.Relieve();
    }
}
