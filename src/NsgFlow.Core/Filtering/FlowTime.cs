using System;

namespace NsgFlow.Filtering;

/// <summary>
/// Reads points and lengths of time as users give them. Everything is UTC: text without a zone is UTC, a <see cref="DateTime"/> of
/// local kind is converted (<c>Get-Date</c> gives those), one of unspecified kind is taken as UTC, as the blobs' hours and the logs'
/// time stamps are (<c>[datetime]'2026-11-23'</c> gives those). No culture has a say.
/// </summary>
public static class FlowTime
{
    private const string Expected = "give 2026-11-23, 2026-11-23T09, 2026-11-23T09:30 (UTC unless it ends in a zone), 'now', or how long ago: 90m, 6h, 7d";

    /// <summary>Reads a point of time.</summary>
    /// <param name="value">A date and time object, a <see cref="TimeSpan"/> (that long ago), or text: ISO 8601 from the month on
    /// (<c>2026-11</c>, <c>2026-11-23T09:30Z</c>), <c>now</c>, or how long ago (<c>90m</c>, <c>6h</c>, <c>7d</c>, <c>1h30m</c>).</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="utc">The point of time, UTC.</param>
    /// <param name="error">Why the value means none, as a sentence for people; null on success.</param>
    public static bool TryParse(object? value, DateTime now, out DateTime utc, out string? error)
    {
        error = null;
        utc = default;
        switch (value)
        {
            case DateTime time:
                utc = ToUtc(time);
                return true;
            case DateTimeOffset time:
                utc = time.UtcDateTime;
                return true;
            case TimeSpan ago:
                return FlowDuration.TryCheck(ago, ago.ToString(), out error) && TryGoBack(ago, ago.ToString(), now, out utc, out error);
            case string text:
                return TryParseText(text.Trim(), ToUtc(now), out utc, out error);
            default:
                error = $"{(value is null ? "Nothing" : "A value of type " + value.GetType().Name)} is no time: {Expected}.";
                return false;
        }
    }

    /// <summary>Reads a length of time.</summary>
    /// <param name="value">A <see cref="TimeSpan"/>, or text: <c>45s</c>, <c>90m</c>, <c>6h</c>, <c>1h30m</c>, <c>7d</c>, <c>2w</c>, <c>1:30:00</c>.</param>
    /// <param name="duration">The length, more than zero.</param>
    /// <param name="error">Why the value means none, as a sentence for people; null on success.</param>
    public static bool TryParseLast(object? value, out TimeSpan duration, out string? error)
    {
        switch (value)
        {
            case TimeSpan span:
                duration = span;
                return FlowDuration.TryCheck(span, span.ToString(), out error);
            case string text:
                return FlowDuration.TryParse(text.Trim(), out duration, out error);
            default:
                duration = default;
                error = $"{(value is null ? "Nothing" : "A value of type " + value.GetType().Name)} is no length of time: give 90m, 6h, 7d or a TimeSpan.";
                return false;
        }
    }

    /// <summary>A date and time in UTC: local kind is converted, unspecified kind is taken as UTC.</summary>
    public static DateTime ToUtc(DateTime time) =>
        time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);

    private static bool TryParseText(string text, DateTime now, out DateTime utc, out string? error)
    {
        if (string.Equals(text, "now", StringComparison.OrdinalIgnoreCase))
        {
            utc = now;
            error = null;
            return true;
        }

        if (IsoTime.LooksLike(text))
        {
            return IsoTime.TryParse(text, out utc, out error);
        }

        utc = default;
        if (text.Length == 0 || text[0] is < '0' or > '9' || text.IndexOf('/') >= 0)
        {
            error = text.Length > 1 && text[0] == '-' && text[1] is >= '0' and <= '9'
                ? $"{Shown.Text(text)} is no time: how long ago is written without a sign: {Shown.Text(text.Substring(1))}."
                : $"{Shown.Text(text)} is no time: {Expected}.";
            return false;
        }

        return FlowDuration.TryParse(text, out var ago, out error) && TryGoBack(ago, Shown.Text(text), now, out utc, out error);
    }

    private static bool TryGoBack(TimeSpan ago, string shown, DateTime now, out DateTime utc, out string? error)
    {
        utc = default;
        error = ago.Ticks <= now.Ticks ? null : $"{shown} ago lies before the year 1.";
        if (error is null)
        {
            utc = ToUtc(now) - ago;
        }

        return error is null;
    }
}
