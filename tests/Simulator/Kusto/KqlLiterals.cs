using System;
using System.Globalization;

namespace NsgFlow.Simulator;

/// <summary>Values as queries and texts write them.</summary>
internal static class KqlLiterals
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;

    /// <summary>What is in the brackets of <c>datetime(…)</c>, <c>timespan(…)</c>, <c>guid(…)</c>.</summary>
    public static object? Typed(KqlType type, string text)
    {
        if (text == "null")
        {
            return null;
        }

        object? value = type switch
        {
            KqlType.DateTime => DateTime(text),
            KqlType.TimeSpan => TimeSpan(text),
            _ => Guid.TryParse(text, out var guid) ? guid : null,
        };
        return value ?? throw new KqlException("SYN0002", $"Failed to parse {type.Name()} literal: '{type.Name()}({text})'");
    }

    public static DateTime? DateTime(string text) =>
        System.DateTime.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time) && text.Contains('-', StringComparison.Ordinal) ? time : null;

    /// <summary>01:02:03, 1.02:03:04.5, or 15m.</summary>
    public static TimeSpan? TimeSpan(string text)
    {
        text = text.Trim();
        if (text.Contains(':', StringComparison.Ordinal))
        {
            return System.TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;
        }

        var unit = 0;
        while (unit < text.Length && (char.IsAsciiDigit(text[unit]) || text[unit] is '.' or '-'))
        {
            unit++;
        }

        return unit == 0 ? null : TimeSpan(text[..unit], unit == text.Length ? "d" : text[unit..].Trim());
    }

    /// <summary>1.5 and h; null for an unknown unit.</summary>
    public static TimeSpan? TimeSpan(string number, string unit)
    {
        long? ticks = unit switch
        {
            "d" or "day" or "days" => System.TimeSpan.TicksPerDay,
            "h" or "hr" or "hrs" or "hour" or "hours" => System.TimeSpan.TicksPerHour,
            "m" or "min" or "minute" or "minutes" => System.TimeSpan.TicksPerMinute,
            "s" or "sec" or "second" or "seconds" => System.TimeSpan.TicksPerSecond,
            "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => System.TimeSpan.TicksPerMillisecond,
            "micro" or "micros" or "microsecond" or "microseconds" => System.TimeSpan.TicksPerMicrosecond,
            "tick" or "ticks" => 1,
            _ => null,
        };
        return ticks is { } one && decimal.TryParse(number, CultureInfo.InvariantCulture, out var count) ? new TimeSpan((long)(count * one)) : null;
    }
}
