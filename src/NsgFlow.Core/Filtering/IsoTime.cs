using System;

namespace NsgFlow.Filtering;

/// <summary>
/// Reads ISO 8601 dates and times that may end early (<c>2026-11</c>, <c>2026-11-23T09</c>): what is not written is the first of its kind.
/// By hand, since the framework's own parsers ask the culture or take times that are none.
/// </summary>
internal static class IsoTime
{
    /// <summary>Whether a text begins like a date: four digits and a dash.</summary>
    public static bool LooksLike(string text)
    {
        for (var i = 0; i < 4; i++)
        {
            if (i >= text.Length || text[i] is < '0' or > '9')
            {
                return false;
            }
        }

        return text.Length > 4 && text[4] == '-';
    }

    /// <summary>Reads a time that <see cref="LooksLike"/> one; without a zone it is UTC.</summary>
    public static bool TryParse(string text, out DateTime utc, out string? error)
    {
        utc = default;
        var at = 5;
        int day = 1, hour = 0, minute = 0, second = 0;
        long fraction = 0, offset = 0;
        var year = ((text[0] - '0') * 1000) + ((text[1] - '0') * 100) + ((text[2] - '0') * 10) + text[3] - '0';
        var isRead = TwoDigits(text, ref at, out var month);
        if (isRead && Next(text, ref at, '-'))
        {
            isRead = TwoDigits(text, ref at, out day);
            if (isRead && at < text.Length && text[at] is 'T' or 't' or ' ')
            {
                at++;
                isRead = TwoDigits(text, ref at, out hour)
                    && (!Next(text, ref at, ':')
                        || (TwoDigits(text, ref at, out minute)
                            && (!Next(text, ref at, ':')
                                || (TwoDigits(text, ref at, out second) && (!Next(text, ref at, '.') || Fraction(text, ref at, out fraction))))))
                    && Zone(text, ref at, out offset);
            }
        }

        if (!isRead || at != text.Length)
        {
            error = $"{Shown.Text(text)} is no time: write it as 2026-11-23, 2026-11-23T09, 2026-11-23T09:30 or 2026-11-23T09:30:15, with Z or +01:00 behind it if it has a zone.";
            return false;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            error = $"{Shown.Text(text)} is no time: there is no such day.";
            return false;
        }

        if (hour > 23 || minute > 59 || second > 59)
        {
            error = $"{Shown.Text(text)} is no time: hours go to 23, minutes and seconds to 59.";
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + fraction - offset;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            error = $"{Shown.Text(text)} lies outside the years 1 to 9999 in UTC.";
            return false;
        }

        utc = new DateTime(ticks, DateTimeKind.Utc);
        error = null;
        return true;
    }

    private static bool Next(string text, ref int at, char expected)
    {
        if (at >= text.Length || text[at] != expected)
        {
            return false;
        }

        at++;
        return true;
    }

    private static bool TwoDigits(string text, ref int at, out int number)
    {
        number = 0;
        if (at + 2 > text.Length || text[at] is < '0' or > '9' || text[at + 1] is < '0' or > '9')
        {
            return false;
        }

        number = ((text[at] - '0') * 10) + text[at + 1] - '0';
        at += 2;
        return true;
    }

    /// <summary>One to seven digits, in ticks.</summary>
    private static bool Fraction(string text, ref int at, out long ticks)
    {
        ticks = 0;
        var weight = TimeSpan.TicksPerSecond;
        var start = at;
        for (; at < text.Length && text[at] is >= '0' and <= '9'; at++)
        {
            weight /= 10;
            ticks += (text[at] - '0') * weight;
        }

        return at > start && at - start <= 7;
    }

    /// <summary>Nothing, <c>Z</c>, <c>+01</c>, <c>+0100</c> or <c>+01:00</c>; offsets go to 14 hours.</summary>
    private static bool Zone(string text, ref int at, out long offset)
    {
        offset = 0;
        if (at == text.Length)
        {
            return true;
        }

        var sign = text[at++];
        if (sign is 'Z' or 'z')
        {
            return true;
        }

        var minutes = 0;
        if (sign is not ('+' or '-') || !TwoDigits(text, ref at, out var hours))
        {
            return false;
        }

        if (at < text.Length)
        {
            Next(text, ref at, ':');
            if (!TwoDigits(text, ref at, out minutes) || minutes > 59)
            {
                return false;
            }
        }

        offset = ((hours * 60L) + minutes) * TimeSpan.TicksPerMinute;
        offset = sign == '-' ? -offset : offset;
        return Math.Abs(offset) <= 14 * TimeSpan.TicksPerHour;
    }
}
