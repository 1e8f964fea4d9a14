using System;
using System.Globalization;
using System.Xml;

namespace NsgFlow.Simulator;

/// <summary>The time that a request is about: a duration until now, or two of start, duration and end.</summary>
internal readonly record struct LogsTimespan(DateTime Start, DateTime End)
{
    public static LogsTimespan Parse(string text, DateTime now)
    {
        var parts = text.Split('/');
        var first = parts[0];
        var second = parts.Length == 2 ? parts[1] : null;
        return (Duration(first), second is null ? null : Duration(second)) switch
        {
            _ when parts.Length > 2 => throw Invalid(text),
            ({ } length, _) when second is null => new LogsTimespan(now - length, now),
            ({ } length, null) => new LogsTimespan(Time(second!, text) - length, Time(second!, text)),
            (null, { } length) => new LogsTimespan(Time(first, text), Time(first, text) + length),
            (null, null) when second is not null => new LogsTimespan(Time(first, text), Time(second, text)),
            _ => throw Invalid(text),
        };
    }

    /// <summary>Whether a row's time is in it: both ends are, as in Kusto's <c>between</c>.</summary>
    public bool Has(DateTime time) => time >= Start && time <= End;

    private static TimeSpan? Duration(string text)
    {
        try
        {
            return text.StartsWith('P') ? XmlConvert.ToTimeSpan(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static DateTime Time(string text, string whole) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Invalid(whole);

    private static LogsException Invalid(string text) =>
        LogsException.BadArgument("InvalidTimespan", $"The timespan '{text}' is not a valid ISO 8601 duration or interval.");
}
