using System;
using System.Collections.Generic;
using System.Threading;

namespace NsgFlow.Measuring;

/// <summary>Puts together what the meters of a measurement have, and makes the rows of the answer.</summary>
internal sealed class TrafficResult : IDisposable
{
    private readonly TrafficPlan _plan;
    private readonly IReadOnlyList<TrafficMeter> _meters;
    private readonly SpillFolder _folder;
    private readonly CancellationToken _cancellation;
    private readonly RowSorter _sorter;
    private TrafficTotals _whole = TrafficTotals.Nothing;
    private long _first = long.MaxValue;
    private long _last = long.MinValue;

    public TrafficResult(TrafficPlan plan, IReadOnlyList<TrafficMeter> meters, SpillFolder folder, long memory, CancellationToken cancellation)
    {
        _plan = plan;
        _meters = meters;
        _folder = folder;
        _cancellation = cancellation;
        _sorter = new RowSorter(plan.Layout, plan.Query.Top, memory, folder);
    }

    private TrafficQuery Query => _plan.Query;

    private KeyLayout Layout => _plan.Layout;

    private TrafficMeter Main => _meters[0];

    /// <summary>The rows of the answer, in its order; the row of the rest comes last.</summary>
    public IEnumerable<TrafficMeasure> Rows()
    {
        ResolveStarts();
        CountCaptures();
        Finish();
        _sorter.Trim();
        var maker = new MeasureMaker(_plan, in _whole, _first, _last);
        return Layout.Bucket > 0 ? maker.Series(_sorter.InOrder(), _sorter.Rest) : maker.Rows(_sorter.InOrder(), _sorter.Rest);
    }

    public void Dispose() => _sorter.Dispose();

    /// <summary>Counts the flows that began before the first tuple seen of them.</summary>
    private void ResolveStarts()
    {
        FlowEvents.Resolve(Map(static meter => meter.RowStarts.Events), (key, time) => AddFlow(Main.Rows.Table, key, time));
        FlowEvents.Resolve(Map(static meter => meter.CaptureStarts.Events), (key, time) => AddFlow(Main.Captures.Table, key, time));
    }

    private void AddFlow(TrafficTable table, ReadOnlySpan<ulong> key, long milliseconds)
    {
        var row = table.Add(key);
        table.Totals(row).Flows++;
        var isOfFlows = Query.OrderBy is TrafficOrder.Flows or TrafficOrder.Sources or TrafficOrder.Destinations or TrafficOrder.Ports;
        if (table.HasTrend && isOfFlows)
        {
            table.AddTrend(row, milliseconds, 1);
        }

        Relieve();
    }

    /// <summary>Moves captures to the rows they count in; those that were captured by a better observer count as merged.</summary>
    private void CountCaptures()
    {
        var stores = Map(static meter => meter.Captures);
        var isSpilled = IsAny(static meter => meter.Captures.HasSpilled);
        foreach (var captures in TrafficStore.Gather(stores, isSpilled))
        {
            _cancellation.ThrowIfCancellationRequested();
            var best = new BestCaptures(captures, Main.IdentityWords);
            for (var i = 0; i < captures.Count; i++)
            {
                ref var totals = ref captures.Totals(i);
                if (totals.Tuples == 0 && totals.Flows == 0)
                {
                    continue;
                }

                var key = captures.Key(i).Slice(TrafficMeter.ConversationWords, Layout.Words);
                if (Query.Raw || best.IsBest(i))
                {
                    Main.Rows.Table.AddRow(key, in totals, captures.Trend(i), in captures.Scale);
                }
                else
                {
                    Note(in totals);
                    Main.Rows.Table.Totals(Main.Rows.Table.Add(key)).Merged += totals.Tuples;
                }

                Relieve();
            }
        }
    }

    /// <summary>Finishes the rows, and puts them in order.</summary>
    private void Finish()
    {
        var isSpilled = IsAny(static meter => meter.Rows.HasSpilled || meter.Distinct.HasSpilled);
        using var distinct = TrafficStore.Gather(Map(static meter => meter.Distinct), isSpilled).GetEnumerator();
        foreach (var table in TrafficStore.Gather(Map(static meter => meter.Rows), isSpilled))
        {
            _cancellation.ThrowIfCancellationRequested();
            var rows = ToRows(table);
            distinct.MoveNext();
            CountDistinct(distinct.Current, table, rows);
            if (Layout.Bucket > 0)
            {
                AddSeries(rows);
            }
            else
            {
                foreach (var row in rows)
                {
                    AddOrDrop([row]);
                }
            }
        }
    }

    private ResultRow[] ToRows(TrafficTable table)
    {
        var rows = new ResultRow[table.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = new ResultRow(table.Key(i).ToArray()) { Totals = table.Totals(i), Scale = table.Scale };
            table.Trend(i).CopyTo(row.Trend);
            _whole.Add(in row.Totals);
            Note(in row.Totals);
            rows[i] = row;
        }

        return rows;
    }

    private void CountDistinct(TrafficTable values, TrafficTable table, ResultRow[] rows)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var key = values.Key(i);
            var at = table.Find(key.Slice(0, Layout.Words));
            if (at < 0)
            {
                continue;
            }

            var row = rows[at];
            switch ((TrafficDistinct)key[Layout.Words])
            {
                case TrafficDistinct.Sources:
                    row.Sources++;
                    break;
                case TrafficDistinct.Destinations:
                    row.Destinations++;
                    break;
                default:
                    row.Ports++;
                    break;
            }
        }
    }

    private void AddSeries(ResultRow[] rows)
    {
        Array.Sort(rows, (left, right) => Layout.Compare(left.Key, right.Key));
        for (var start = 0; start < rows.Length;)
        {
            var end = start + 1;
            while (end < rows.Length && rows[end].Key.AsSpan(0, Layout.SeriesWords).SequenceEqual(rows[start].Key.AsSpan(0, Layout.SeriesWords)))
            {
                end++;
            }

            AddOrDrop([.. rows.AsSpan(start, end - start).ToArray()]);
            start = end;
        }
    }

    private void AddOrDrop(List<ResultRow> series)
    {
        long flows = 0;
        long bytes = 0;
        long rank = 0;
        foreach (var row in series)
        {
            flows += row.Totals.Flows;
            bytes = TrafficTotals.Sum(bytes, row.Value(TrafficOrder.Bytes));
            rank = TrafficTotals.Sum(rank, row.Value(Query.OrderBy));
        }

        series.ForEach(row => row.Rank = rank);
        if (flows >= Query.MinFlows && bytes >= Query.MinBytes)
        {
            _sorter.Add(series);
        }
        else
        {
            series.ForEach(_sorter.Drop);
        }
    }

    private void Note(in TrafficTotals totals)
    {
        _first = Math.Min(_first, totals.First);
        _last = Math.Max(_last, totals.Last);
    }

    private void Relieve()
    {
        Main.Relieve();
    }

    private bool IsAny(Predicate<TrafficMeter> predicate)
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

    private T[] Map<T>(Func<TrafficMeter, T> part)
    {
        var parts = new T[_meters.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = part(_meters[i]);
        }

        return parts;
    }
}
