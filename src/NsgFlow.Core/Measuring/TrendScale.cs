using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Time cut into at most <see cref="Slots"/> pieces of equal length, a unit times a power of two. It widens when a time comes that
/// does not fit; which scale it ends with hangs on the first and the last time only, never on the order they came in.
/// </summary>
internal struct TrendScale
{
    /// <summary>Pieces of a trend; a power of two.</summary>
    public const int Slots = 16;

    /// <summary>The usual unit.</summary>
    public const long Minute = 60_000;

    private readonly long _unit;
    private long _first;
    private long _last;
    private int _doublings;
    private bool _isUsed;

    /// <param name="unit">The least length of a piece in milliseconds.</param>
    public TrendScale(long unit)
    {
        _unit = unit;
    }

    /// <summary>Length of a piece in milliseconds.</summary>
    public readonly long Width => _unit << _doublings;

    /// <summary>A scale of the same unit, without a time.</summary>
    public readonly TrendScale Fresh => new(_unit);

    /// <summary>Number of the first piece, counted from 1970.</summary>
    public readonly long FirstPiece => Piece(_first);

    /// <summary>Pieces from the first time to the last.</summary>
    public readonly int Count => _isUsed ? (int)(Piece(_last) - Piece(_first)) + 1 : 0;

    /// <summary>Where in a ring of <see cref="Slots"/> cells a time's piece stands.</summary>
    public readonly int SlotOf(long milliseconds) => (int)Piece(milliseconds) & (Slots - 1);

    /// <summary>What of a time's piece has been taken in.</summary>
    public readonly TrendPiece PieceAround(long milliseconds)
    {
        var start = Piece(milliseconds) * Width;
        return new TrendPiece(Math.Max(start, _first), Math.Min(start + Width - 1, _last), SlotOf(milliseconds));
    }

    public readonly bool Holds(long milliseconds) => _isUsed && milliseconds >= _first && milliseconds <= _last;

    /// <summary>Takes in a time, and widens as far as is needed.</summary>
    /// <param name="milliseconds">The time.</param>
    /// <param name="cells">Rings of cells, one after the other, to be brought to the new scale.</param>
    public void Include(long milliseconds, Span<long> cells)
    {
        var first = _isUsed ? Math.Min(_first, milliseconds) : milliseconds;
        var last = _isUsed ? Math.Max(_last, milliseconds) : milliseconds;
        while (Floor(last, Width) - Floor(first, Width) >= Slots)
        {
            Widen(cells);
        }

        (_first, _last, _isUsed) = (first, last, true);
    }

    /// <summary>Takes in all times of another scale.</summary>
    public void Include(in TrendScale other, Span<long> cells)
    {
        if (other._isUsed)
        {
            Include(other._first, cells);
            Include(other._last, cells);
        }
    }

    /// <summary>Adds a ring of this scale to one of a wider scale.</summary>
    [MethodImpl(Hot.Path)]
    public readonly void AddTo(ReadOnlySpan<long> ring, in TrendScale wider, Span<long> sums)
    {
        if (!_isUsed)
        {
            return;
        }

        var shift = wider._doublings - _doublings;
        var last = Piece(_last);
        for (var piece = Piece(_first); piece <= last; piece++)
        {
            ref var sum = ref sums[(int)(piece >> shift) & (Slots - 1)];
            sum = TrafficTotals.Sum(sum, ring[(int)piece & (Slots - 1)]);
        }
    }

    /// <summary>The cells of a ring in the order of time.</summary>
    public readonly long[] Unroll(ReadOnlySpan<long> ring)
    {
        var trend = new long[Count];
        for (var i = 0; i < trend.Length; i++)
        {
            trend[i] = ring[(int)(FirstPiece + i) & (Slots - 1)];
        }

        return trend;
    }

    private static long Floor(long value, long width)
    {
        var whole = value / width;
        return value % width < 0 ? whole - 1 : whole;
    }

    private readonly long Piece(long milliseconds) => Floor(milliseconds, Width);

    private void Widen(Span<long> cells)
    {
        Span<long> ring = stackalloc long[Slots];
        var wider = this;
        wider._doublings++;
        for (var at = 0; _isUsed && at < cells.Length; at += Slots)
        {
            ring.Clear();
            AddTo(cells.Slice(at, Slots), wider, ring);
            ring.CopyTo(cells.Slice(at, Slots));
        }

        _doublings++;
    }
}
