using System;

namespace NsgFlow.Measuring;

/// <summary>The different values of rows: a key of the row, the sort of value and the value for each.</summary>
internal sealed class DistinctValues : IDisposable
{
    private readonly TrafficDistinct _wanted;
    private readonly int _words;
    private readonly ulong[] _key;

    /// <param name="layout">Form of the rows' keys.</param>
    /// <param name="wanted">What is to be counted.</param>
    /// <param name="folder">Where to put values aside.</param>
    public DistinctValues(KeyLayout layout, TrafficDistinct wanted, SpillFolder folder)
    {
        _wanted = wanted;
        _words = layout.Words;
        _key = new ulong[_words + 3];
        Store = new TrafficStore(_key.Length, layout.SeriesWords, hasTotals: false, hasTrend: false, folder);
    }

    public bool AreWanted => _wanted != TrafficDistinct.None;

    public TrafficStore Store { get; }

    /// <summary>Adds the values of a tuple to a row.</summary>
    public void Add(in FlowTuple tuple, ReadOnlySpan<ulong> row)
    {
        row.CopyTo(_key);
        if ((_wanted & TrafficDistinct.Sources) != 0)
        {
            Add(TrafficDistinct.Sources, tuple.Source.High, tuple.Source.Low);
        }

        if ((_wanted & TrafficDistinct.Destinations) != 0)
        {
            Add(TrafficDistinct.Destinations, tuple.Destination.High, tuple.Destination.Low);
        }

        if ((_wanted & TrafficDistinct.Ports) != 0)
        {
            Add(TrafficDistinct.Ports, 0, tuple.DestinationPort);
        }
    }

    public void Dispose() => Store.Dispose();

    private void Add(TrafficDistinct kind, ulong high, ulong low)
    {
        _key[_words] = (ulong)kind;
        _key[_words + 1] = high;
        _key[_words + 2] = low;
        Store.Table.Add(_key);
    }
}
