using System;
using System.Runtime.InteropServices;

namespace NsgFlow.Measuring;

/// <summary>A finished row (with time buckets: one of a series) on its way to be ordered and shown.</summary>
internal sealed class ResultRow
{
    public ResultRow(ulong[] key)
    {
        Key = key;
    }

    public ulong[] Key { get; }

    public TrafficTotals Totals = TrafficTotals.Nothing;

    public long Sources { get; set; }

    public long Destinations { get; set; }

    public long Ports { get; set; }

    /// <summary>What the row's series is ordered by.</summary>
    public long Rank { get; set; }

    public TrendScale Scale;

    public long[] Trend { get; set; } = new long[TrendScale.Slots];

    /// <summary>Words that a row takes in a file.</summary>
    public static int WordsOf(int keyWords) => keyWords + SizeOf<TrafficTotals>() + 4 + SizeOf<TrendScale>() + TrendScale.Slots;

    /// <summary>What rows are ordered by.</summary>
    public long Value(TrafficOrder order) => order switch
    {
        TrafficOrder.Sources => Sources,
        TrafficOrder.Destinations => Destinations,
        TrafficOrder.Ports => Ports,
        _ => Totals.Value(order),
    };

    public void Add(ResultRow other) => Add(in other.Totals, other.Trend, in other.Scale);

    public void Add(in TrafficTotals totals, ReadOnlySpan<long> trend, in TrendScale scale)
    {
        Totals.Add(in totals);
        if (Scale.Count == 0)
        {
            Scale = scale.Fresh;
        }

        Scale.Include(in scale, Trend);
        scale.AddTo(trend, in Scale, Trend);
    }

    public void Write(Span<ulong> words)
    {
        Key.CopyTo(words);
        words = words.Slice(Key.Length);
        MemoryMarshal.Cast<ulong, TrafficTotals>(words)[0] = Totals;
        words = words.Slice(SizeOf<TrafficTotals>());
        words[0] = (ulong)Sources;
        words[1] = (ulong)Destinations;
        words[2] = (ulong)Ports;
        words[3] = (ulong)Rank;
        words = words.Slice(4);
        MemoryMarshal.Cast<ulong, TrendScale>(words)[0] = Scale;
        words = words.Slice(SizeOf<TrendScale>());
        MemoryMarshal.Cast<long, ulong>(Trend).CopyTo(words);
    }

    public static ResultRow Read(ReadOnlySpan<ulong> words, int keyWords)
    {
        var row = new ResultRow(words.Slice(0, keyWords).ToArray());
        words = words.Slice(keyWords);
        row.Totals = MemoryMarshal.Cast<ulong, TrafficTotals>(words)[0];
        words = words.Slice(SizeOf<TrafficTotals>());
        row.Sources = (long)words[0];
        row.Destinations = (long)words[1];
        row.Ports = (long)words[2];
        row.Rank = (long)words[3];
        words = words.Slice(4);
        row.Scale = MemoryMarshal.Cast<ulong, TrendScale>(words)[0];
        words = words.Slice(SizeOf<TrendScale>());
        MemoryMarshal.Cast<ulong, long>(words.Slice(0, TrendScale.Slots)).CopyTo(row.Trend);
        return row;
    }

    private static int SizeOf<T>()
        where T : struct => MemoryMarshal.Cast<T, ulong>(new T[1].AsSpan()).Length;
}
