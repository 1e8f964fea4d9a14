using System;
using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>
/// An immutable set of addresses, made of single ones, prefixes and ranges: merged and sorted, so that asking costs a search
/// of a few steps however many were given. IPv6 texts speak of IPv6 only: <c>::/0</c> holds no IPv4 address.
/// </summary>
public sealed class AddressSet
{
    private const int LeastIndexed = 256;

    // IPv4 ranges as first address and length - 1, apart from each other: the search reads only the first array.
    private readonly uint[] _v4First;
    private readonly uint[] _v4Span;

    // For large sets: by the upper 16 bits, the last range that begins at or before their first address. Leaves a step or two of the
    // search, where each step of a long one waits for memory.
    private readonly int[]? _v4Index;
    private readonly FlowAddress[] _v6First;
    private readonly FlowAddress[] _v6Last;
    private readonly uint _onlyFirst;
    private readonly uint _onlySpan;
    private readonly bool _isOneV4;

    private AddressSet(List<AddressRange> v4, List<AddressRange> v6)
    {
        Merge(v4);
        Merge(v6);
        _v4First = new uint[v4.Count];
        _v4Span = new uint[v4.Count];
        for (var i = 0; i < v4.Count; i++)
        {
            _v4First[i] = v4[i].First.V4;
            _v4Span[i] = v4[i].Last.V4 - v4[i].First.V4;
        }

        _v4Index = v4.Count >= LeastIndexed ? Index(_v4First) : null;
        _v6First = v6.ConvertAll(range => range.First).ToArray();
        _v6Last = v6.ConvertAll(range => range.Last).ToArray();
        _isOneV4 = v4.Count == 1;
        if (_isOneV4)
        {
            _onlyFirst = _v4First[0];
            _onlySpan = _v4Span[0];
        }

        v4.AddRange(v6);
        Ranges = v4;
    }

    /// <summary>The ranges the set consists of: sorted, IPv4 first, none touching another.</summary>
    public IReadOnlyList<AddressRange> Ranges { get; }

    /// <summary>True when no address is in the set.</summary>
    public bool IsEmpty => Ranges.Count == 0;

    /// <summary>Makes a set of texts: addresses, prefixes (host bits may be set), ranges; IPv4 and IPv6 mixed.</summary>
    /// <exception cref="FormatException">One of them is none of these; the message says which and why.</exception>
    public static AddressSet Parse(IEnumerable<string> texts)
    {
        if (texts is null)
        {
            throw new ArgumentNullException(nameof(texts));
        }

        var ranges = new List<AddressRange>();
        foreach (var text in texts)
        {
            ranges.Add(TryParse(text, out var range, out var error) ? range : throw new FormatException(error));
        }

        return Of(ranges);
    }

    /// <summary>Makes a set of ranges, which may overlap.</summary>
    public static AddressSet Of(IEnumerable<AddressRange> ranges)
    {
        if (ranges is null)
        {
            throw new ArgumentNullException(nameof(ranges));
        }

        var v4 = new List<AddressRange>();
        var v6 = new List<AddressRange>();
        foreach (var range in ranges)
        {
            (range.First.IsV4 && range.Last.IsV4 ? v4 : v6).Add(range);
        }

        return new AddressSet(v4, v6);
    }

    /// <summary>Reads one text.</summary>
    /// <param name="text">An address, a prefix or a range.</param>
    /// <param name="range">What it means.</param>
    /// <param name="error">Why it means nothing, as a sentence for people; null on success.</param>
    public static bool TryParse(string? text, out AddressRange range, out string? error) =>
        AddressTexts.TryParse(text ?? string.Empty, out range, out error);

    /// <summary>Whether an address is in the set. Allocates nothing.</summary>
    public bool Contains(in FlowAddress address)
    {
        if (!address.IsV4)
        {
            return ContainsV6(in address);
        }

        // One subtraction tells both ends: below the first address it wraps to a large number.
        var v4 = address.V4;
        return _isOneV4 ? v4 - _onlyFirst <= _onlySpan : ContainsV4(v4);
    }

    private bool ContainsV4(uint v4)
    {
        var firsts = _v4First;
        var count = firsts.Length;
        if (count == 0)
        {
            return false;
        }

        // Finds the last range that begins at or before the address. The step is taken by a mask rather than a jump, since
        // which way it goes is a coin toss that no predictor can guess.
        var low = 0;
        if (_v4Index is { } index)
        {
            low = index[v4 >> 16];
            count = index[(v4 >> 16) + 1] - low + 1;
        }

        while (count > 1)
        {
            var half = count >> 1;
            var isBefore = (int)(((long)v4 - firsts[low + half]) >> 63);
            low += half & ~isBefore;
            count -= half;
        }

        return v4 - firsts[low] <= _v4Span[low];
    }

    private bool ContainsV6(in FlowAddress address)
    {
        var firsts = _v6First;
        var count = firsts.Length;
        if (count == 0)
        {
            return false;
        }

        var low = 0;
        while (count > 1)
        {
            var half = count >> 1;
            low += firsts[low + half].CompareTo(address) <= 0 ? half : 0;
            count -= half;
        }

        return firsts[low].CompareTo(address) <= 0 && address.CompareTo(_v6Last[low]) <= 0;
    }

    private static int[] Index(uint[] firsts)
    {
        var index = new int[(1 << 16) + 1];
        var range = 0;
        for (var upper = 0; upper < 1 << 16; upper++)
        {
            while (range + 1 < firsts.Length && firsts[range + 1] <= (uint)upper << 16)
            {
                range++;
            }

            index[upper] = range;
        }

        index[1 << 16] = firsts.Length - 1;
        return index;
    }

    /// <summary>Sorts, and joins ranges that overlap or touch.</summary>
    private static void Merge(List<AddressRange> ranges)
    {
        ranges.Sort((left, right) => left.First.CompareTo(right.First));
        var kept = 0;
        for (var i = 0; i < ranges.Count; i++)
        {
            if (kept > 0 && IsJoined(ranges[kept - 1].Last, ranges[i].First))
            {
                var last = ranges[kept - 1].Last;
                ranges[kept - 1] = new AddressRange(ranges[kept - 1].First, ranges[i].Last > last ? ranges[i].Last : last);
            }
            else
            {
                ranges[kept++] = ranges[i];
            }
        }

        ranges.RemoveRange(kept, ranges.Count - kept);
    }

    private static bool IsJoined(FlowAddress last, FlowAddress next)
    {
        if (next <= last)
        {
            return true;
        }

        var low = unchecked(last.Low + 1);
        return low == next.Low && (low == 0 ? last.High + 1 : last.High) == next.High;
    }
}
