using System;
using System.Globalization;
using System.Management.Automation;
using NsgFlow.Display;
using NsgFlow.PowerShell.Errors;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>From when until when, UTC; null for no limit.</summary>
internal readonly struct TimeRange
{
    public TimeRange(DateTime? start, DateTime? end, TimeSpan? byDefault = null)
    {
        Start = start;
        End = end;
        Default = byDefault;
    }

    /// <summary>Inclusive.</summary>
    public DateTime? Start { get; }

    /// <summary>Exclusive.</summary>
    public DateTime? End { get; }

    /// <summary>How long it is, when the user gave no start; null when they did.</summary>
    public TimeSpan? Default { get; }

    /// <summary>What -StartTime, -EndTime and -Last come to.</summary>
    /// <param name="start">-StartTime, or null.</param>
    /// <param name="end">-EndTime, or null.</param>
    /// <param name="last">-Last, or null.</param>
    /// <param name="byDefault">How long before the end it begins when there is no start; null for the beginning of time.</param>
    /// <param name="error">What is wrong with them; null on success.</param>
    public static TimeRange Choose(DateTime? start, DateTime? end, TimeSpan? last, TimeSpan? byDefault, out ErrorRecord? error)
    {
        error = null;
        if (last is not null && start is not null)
        {
            error = FlowErrors.BadArguments("TimeAmbiguous", "Give -Last or -StartTime, not both.", last, "-Last counts back from now, or from -EndTime.");
            return default;
        }

        if (last is not null || start is not null)
            byDefault = null;
        if ((last ?? byDefault) is { } length)
            start = Before(end ?? DateTime.UtcNow, length);
        if (start >= end)
            error = FlowErrors.BadArguments("TimeRangeEmpty", $"The time range is empty: its start {FlowFormat.Time(start)} is not before its end {FlowFormat.Time(end)}.", start);
        return new TimeRange(start, end, byDefault);
    }

    /// <summary>An addition to a sentence, with a comma before; empty without limits.</summary>
    public override string ToString()
    {
        if (Start is null && End is null)
            return string.Empty;
        var from = Start is null ? string.Empty : ", from " + FlowFormat.Time(Start);
        var until = End is null ? string.Empty : (from.Length == 0 ? ", until " : " to ") + FlowFormat.Time(End);
        return from + until + (Default is { } length ? $" ({Words(length)}, as no start was given: see -Last and -StartTime)" : string.Empty);
    }

    private static string Words(TimeSpan length) => length == TimeSpan.FromHours(1) ? "one hour" : length.TotalHours.ToString(CultureInfo.InvariantCulture) + " hours";

    private static DateTime Before(DateTime end, TimeSpan length) =>
        length.Ticks < end.Ticks ? end - length : new DateTime(0, DateTimeKind.Utc);
}
