using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Soak.Writing;

/// <summary>Everything that was written. Each tuple has a number of its own, which it carries as its bytes sent; the rest of it follows from that.</summary>
internal sealed class Truth
{
    private readonly List<TruthEntry> _entries = [];
    private readonly List<TruthBlob> _blobs = [];
    private int _next = 1;

    public IReadOnlyList<TruthBlob> Blobs => _blobs;

    public int Tuples => _next - 1;

    public int Entries => _entries.Count;

    public long Bytes => _blobs.Sum(static blob => blob.Length);

    /// <summary>Tuples of the entry that has most.</summary>
    public int LongestEntry => _entries.Max(static entry => entry.Count);

    public TruthBlob Add(TruthBlob blob)
    {
        lock (_entries)
            _blobs.Add(blob);
        return blob;
    }

    /// <summary>Numbers the tuples of an entry. What is written must be known before somebody can read it.</summary>
    public TruthEntry Add(TruthBlob blob, DateTime time, int tuples)
    {
        lock (_entries)
        {
            var entry = new TruthEntry(blob, time, _next, tuples, blob.Tuples);
            _next += tuples;
            _entries.Add(entry);
            return entry;
        }
    }

    /// <summary>The entry that has a tuple; null when nobody wrote such a one.</summary>
    public TruthEntry? Find(long number)
    {
        var (low, high) = (0, _entries.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = _entries[middle];
            if (number < entry.First)
                high = middle - 1;
            else if (number >= entry.First + entry.Count)
                low = middle + 1;
            else
                return entry;
        }

        return null;
    }
}
