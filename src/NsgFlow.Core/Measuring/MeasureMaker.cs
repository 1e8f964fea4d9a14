using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Measuring;

/// <summary>Makes the objects of the answer of finished rows.</summary>
internal sealed class MeasureMaker
{
    /// <summary>Name of the field that holds the start of a time bucket.</summary>
    public const string TimeName = "Time";

    private readonly RowQuestion _question;
    private readonly KeyLayout _layout;
    private readonly string[] _names;
    private readonly double? _whole;
    private readonly TrendScale _scale;
    private readonly (long First, long Last) _times;

    public MeasureMaker(RowQuestion question, in TrafficTotals whole, (long First, long Last) times)
    {
        _question = question;
        _layout = question.Layout;
        _times = times;
        var names = _layout.Keys.Select(static key => key.Field.Name);
        _names = [.. _layout.Bucket > 0 ? names.Prepend(TimeName) : names];
        var hasWhole = question.OrderBy switch
        {
            TrafficOrder.Sources or TrafficOrder.Destinations or TrafficOrder.Ports => false,
            TrafficOrder.Flows or TrafficOrder.Denied => true,
            _ => whole.Recorded > 0,
        };
        _whole = hasWhole ? whole.Value(question.OrderBy) : null;
        _scale = new TrendScale(question.TrendUnit);
        if (times.Last >= times.First)
        {
            _scale.Include(times.First, default);
            _scale.Include(Math.Max(times.First, Math.Min(times.Last, question.TrendEnd)), default);
        }
    }

    /// <summary>Makes the rows, and that of the rest last.</summary>
    /// <param name="rows">Rows in their order.</param>
    /// <param name="rest">The rest, by bucket.</param>
    public IEnumerable<TrafficMeasure> Make(IEnumerable<ResultRow> rows, SortedDictionary<ulong, ResultRow> rest) =>
        _layout.Bucket > 0 ? Series(rows, rest) : Rows(rows, rest);

    private IEnumerable<TrafficMeasure> Rows(IEnumerable<ResultRow> rows, SortedDictionary<ulong, ResultRow> rest)
    {
        foreach (var row in rows)
        {
            yield return Make(row, _layout.Values(row.Key), isOther: false);
        }

        foreach (var row in rest.Values)
        {
            // A list of what was denied is of nothing else: allowed flows are no rest of it.
            var isNothing = _question.IsPositive && _question.OrderBy == TrafficOrder.Denied && row.Value(TrafficOrder.Denied) == 0;
            if (!isNothing)
            {
                yield return Make(row, OtherValues(null), isOther: true);
            }
        }
    }

    /// <summary>Series by series, with a row of nothing for each bucket in which nothing was.</summary>
    private IEnumerable<TrafficMeasure> Series(IEnumerable<ResultRow> rows, SortedDictionary<ulong, ResultRow> rest)
    {
        var bucket = _layout.Bucket;
        var filter = _question.Filter;
        var first = (filter.Start is { } start ? UnixTime.FromDateTime(start) : _times.First) / bucket;
        var last = (filter.End is { } end ? UnixTime.FromDateTime(end) - 1 : _times.Last) / bucket;
        if (_times.Last < _times.First)
        {
            yield break;
        }

        if (last - first >= TrafficQuery.MostBuckets)
        {
            throw new TrafficBucketsException(StartOf(first), StartOf(last), last - first + 1);
        }

        ResultRow? before = null;
        foreach (var row in rows)
        {
            var at = _layout.BucketOf(row.Key);
            var isNew = before is null || !_layout.IsSameSeries(before.Key, row.Key);
            if (before is not null && isNew)
            {
                foreach (var empty in Empty(before, _layout.BucketOf(before.Key) + 1, last))
                {
                    yield return empty;
                }
            }

            foreach (var empty in Empty(row, isNew ? first : _layout.BucketOf(before!.Key) + 1, at - 1))
            {
                yield return empty;
            }

            yield return Make(row, [StartOf(at), .. _layout.Values(row.Key)], isOther: false);
            before = row;
        }

        if (before is not null)
        {
            foreach (var empty in Empty(before, _layout.BucketOf(before.Key) + 1, last))
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

    private DateTime StartOf(long bucket) => UnixTime.ToDateTime(bucket * _layout.Bucket);

    private IEnumerable<TrafficMeasure> Empty(ResultRow series, long first, long last)
    {
        for (var at = first; at <= last; at++)
        {
            yield return Make(new ResultRow([]), [StartOf(at), .. _layout.Values(series.Key)], isOther: false);
        }
    }

    private object?[] OtherValues(object? time)
    {
        var values = new object?[_names.Length];
        var at = 0;
        if (_layout.Bucket > 0)
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
        var distinct = isOther ? TrafficDistinct.None : _question.Distinct;
        var hasBytes = totals.Recorded > 0;
        return new TrafficMeasure(_names, values)
        {
            IsOther = isOther,
            Flows = totals.Flows,
            Denied = totals.Denied,
            Tuples = _question.HasTuples ? totals.Tuples : null,
            RecordedTuples = _question.HasTuples ? totals.Recorded : null,
            MergedTuples = _question.HasTuples ? totals.Merged : null,
            BytesSent = hasBytes ? totals.BytesSent : null,
            BytesReceived = hasBytes ? totals.BytesReceived : null,
            PacketsSent = hasBytes ? totals.PacketsSent : null,
            PacketsReceived = hasBytes ? totals.PacketsReceived : null,
            Sources = (distinct & TrafficDistinct.Sources) != 0 ? row.Sources : null,
            Destinations = (distinct & TrafficDistinct.Destinations) != 0 ? row.Destinations : null,
            Ports = (distinct & TrafficDistinct.Ports) != 0 ? row.Ports : null,
            FirstSeen = totals.First > totals.Last ? null : UnixTime.ToDateTime(totals.First),
            LastSeen = totals.First > totals.Last ? null : UnixTime.ToDateTime(totals.Last),
            Percent = _whole is { } whole ? (whole == 0 ? 0 : 100.0 * row.Value(_question.OrderBy) / whole) : null,
            Trend = TrendOf(row),
            TrendStep = TimeSpan.FromMilliseconds(_scale.Width),
            OrderedBy = _question.OrderBy,
            Counted = _question.Distinct,
        };
    }

    private long[] TrendOf(ResultRow row)
    {
        if (_layout.Bucket > 0 || !_question.HasTrend)
        {
            return [];
        }

        var ring = new long[TrendScale.Slots];
        row.Scale.AddTo(row.Trend, in _scale, ring);
        return _scale.Unroll(ring);
    }
}
