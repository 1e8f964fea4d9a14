using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace NsgFlow.Measuring;

/// <summary>Finishes rows: counts their different values, puts them in order, and leaves the small ones to the rest.</summary>
internal sealed class RowFinisher : IDisposable
{
    private readonly RowQuestion _question;
    private readonly RowSorter _sorter;
    private readonly long _memory;
    private readonly CancellationToken _cancellation;
    private TrafficTotals _whole = TrafficTotals.Nothing;

    public RowFinisher(RowQuestion question, long memory, SpillFolder folder, CancellationToken cancellation)
    {
        _question = question;
        _memory = memory;
        _cancellation = cancellation;
        _sorter = new RowSorter(question.Layout, question.Top, memory, folder);
    }

    private KeyLayout Layout => _question.Layout;

    /// <summary>The rows of the answer, in its order; the row of the rest comes last.</summary>
    /// <param name="rows">The rows, of all threads.</param>
    /// <param name="distinct">The values to be counted in them; empty when there are none.</param>
    /// <param name="times">First and last time of all there is, in milliseconds, for the trends: at least those of the rows.</param>
    public IEnumerable<TrafficMeasure> Finish(TrafficStore[] rows, TrafficStore[] distinct, (long First, long Last) times)
    {
        var inPartitions = TrafficStore.AreMany(rows.Concat(distinct), _memory);
        using var values = distinct.Length == 0 ? null : TrafficStore.Gather(distinct, inPartitions).GetEnumerator();
        foreach (var table in TrafficStore.Gather(rows, inPartitions))
        {
            _cancellation.ThrowIfCancellationRequested();
            Note(table, ref times);
            var counts = values is not null && values.MoveNext() ? new DistinctCounts(values.Current, table, Layout.Words) : null;
            if (Layout.Bucket > 0)
            {
                AddSeries(table, counts);
            }
            else
            {
                AddRows(table, counts);
            }

            LargeMemory.LetGo(table.Bytes);
        }

        return Make(times);
    }

    /// <summary>The rows of the answer, where they are known as a whole: each of another key, with the numbers of its different values.</summary>
    /// <param name="rows">The rows, in any order.</param>
    /// <param name="times">First and last time of all there is, in milliseconds.</param>
    public IEnumerable<TrafficMeasure> Finish(List<ResultRow> rows, (long First, long Last) times)
    {
        rows.Sort((left, right) => Layout.Compare(left.Key, right.Key));
        for (var start = 0; start < rows.Count;)
        {
            var end = start;
            do
            {
                _whole.Add(in rows[end++].Totals);
            }
            while (end < rows.Count && Layout.IsSameSeries(rows[start].Key, rows[end].Key));

            AddSeries(rows.GetRange(start, end - start));
            start = end;
        }

        return Make(times);
    }

    /// <summary>Adds a row of the rest, where somebody else made a first choice. Before the others are finished.</summary>
    public void AddRest(ResultRow row)
    {
        _whole.Add(in row.Totals);
        _sorter.Drop(row);
    }

    public void Dispose() => _sorter.Dispose();

    private IEnumerable<TrafficMeasure> Make((long First, long Last) times)
    {
        _sorter.Trim();
        return new MeasureMaker(_question, in _whole, times).Make(_sorter.InOrder(), _sorter.Rest);
    }

    private static ResultRow ToRow(TrafficTable table, int i, DistinctCounts? counts)
    {
        var row = new ResultRow(table.Key(i).ToArray()) { Totals = table.Totals(i), Scale = table.Scale };
        table.Trend(i).CopyTo(row.Trend);
        if (counts is not null)
        {
            row.Sources = counts.Of(TrafficDistinct.Sources, i);
            row.Destinations = counts.Of(TrafficDistinct.Destinations, i);
            row.Ports = counts.Of(TrafficDistinct.Ports, i);
        }

        return row;
    }

    private void Note(TrafficTable table, ref (long First, long Last) times)
    {
        for (var i = 0; i < table.Count; i++)
        {
            ref readonly var totals = ref table.Totals(i);
            _whole.Add(in totals);
            times = (Math.Min(times.First, totals.First), Math.Max(times.Last, totals.Last));
        }
    }

    private void AddRows(TrafficTable table, DistinctCounts? counts)
    {
        for (var i = 0; i < table.Count; i++)
        {
            ref readonly var totals = ref table.Totals(i);
            var isDropped = counts is null && _sorter.TryDrop(totals.Value(_question.OrderBy), in totals, table.Trend(i), in table.Scale);
            if (!isDropped)
            {
                AddSeries([ToRow(table, i, counts)]);
            }
        }
    }

    private void AddSeries(TrafficTable table, DistinctCounts? counts)
    {
        var order = Enumerable.Range(0, table.Count).ToArray();
        Array.Sort(order, (left, right) => Layout.Compare(table.Key(left), table.Key(right)));
        for (var start = 0; start < order.Length;)
        {
            var series = new List<ResultRow>();
            var end = start;
            do
            {
                series.Add(ToRow(table, order[end++], counts));
            }
            while (end < order.Length && Layout.IsSameSeries(table.Key(order[start]), table.Key(order[end])));

            AddSeries(series);
            start = end;
        }
    }

    private void AddSeries(List<ResultRow> series)
    {
        long flows = 0;
        long bytes = 0;
        long rank = 0;
        foreach (var row in series)
        {
            flows += row.Totals.Flows;
            bytes = TrafficTotals.Sum(bytes, row.Value(TrafficOrder.Bytes));
            rank = TrafficTotals.Sum(rank, row.Value(_question.OrderBy));
        }

        series.ForEach(row => row.Rank = rank);
        if (flows >= _question.MinFlows && bytes >= _question.MinBytes && (rank > 0 || !_question.IsPositive))
        {
            _sorter.Add(series);
        }
        else
        {
            series.ForEach(_sorter.Drop);
        }
    }
}
