using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Rows found by keys of a fixed number of 64-bit words: an open-addressing index of 8 bytes a place over rows that lie one after the other.
/// Rows are never taken out, so a row's number stays until the table is cleared.
/// </summary>
internal sealed class TrafficTable
{
    private const ulong Tag = 0xFFFF_FFFF_0000_0000;
    private const int LeastRows = 64;

    // So many may come before somebody asks for the memory again.
    private const int RowsAhead = 2048;

    private readonly int _words;
    private readonly bool _hasTotals;
    private readonly bool _hasTrend;
    private readonly long _trendUnit;
    private ulong[] _slots = new ulong[2 * LeastRows];
    private ulong[] _keys;
    private TrafficTotals[] _totals;
    private long[] _trend;
    private TrendScale _scale;
    private TrendPiece _piece = TrendPiece.None;
    private int _room = LeastRows;

    public TrafficTable(int words, bool hasTotals = true, bool hasTrend = false, long trendUnit = TrendScale.Minute)
    {
        _trendUnit = trendUnit;
        _scale = new TrendScale(trendUnit);
        _words = words;
        _hasTotals = hasTotals;
        _hasTrend = hasTrend;
        // At least one word, so that also a key of none can be pointed at.
        _keys = new ulong[Math.Max(1, LeastRows * words)];
        _totals = hasTotals ? new TrafficTotals[LeastRows] : [];
        _trend = hasTrend ? new long[LeastRows * TrendScale.Slots] : [];
    }

    public int Count { get; private set; }

    public int Words => _words;

    public bool HasTotals => _hasTotals;

    public bool HasTrend => _hasTrend;

    public long TrendUnit => _trendUnit;

    /// <summary>Scale of the rows' trends.</summary>
    public ref readonly TrendScale Scale => ref _scale;

    /// <summary>Memory that the table takes, in bytes.</summary>
    public long Bytes => (8L * (_slots.Length + _keys.Length + _trend.Length)) + ((long)_totals.Length * Unsafe.SizeOf<TrafficTotals>());

    /// <summary>Memory that the table takes at most while the next rows come: when it is about to grow, the old and the new are both there.</summary>
    public long BytesWhenGrown => Count < _room - RowsAhead ? Bytes : 3 * Bytes;

    public ReadOnlySpan<ulong> Key(int row) => _keys.AsSpan(row * _words, _words);

    public ref TrafficTotals Totals(int row) => ref _totals[row];

    /// <summary>A row's totals as words, for a file.</summary>
    public ReadOnlySpan<ulong> TotalsWords(int row) => _hasTotals ? MemoryMarshal.Cast<TrafficTotals, ulong>(_totals.AsSpan(row, 1)) : default;

    public Span<long> Trend(int row) => _hasTrend ? _trend.AsSpan(row * TrendScale.Slots, TrendScale.Slots) : default;

    /// <summary>Says that a key with this hash will be asked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong hash) => Prefetch.Read(ref _slots[(int)hash & (_slots.Length - 1)]);

    /// <summary>The same once more, when the place that the first call asked for has come: now for the row it leads to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ExpectRow(ulong hash)
    {
        var slot = _slots[(int)hash & (_slots.Length - 1)];
        if (slot == 0 || (slot & Tag) != (hash & Tag))
        {
            return;
        }

        var row = (int)(uint)slot - 1;
        Prefetch.Read(ref _keys[row * _words]);
        if (_hasTotals)
        {
            Prefetch.Read(ref Unsafe.As<TrafficTotals, ulong>(ref _totals[row]));
            Prefetch.Read(ref Unsafe.As<long, ulong>(ref _totals[row].Last));
        }
    }

    /// <summary>The row of a key, made when it is not there.</summary>
    public int Add(ReadOnlySpan<ulong> key) => Add(key, KeyHash.Of(key));

    [MethodImpl(Hot.Path)]
    public int Add(ReadOnlySpan<ulong> key, ulong hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        var tag = hash & Tag;
        for (var place = (int)hash & mask; ; place = (place + 1) & mask)
        {
            var slot = slots[place];
            if (slot == 0)
            {
                return AddRow(key, tag, place);
            }

            if ((slot & Tag) == tag && IsKey((int)(uint)slot - 1, key))
            {
                return (int)(uint)slot - 1;
            }
        }
    }

