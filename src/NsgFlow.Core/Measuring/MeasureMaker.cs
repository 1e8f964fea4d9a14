using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Measuring;

/// <summary>Makes the objects of the answer of finished rows.</summary>
internal sealed class MeasureMaker
{
    /// <summary>Name of the field that holds the start of a time bucket.</summary>
    public const string TimeName = "Time";

    private readonly TrafficPlan _plan;
    private readonly string[] _names;
    private readonly double? _whole;
    private readonly TrendScale _scale;
    private readonly long _first;
    private readonly long _last;

    public MeasureMaker(TrafficPlan plan, in TrafficTotals whole, long first, long last)
    {
        _plan = plan;
        _first = first;
        _last = last;
        var names = plan.Layout.Keys.Select(static key => key.Field.Name);
        _names = [.. plan.Layout.Bucket > 0 ? names.Prepend(TimeName) : names];
        var order = plan.Query.OrderBy;
        _whole = order is TrafficOrder.Sources or TrafficOrder.Destinations or TrafficOrder.Ports ? null
            : new ResultRow([]) { Totals = whole }.Value(order);
        if (last >= first)
        {
            _scale.Include(first, default);
            _scale.Include(last, default);
        }
    }

    /// <summary>Rows without time buckets.</summary>
    public IEnumerable<TrafficMeasure> Rows(IEnumerable<ResultRow> rows, SortedDictionary<ulong, ResultRow> rest)
    {
        foreach (var row in rows)
        {
            yield return Make(row, _plan.Layout.Values(row.Key), isOther: false);
        }

        foreach (var row in rest.Values)
        {
            yield return Make(row, OtherValues(null), isOther: true);
        }
    }

    /// <summary>Rows with time buckets, series by series, with a row of nothing for each bucket in which nothing was.</summary>
    public IEnumerable<TrafficMeasure> Series(IEnumerable<ResultRow> rows, SortedDictionary<ulong, ResultRow> rest)
    {
        var bucket = _plan.Layout.Bucket;
        var filter = _plan.Query.Filter;
        var first = (filter.Start is { } start ? UnixTime.FromDateTime(start) : _first) / bucket;
        var last = (filter.End is { } end ? UnixTime.FromDateTime(end) - 1 : _last) / bucket;
        if (_last < _first)
        {
            yield break;
        }

        ResultRow? before = null;
        foreach (var row in rows)
        {
            var at = (long)row.Key[_plan.Layout.SeriesWords];
            var isNew = before is null || !IsSameSeries(before, row);
            if (before is not null && isNew)
            {
                foreach (var empty in Empty(before, BucketOf(before) + 1, last))
                {
                    yield return empty;
                }
            }

            foreach (var empty in Empty(row, isNew ? first : BucketOf(before!) + 1, at - 1))
            {
                yield return empty;
            }

            yield return Make(row, [StartOf(at), .. _plan.Layout.Values(row.Key)], isOther: false);
            before = row;
        }

        if (before is not null)
        {
            foreach (var empty in Empty(before, BucketOf(before) + 1, last))
            {
                yield return empty;
            }
        }

        for (var at = first; rest.Count > 0 && at <= last; at++)
        {
            var row = rest.TryGetValue((ulong)at, out var found) ? found : new ResultRow([]);
            yield return Make(row, OtherValues(StartOf(at)), isOther: true);
        }
    }

    private long BucketOf(ResultRow row) => (long)row.Key[_plan.Layout.SeriesWords];

    private bool IsSameSeries(ResultRow left, ResultRow right) =>
        left.Key.AsSpan(0, _plan.Layout.SeriesWords).SequenceEqual(right.Key.AsSpan(0, _plan.Layout.SeriesWords));

    private DateTime StartOf(long bucket) => UnixTime.ToDateTime(bucket * _plan.Layout.Bucket);

    private IEnumerable<TrafficMeasure> Empty(ResultRow series, long first, long last)
    {
        for (var at = first; at <= last; at++)
        {
            yield return Make(new ResultRow([]), [StartOf(at), .. _plan.Layout.Values(series.Key)], isOther: false);
        }
    }

    private object?[] OtherValues(object? time)
    {
        var values = new object?[_names.Length];
        var at = 0;
        if (_plan.Layout.Bucket > 0)
        {
            values[at++] = time;
        }

        if (at < values.Length)
        {
            values[at] = TrafficMeasure.Other;
        }

        return values;
    }

    private TrafficMeasure Make(ResultRow row, object?[] values, bool isOther)
    {
        ref var totals = ref row.Totals;
        var distinct = isOther ? TrafficDistinct.None : _plan.Query.NeededDistinct;
        var hasBytes = totals.Recorded > 0;
        return new TrafficMeasure(_names, values)
        {
            IsOther = isOther,
            Flows = totals.Flows,
            Denied = totals.Denied,
            Tuples = totals.Tuples,
            RecordedTuples = totals.Recorded,
            MergedTuples = totals.Merged,
            BytesSent = hasBytes ? totals.BytesSent : null,
            BytesReceived = hasBytes ? totals.BytesReceived : null,
            PacketsSent = hasBytes ? totals.PacketsSent : null,
            PacketsReceived = hasBytes ? totals.PacketsReceived : null,
            Sources = (distinct & TrafficDistinct.Sources) != 0 ? row.Sources : null,
            Destinations = (distinct & TrafficDistinct.Destinations) != 0 ? row.Destinations : null,
            Ports = (distinct & TrafficDistinct.Ports) != 0 ? row.Ports : null,
            FirstSeen = totals.First > totals.Last ? null : UnixTime.ToDateTime(totals.First),
            LastSeen = totals.First > totals.Last ? null : UnixTime.ToDateTime(totals.Last),
            Percent = _whole is { } whole ? (whole == 0 ? 0 : 100.0 * row.Value(_plan.Query.OrderBy) / whole) : null,
            Trend = TrendOf(row),
            TrendStep = TimeSpan.FromMilliseconds(_scale.Width),
            OrderedBy = _plan.Query.OrderBy,
        };
    }

    private long[] TrendOf(ResultRow row)
    {
        var ring = new long[TrendScale.Slots];
        row.Scale.AddTo(row.Trend, in _scale, ring);
        return _scale.Unroll(ring);
    }
}
