using System;
using System.Xml;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>
/// Reads a time as Log Analytics' own clients take it: a length that counts back from now (<c>7d</c>, <c>PT24H</c>), or both ends of an interval with a slash
/// between, one of which may be a length (<c>2026-11-01/2026-11-08</c>, <c>2026-11-01/P7D</c>, <c>PT6H/2026-11-01T06</c>).
/// </summary>
internal static class LogsTimespan
{
    private const string Expected = "give 7d, PT24H, or start/end as in 2026-11-01/2026-11-08T12";

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">The clock, UTC.</param>
    /// <param name="start">The first moment.</param>
    /// <param name="end">The moment after the last one; null for no limit.</param>
    /// <param name="error">Why the text means none, as a sentence for people; null on success.</param>
    public static bool TryParse(string text, DateTime now, out DateTime start, out DateTime? end, out string? error)
    {
        start = default;
        end = null;
        var slash = text.IndexOf('/');
        if (slash < 0)
        {
            error = TryLength(text.Trim(), out var length, out var why) ? Before(now, length, text, out start) : why;
            return error is null;
        }

        string first = text.Substring(0, slash).Trim(), second = text.Substring(slash + 1).Trim();
        error = IsLength(first) ? Back(first, second, now, out start, out end) : From(first, second, now, out start, out end);
        if (error is null && start >= end)
            error = $"{Shown.Text(text)} is no time: its end does not lie after its start.";
        return error is null;
    }

    private static string? From(string first, string second, DateTime now, out DateTime start, out DateTime? end)
    {
        end = null;
        if (!FlowTime.TryParse(first, now, out start, out var error))
            return error;
        if (IsLength(second))
        {
            if (!TryLength(second, out var length, out error))
                return error;
            if (length.Ticks > DateTime.MaxValue.Ticks - start.Ticks)
                return $"{Shown.Text(second)} is too long a time.";
            end = start + length;
            return null;
        }

        if (!FlowTime.TryParse(second, now, out var until, out error))
            return error;
        end = until;
        return null;
    }

    private static string? Back(string first, string second, DateTime now, out DateTime start, out DateTime? end)
    {
        (start, end) = (default, null);
        if (!TryLength(first, out var length, out var error) || !FlowTime.TryParse(second, now, out var until, out error))
            return error;
        end = until;
        return Before(until, length, first, out start);
    }

    private static string? Before(DateTime end, TimeSpan length, string text, out DateTime start)
    {
        var isPossible = length.Ticks <= end.Ticks;
        start = isPossible ? end - length : default;
        return isPossible ? null : $"{Shown.Text(text)} before {end:yyyy-MM-dd} lies before the year 1.";
    }

    // Only lengths that cannot be taken for a moment: 7d is one, too, as how long ago.
    private static bool IsLength(string text) => text.Length > 0 && text[0] is 'P' or 'p';

    private static bool TryLength(string text, out TimeSpan length, out string? error)
    {
        if (!IsLength(text))
        {
            if (FlowTime.TryParseLast(text, out length, out error))
                return true;
            error = $"{Shown.Text(text)} is no time: {Expected}.";
            return false;
        }

        length = default;
        try
        {
            // Weeks are ISO 8601's, and not XML's.
            var upper = text.ToUpperInvariant();
            var isWeeks = upper.EndsWith("W", StringComparison.Ordinal);
            length = isWeeks ? TimeSpan.FromTicks(7 * XmlConvert.ToTimeSpan(upper.Substring(0, upper.Length - 1) + "D").Ticks) : XmlConvert.ToTimeSpan(upper);
            error = length > TimeSpan.Zero ? null : $"{Shown.Text(text)} is no time at all: a length of time is more than zero.";
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            error = $"{Shown.Text(text)} is no length of time of ISO 8601: {Expected}.";
        }

        return error is null;
    }
}
