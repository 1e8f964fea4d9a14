using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Tuples of which it is not known yet whether their flow began before them: with all others of the same flow, in the order of time, that can be
/// told at the end. Each has the key of the row in which the flow then counts.
/// </summary>
internal sealed class FlowEvents : IDisposable
{
    private const int StateBits = 2;
    private const int HeadWords = 3;

    // So many may come before somebody asks for the memory again.
    private const int EventsAhead = 2048;
    private const int AskedWords = 16 * 1024;
    private const int MostWordsAtOnce = 4_000_000;
    private readonly int _words;
    private readonly SpillFolder _folder;
    private ulong[] _items;
    private int _used;
    private SpillFile? _file;

    /// <param name="keyWords">Words of a row's key.</param>
    /// <param name="folder">Where to put events aside.</param>
    public FlowEvents(int keyWords, SpillFolder folder)
    {
        _words = HeadWords + keyWords;
        _folder = folder;
        _items = new ulong[64 * _words];
    }

    /// <summary>Takes the key of a row in which one more flow is counted, and the time of the tuple that is its first.</summary>
    public delegate void Counter(ReadOnlySpan<ulong> key, long milliseconds);

    /// <summary>Orders two rows' keys.</summary>
    public delegate int KeyComparer(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right);

    private delegate void Taker(ReadOnlySpan<ulong> item);

    public long Bytes => 8L * _items.Length;

    public long BytesWhenGrown => _used + (EventsAhead * _words) <= _items.Length ? Bytes : 3 * Bytes;

    public bool HasSpilled => _file is not null;

    /// <summary>Adds an event.</summary>
    /// <param name="flow">The flow at its network interface.</param>
    /// <param name="order">Its place among those of the flow.</param>
    /// <param name="milliseconds">The tuple's time.</param>
    /// <param name="state">Begin, Continue or End.</param>
    /// <param name="key">Key of the tuple's row; empty for a Begin, which was counted.</param>
    [MethodImpl(Hot.Path)]
    public void Add(ulong flow, long order, long milliseconds, FlowState state, ReadOnlySpan<ulong> key)
    {
        if (_used + _words > _items.Length)
        {
            var before = Bytes;
            Array.Resize(ref _items, checked(2 * _items.Length));
            LargeMemory.LetGo(before);
        }

        _items[_used] = flow;
        _items[_used + 1] = ((ulong)order << StateBits) | (ulong)state;
        _items[_used + 2] = (ulong)milliseconds;
        key.CopyTo(_items.AsSpan(_used + HeadWords));
        _used += _words;
    }

    /// <summary>Puts everything aside.</summary>
    public void Spill()
    {
        if (_used == 0)
        {
            return;
        }

        _file ??= new SpillFile(_folder, _words);
        var counts = new int[SpillFile.Partitions];
        var flows = new ulong[_used / _words];
        var order = new int[flows.Length];
        for (var i = 0; i < flows.Length; i++)
        {
            flows[i] = _items[i * _words];
            order[i] = i * _words;
            counts[SpillFile.PartitionOf(flows[i])]++;
        }

        // The partition is the first bits of the flow, so this sorts by partition too.
        Array.Sort(flows, order);
        _file.BeginBatch(counts, default);
        foreach (var at in order)
        {
            _file.Write(_items.AsSpan(at, _words));
        }

        _file.EndBatch();
        _used = 0;
    }

