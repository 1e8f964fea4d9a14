using System;
using System.Globalization;

namespace NsgFlow.Filtering;

/// <summary>Reads lengths of time as people type them: <c>90m</c>, <c>1h30m</c>, <c>1.5d</c>, <c>2w</c>, <c>1:30:00</c>. No culture has a say.</summary>
internal static class FlowDuration
{
    private const string Expected = "give a number and a unit: 45s, 90m, 6h, 1h30m, 7d or 2w";

    // From large to small: parts must come in this order, each at most once, so that a slip (5m5m) is not taken for a sum.
    private static readonly (char Unit, long Ticks)[] _units =
    [
        ('w', 7 * TimeSpan.TicksPerDay), ('d', TimeSpan.TicksPerDay), ('h', TimeSpan.TicksPerHour), ('m', TimeSpan.TicksPerMinute),
        ('s', TimeSpan.TicksPerSecond),
    ];

    /// <summary>Reads a positive length of time.</summary>
    public static bool TryParse(string text, out TimeSpan duration, out string? error)
    {
        duration = default;
        error = text.Length == 0 ? $"An empty text is no length of time: {Expected}."
            : text[0] is '-' or '+' ? $"{Shown.Text(text)} is not a length of time: it is written without a sign, {Expected}."
            : text.IndexOf(':') < 0 ? ParseUnits(text, out duration)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration) ? null
            : $"{Shown.Text(text)} is not a length of time: {Expected}, or [d.]hh:mm[:ss].";
        return error is null && TryCheck(duration, Shown.Text(text), out error);
    }

    /// <summary>Only positive lengths mean something.</summary>
    public static bool TryCheck(TimeSpan duration, string shown, out string? error)
    {
        error = duration > TimeSpan.Zero ? null
            : duration == TimeSpan.Zero ? $"{shown} is no time at all: a length of time is more than zero."
            : $"{shown} is negative: a length of time is more than zero.";
        return error is null;
    }

    /// <summary>Gives the error, null when there is none.</summary>
    private static string? ParseUnits(string text, out TimeSpan duration)
    {
        duration = default;
        double ticks = 0;
        var unit = -1;
        for (var at = 0; at < text.Length; at++)
        {
            var start = at;
            while (at < text.Length && text[at] is (>= '0' and <= '9') or '.')
            {
                at++;
            }

            var number = text.Substring(start, at - start);
            if (number.Length == 0 || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            {
                return $"{Shown.Text(text)} is not a length of time: {Expected}.";
            }

            if (at == text.Length)
            {
                return $"{Shown.Text(text)} has no unit: {Expected}.";
            }

            var letter = (char)(text[at] | 0x20);
            var next = Array.FindIndex(_units, known => known.Unit == letter);
            if (next <= unit)
            {
                return $"{Shown.Text(text)} is not a length of time: {(next < 0 ? Expected : "each unit comes once, the larger before the smaller")}.";
            }

            unit = next;
            ticks += Math.Round(count * _units[next].Ticks);

            // The limit as a double is one tick more than a TimeSpan can hold.
            if (ticks >= TimeSpan.MaxValue.Ticks)
            {
                return $"{Shown.Text(text)} is too long a time.";
            }
        }

        duration = new TimeSpan((long)ticks);
        return null;
    }
}
