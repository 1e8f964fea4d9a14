using NsgFlow.Filtering;

namespace NsgFlow.Measuring;

/// <summary>What is asked of rows, once they are there.</summary>
internal sealed class RowQuestion
{
    /// <summary>A grouping that the user asked for.</summary>
    public RowQuestion(TrafficQuery query, KeyLayout layout)
    {
        Query = query;
        Layout = layout;
        OrderBy = query.OrderBy;
        Top = query.Top;
        MinFlows = query.MinFlows;
        MinBytes = query.MinBytes;
        Distinct = query.NeededDistinct;
    }

    /// <summary>A list of a summary.</summary>
    /// <param name="query">What is measured.</param>
    /// <param name="layout">Form of the keys.</param>
    /// <param name="order">What it is ordered by.</param>
    /// <param name="top">Its length; null for all rows.</param>
    public RowQuestion(TrafficQuery query, KeyLayout layout, TrafficOrder order, int? top)
    {
        Query = query;
        Layout = layout;
        OrderBy = order;
        Top = top;
        IsPositive = top is not null;
        TrendUnit = KeyMaker.HourLength;
    }

    public TrafficQuery Query { get; }

    /// <summary>Of which flows: its time is that of the buckets.</summary>
    public FlowFilter Filter { get => field ?? Query.Filter; init; }

    public KeyLayout Layout { get; }

    public TrafficOrder OrderBy { get; }

    public int? Top { get; }

    public long MinFlows { get; }

    public long MinBytes { get; }

    public TrafficDistinct Distinct { get; }

    /// <summary>The least length of a piece of a trend in milliseconds.</summary>
    public long TrendUnit { get; init; } = TrendScale.Minute;

    /// <summary>The last millisecond that trends can have: flows of a table's row can go on after the time that was asked for.</summary>
    public long TrendEnd { get; init; } = long.MaxValue;

    /// <summary>Whether rows have a trend.</summary>
    public bool HasTrend { get; init; } = true;

    /// <summary>Whether tuples were counted: tables of a workspace do not tell how many there were.</summary>
    public bool HasTuples { get; init; } = true;

    /// <summary>Whether rows that have nothing of what they are ordered by are left to the rest.</summary>
    public bool IsPositive { get; }
}