    /// <summary>Tells which events are the first of a flow that did not begin within what was read. Empties the lists.</summary>
    /// <param name="all">The events of all threads.</param>
    /// <param name="compare">Decides between two of the same moment (copies of a log), so that no order of reading does.</param>
    /// <param name="count">Takes the rows in which a flow counts.</param>
    public static void Resolve(IReadOnlyList<FlowEvents> all, KeyComparer compare, Counter count)
    {
        // Partition by partition when there are many, also in memory: sorting takes several times the room of what is sorted.
        var isMuch = false;
        long words = 0;
        foreach (var events in all)
        {
            words += events._used;
            isMuch |= events.HasSpilled || words > MostWordsAtOnce;
        }

        var asked = new ulong[AskedWords];
        for (var partition = 0; partition < (isMuch ? SpillFile.Partitions : 1); partition++)
        {
            int? only = isMuch ? partition : null;
            Array.Clear(asked, 0, asked.Length);
            foreach (var events in all)
            {
                events.Read(only, item => Ask(asked, item));
            }

            var together = new List<ulong>();
            foreach (var events in all)
            {
                events.Read(only, item => AppendIfAsked(together, item, asked));
            }

            Walk([.. together], all[0]._words, compare, count);
            LargeMemory.LetGo(24L * together.Count);
        }

        foreach (var events in all)
        {
            events._items = [];
            events._used = 0;
        }
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>
    /// Marks the flow of a Continue or End. Most events are the Begin of a flow that is still open, about which nothing is asked; some marks meet in
    /// one bit, which costs time only.
    /// </summary>
    private static void Ask(ulong[] asked, ReadOnlySpan<ulong> item)
    {
        if (StateOf(item[1]) != FlowState.Begin)
        {
            asked[(item[0] >> 6) & (AskedWords - 1)] |= 1UL << (int)(item[0] >> 18);
        }
    }

    private static void AppendIfAsked(List<ulong> list, ReadOnlySpan<ulong> item, ulong[] asked)
    {
        if ((asked[(item[0] >> 6) & (AskedWords - 1)] >> (int)(item[0] >> 18) & 1) == 0)
        {
            return;
        }

        foreach (var word in item)
        {
            list.Add(word);
        }
    }

    private void Read(int? partition, Taker take)
    {
        if (partition is { } one)
        {
            _file?.Read(one, (ReadOnlySpan<ulong> record, in TrendScale _) => take(record));
        }

        for (var at = 0; at < _used; at += _words)
        {
            if (partition is null || SpillFile.PartitionOf(_items[at]) == partition)
            {
                take(_items.AsSpan(at, _words));
            }
        }
    }

    private static void Walk(ulong[] items, int words, KeyComparer compare, Counter count)
    {
        var flows = new ulong[items.Length / words];
        var places = new int[flows.Length];
        for (var i = 0; i < flows.Length; i++)
        {
            flows[i] = items[i * words];
            places[i] = i * words;
        }

        Array.Sort(flows, places);
        var times = new ulong[flows.Length];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = items[places[i] + 1];
        }

        for (var start = 0; start < flows.Length;)
        {
            var end = start + 1;
            while (end < flows.Length && flows[end] == flows[start])
            {
                end++;
            }

            Array.Sort(times, places, start, end - start);
            SortEqual(times, places, start, end, (left, right) => compare(KeyOf(items, left, words), KeyOf(items, right, words)));
            WalkFlow(times.AsSpan(start, end - start), places.AsSpan(start, end - start), items, words, count);
            start = end;
        }
    }

    private static void WalkFlow(Span<ulong> times, Span<int> places, ulong[] items, int words, Counter count)
    {
        var isOpen = false;
        for (var i = 0; i < times.Length; i++)
        {
            PutNextFirst(times.Slice(i), places.Slice(i), isOpen);
            var state = StateOf(times[i]);
            if (state != FlowState.Begin && !isOpen)
            {
                count(KeyOf(items, places[i], words), (long)items[places[i] + 2]);
            }

            isOpen = state != FlowState.End;
        }
    }

    private static ReadOnlySpan<ulong> KeyOf(ulong[] items, int place, int words) => items.AsSpan(place + HeadWords, words - HeadWords);

    private static void SortEqual(ulong[] times, int[] places, int start, int end, Comparison<int> compare)
    {
        for (var first = start; first < end;)
        {
            var last = first + 1;
            while (last < end && times[last] == times[first])
            {
                last++;
            }

            if (last > first + 1)
            {
                Array.Sort(places, first, last - first, Comparer<int>.Create(compare));
            }

            first = last;
        }
    }

    private static FlowState StateOf(ulong time) => (FlowState)(time & ((1 << StateBits) - 1));

    /// <summary>
    /// Of several at the same moment the next is the one that fits: an open flow goes on and ends before another begins, a closed one begins
    /// before it ends. NSG logs have whole seconds, so this is not rare.
    /// </summary>
    private static void PutNextFirst(Span<ulong> times, Span<int> places, bool isOpen)
    {
        if (times.Length == 1 || !isOpen || StateOf(times[0]) != FlowState.Begin)
        {
            // They are sorted with Begin first, Continue next, and End last.
            return;
        }

        for (var i = 1; i < times.Length && times[i] >> StateBits == times[0] >> StateBits; i++)
        {
            if (StateOf(times[i]) == FlowState.Begin)
            {
                continue;
            }

            // Moved, not swapped, so that the others keep their order.
            var (time, place) = (times[i], places[i]);
            times.Slice(0, i).CopyTo(times.Slice(1));
            places.Slice(0, i).CopyTo(places.Slice(1));
            (times[0], places[0]) = (time, place);
            return;
        }
    }
}
