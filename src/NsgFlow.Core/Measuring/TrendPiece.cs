namespace NsgFlow.Measuring;

/// <summary>
/// The part of a piece of a trend for which its place is known: neighbouring tuples mostly fall into it, and a comparison costs a tenth of
/// the division that finds a place.
/// </summary>
internal readonly struct TrendPiece
{
    private readonly long _first;
    private readonly ulong _span;

    public TrendPiece(long first, long last, int slot)
    {
        _first = first;
        _span = (ulong)(last - first);
        Slot = slot;
    }

    /// <summary>Holds no time.</summary>
    public static TrendPiece None => new(long.MaxValue, long.MaxValue, 0);

    public int Slot { get; }

    public bool Holds(long milliseconds) => unchecked((ulong)(milliseconds - _first)) <= _span;
}
