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

    public KeyLayout Layout { get; }

    public TrafficOrder OrderBy { get; }

    public int? Top { get; }

    public long MinFlows { get; }

    public long MinBytes { get; }

    public TrafficDistinct Distinct { get; }

    /// <summary>The least length of a piece of a trend in milliseconds.</summary>
    public long TrendUnit { get; } = TrendScale.Minute;

    /// <summary>Whether rows that have nothing of what they are ordered by are left to the rest.</summary>
    public bool IsPositive { get; }
}
