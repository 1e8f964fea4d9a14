using System;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>Which rows of Traffic Analytics' tables are asked for.</summary>
public sealed class AnalyticsQuestion
{
    private DateTime? _start;
    private DateTime? _end;
    private IReadOnlyList<FlowType> _flowTypes = [];

    /// <summary>Of which tables; empty for both.</summary>
    public IReadOnlyList<TrafficAnalyticsTable> Tables { get; init; } = [];

    /// <summary>Which flows, in the words of flow records. What tables cannot tell is an error or a warning of <see cref="AnalyticsLimits"/>.</summary>
    public FlowFilter Filter { get; init; } = FlowFilter.Everything;

    /// <summary>Flow types; empty for all.</summary>
    public IReadOnlyList<FlowType> FlowTypes { get => _flowTypes; init => _flowTypes = value; }

    /// <summary>Only flows with addresses that Microsoft calls malicious, with what is known of these.</summary>
    public bool IsMalicious { get; init; }

    /// <summary>The present time, UTC.</summary>
    public DateTime Now { get; init; } = DateTime.UtcNow;

    /// <summary>From when, UTC, inclusive: by the first flow of a row.</summary>
    public DateTime? Start => _start ?? Filter.Start;

    /// <summary>Until when, UTC, exclusive.</summary>
    public DateTime? End => _end ?? Filter.End;

    /// <summary>The same question about another time: a part of this one's, when the answer to all of it is too long.</summary>
    public AnalyticsQuestion Within(DateTime start, DateTime end)
    {
        var part = (AnalyticsQuestion)MemberwiseClone();
        part._start = FlowTime.ToUtc(start);
        part._end = FlowTime.ToUtc(end);
        return part;
    }
    /// <summary>The same question about flows of some types only.</summary>
    internal AnalyticsQuestion Of(params FlowType[] types)
    {
        var part = (AnalyticsQuestion)MemberwiseClone();
        part._flowTypes = types;
        return part;
    }
}
