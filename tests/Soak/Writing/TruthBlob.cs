using System;
using System.Collections.Generic;

namespace NsgFlow.Soak.Writing;

/// <summary>What one blob must give, in its order.</summary>
/// <param name="key">What a checkpoint knows it by.</param>
/// <param name="nic">Whose it is.</param>
/// <param name="hour">Its hour.</param>
internal sealed class TruthBlob(string key, NicText nic, DateTime hour)
{
    private readonly List<TruthEntry> _entries = [];

    public string Key => key;

    public NicText Nic => nic;

    public DateTime Hour => hour;

    public int Tuples { get; private set; }

    /// <summary>Bytes up to the end of the last entry.</summary>
    public long Length { get; private set; } = GrowingText.Opening.Length;

    public IReadOnlyList<TruthEntry> Entries => _entries;

    /// <summary>Puts an entry behind the others; a comma divides them.</summary>
    public void Append(TruthEntry entry, int bytes)
    {
        Length += bytes + (_entries.Count > 0 ? 1 : 0);
        entry.End = Length;
        Tuples += entry.Count;
        _entries.Add(entry);
    }

    /// <summary>How many tuples there are before an offset.</summary>
    public int TuplesBefore(long offset)
    {
        var last = _entries.FindLastIndex(entry => entry.End <= offset);
        return last < 0 ? 0 : _entries[last].Before + _entries[last].Count;
    }
}
