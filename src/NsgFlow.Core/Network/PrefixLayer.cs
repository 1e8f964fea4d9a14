using System;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>
/// Prefixes with a value each. Flattened they are segments side by side, so that finding the longest prefix of an address is finding
/// the last segment that begins at or before it.
/// </summary>
internal sealed class PrefixLayer
{
    private readonly List<Entry> _v4 = [];
    private readonly List<Entry> _v6 = [];
    private readonly Func<int, int, bool, int> _combine;

    /// <summary>Makes an empty layer.</summary>
    /// <param name="combine">
    /// The value that holds inside a prefix, of the value around it (-1: none), its own, and whether both have the same ends. Of the
    /// same ends, the one added first is the outer.
    /// </param>
    public PrefixLayer(Func<int, int, bool, int> combine) => _combine = combine;

    public static FlowAddress FirstOf(bool isV4) => isV4 ? new FlowAddress(0u) : default;

    public static FlowAddress LastOf(bool isV4) => isV4 ? new FlowAddress(uint.MaxValue) : new FlowAddress(ulong.MaxValue, ulong.MaxValue);

    /// <summary>The address before one that is not the first of its family.</summary>
    public static FlowAddress Before(FlowAddress address) =>
        address.IsV4 ? new FlowAddress(address.V4 - 1) : new FlowAddress(address.Low == 0 ? address.High - 1 : address.High, unchecked(address.Low - 1));

    public void Add(AddressRange range, int value)
    {
        var entries = IsV4(range) ? _v4 : _v6;
        var first = range.First;
        while (true)
        {
            // Ranges are taken apart into prefixes: those lie in each other or apart, which the flattening needs.
            var last = LastOfPrefix(first, range.Last);
            entries.Add(new Entry(first, last, value, entries.Count));
            if (last == range.Last)
            {
                return;
            }

            first = Next(last);
        }
    }

    /// <summary>The segments of a family, from its first address on; neighbours have different values.</summary>
    public List<PrefixSegment> Flatten(bool isV4)
    {
        var entries = isV4 ? _v4 : _v6;
        entries.Sort(static (left, right) => left.CompareTo(right));
        var end = LastOf(isV4);
        var segments = new List<PrefixSegment>((2 * entries.Count) + 1) { new(FirstOf(isV4), -1) };
        var open = new Stack<Entry>();
        foreach (var entry in entries)
        {
            Close(open, segments, entry.First, end);
            var value = open.Count == 0 ? _combine(-1, entry.Value, false) : _combine(open.Peek().Value, entry.Value, open.Peek().HasEndsOf(entry));
            open.Push(entry.With(value));
            Emit(segments, entry.First, value);
        }

        while (open.Count > 0)
        {
            CloseOne(open, segments, end);
        }

        return segments;
    }

    public static bool IsV4(AddressRange range) => range.First.IsV4 && range.Last.IsV4;

    /// <summary>The address' segment.</summary>
    public static int Find(List<PrefixSegment> segments, FlowAddress address)
    {
        var low = 0;
        for (var count = segments.Count; count > 1;)
        {
            var half = count >> 1;
            low += segments[low + half].First <= address ? half : 0;
            count -= half;
        }

        return segments[low].Value;
    }

    /// <summary>Adds a segment; one that begins at the same address gives way, one that says the same as the last is none.</summary>
    public static void Emit(List<PrefixSegment> segments, FlowAddress first, int value)
    {
        if (segments.Count > 0 && segments[segments.Count - 1].First == first)
        {
            segments.RemoveAt(segments.Count - 1);
        }

        if (segments.Count == 0 || segments[segments.Count - 1].Value != value)
        {
            segments.Add(new PrefixSegment(first, value));
        }
    }

    private static void Close(Stack<Entry> open, List<PrefixSegment> segments, FlowAddress before, FlowAddress end)
    {
        while (open.Count > 0 && open.Peek().Last < before)
        {
            CloseOne(open, segments, end);
        }
    }

    private static void CloseOne(Stack<Entry> open, List<PrefixSegment> segments, FlowAddress end)
    {
        var closed = open.Pop();
        if (closed.Last != end)
        {
            Emit(segments, Next(closed.Last), open.Count == 0 ? -1 : open.Peek().Value);
        }
    }

    private static FlowAddress Next(FlowAddress address)
    {
        var low = unchecked(address.Low + 1);
        return new FlowAddress(low == 0 ? address.High + 1 : address.High, low);
    }

    /// <summary>The last address of the largest prefix that begins here and ends in the range.</summary>
    private static FlowAddress LastOfPrefix(FlowAddress first, FlowAddress end)
    {
        var last = first;
        for (var bits = 1; bits <= 128; bits++)
        {
            var high = bits <= 64 ? 0 : ulong.MaxValue >> (128 - bits);
            var low = bits >= 64 ? ulong.MaxValue : ulong.MaxValue >> (64 - bits);
            var next = new FlowAddress(first.High | high, first.Low | low);
            if ((first.High & high) != 0 || (first.Low & low) != 0 || next > end)
            {
                break;
            }

            last = next;
        }

        return last;
    }

    private readonly struct Entry
    {
        private readonly int _order;

        public Entry(FlowAddress first, FlowAddress last, int value, int order)
        {
            First = first;
            Last = last;
            Value = value;
            _order = order;
        }

        public FlowAddress First { get; }

        public FlowAddress Last { get; }

        public int Value { get; }

        public Entry With(int value) => new(First, Last, value, _order);

        public bool HasEndsOf(Entry other) => First == other.First && Last == other.Last;

        /// <summary>Outer prefixes before inner ones, the same in the order in which they were added.</summary>
        public int CompareTo(Entry other)
        {
            var order = First.CompareTo(other.First);
            order = order != 0 ? order : other.Last.CompareTo(Last);
            return order != 0 ? order : _order.CompareTo(other._order);
        }
    }
}