    /// <summary>The row of a key; -1 when it is not there.</summary>
    public int Find(ReadOnlySpan<ulong> key)
    {
        var hash = KeyHash.Of(key);
        var mask = _slots.Length - 1;
        for (var place = (int)hash & mask; _slots[place] != 0; place = (place + 1) & mask)
        {
            var slot = _slots[place];
            if ((slot & Tag) == (hash & Tag) && IsKey((int)(uint)slot - 1, key))
            {
                return (int)(uint)slot - 1;
            }
        }

        return -1;
    }

    /// <summary>Adds to the trend of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTrend(int row, long milliseconds, long value)
    {
        if (!_piece.Holds(milliseconds))
        {
            FindPiece(milliseconds);
        }

        ref var cell = ref _trend[(row * TrendScale.Slots) + _piece.Slot];
        cell = TrafficTotals.Sum(cell, value);
    }

    /// <summary>Adds a row of another table or file.</summary>
    public int AddRow(ReadOnlySpan<ulong> key, in TrafficTotals totals, ReadOnlySpan<long> trend, in TrendScale scale)
    {
        var row = Add(key);
        if (_hasTotals)
        {
            _totals[row].Add(in totals);
        }

        if (_hasTrend && !trend.IsEmpty)
        {
            _scale.Include(in scale, _trend.AsSpan(0, Count * TrendScale.Slots));
            _piece = TrendPiece.None;
            scale.AddTo(trend, in _scale, Trend(row));
        }

        return row;
    }

    /// <summary>Adds all rows of another table.</summary>
    public void AddAll(TrafficTable other)
    {
        for (var row = 0; row < other.Count; row++)
        {
            if (_hasTotals)
            {
                AddRow(other.Key(row), in other.Totals(row), other.Trend(row), in other.Scale);
            }
            else
            {
                Add(other.Key(row));
            }
        }
    }

    /// <summary>Gives the memory of forgotten rows back.</summary>
    public void Release()
    {
        var before = Bytes;
        _room = LeastRows;
        _slots = new ulong[2 * LeastRows];
        _keys = new ulong[Math.Max(1, LeastRows * _words)];
        _totals = _hasTotals ? new TrafficTotals[LeastRows] : [];
        _trend = _hasTrend ? new long[LeastRows * TrendScale.Slots] : [];
        Clear();
        LargeMemory.LetGo(before);
    }

    /// <summary>Forgets all rows. Their memory stays, for the next.</summary>
    public void Clear()
    {
        Array.Clear(_slots, 0, _slots.Length);
        _scale = new TrendScale(_trendUnit);
        _piece = TrendPiece.None;
        Count = 0;
    }

    private void FindPiece(long milliseconds)
    {
        if (!_scale.Holds(milliseconds))
        {
            _scale.Include(milliseconds, _trend.AsSpan(0, Count * TrendScale.Slots));
        }

        _piece = _scale.PieceAround(milliseconds);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsKey(int row, ReadOnlySpan<ulong> key)
    {
        ref var own = ref _keys[row * _words];
        ref var wanted = ref MemoryMarshal.GetReference(key);
        for (var i = 0; i < key.Length; i++)
        {
            if (Unsafe.Add(ref own, i) != Unsafe.Add(ref wanted, i))
            {
                return false;
            }
        }

        return true;
    }

    private int AddRow(ReadOnlySpan<ulong> key, ulong tag, int place)
    {
        var row = Count;
        if (row == _room)
        {
            Grow();
            place = FreePlace(KeyHash.Of(key));
        }

        _slots[place] = tag | (uint)(row + 1);
        key.CopyTo(_keys.AsSpan(row * _words));
        if (_hasTotals)
        {
            _totals[row] = TrafficTotals.Nothing;
        }

        Trend(row).Clear();

        Count++;
        return row;
    }

    private int FreePlace(ulong hash)
    {
        var mask = _slots.Length - 1;
        var place = (int)hash & mask;
        while (_slots[place] != 0)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    [MethodImpl(Hot.Path)]
    private void Grow()
    {
        var before = Bytes;
        _room = checked(2 * _room);
        Array.Resize(ref _keys, Math.Max(1, checked(_room * _words)));
        if (_hasTotals)
        {
            Array.Resize(ref _totals, _room);
        }

        if (_hasTrend)
        {
            Array.Resize(ref _trend, checked(_room * TrendScale.Slots));
        }

        _slots = new ulong[2 * _room];
        for (var row = 0; row < Count; row++)
        {
            var hash = KeyHash.Of(Key(row));
            _slots[FreePlace(hash)] = (hash & Tag) | (uint)(row + 1);
        }

        LargeMemory.LetGo(before);
    }
}
