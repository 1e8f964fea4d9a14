using System;
using System.Collections.Generic;
using System.Globalization;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>
/// A row of an answer. Values are of the column's type: bool, DateTime (UTC), Guid, int, long, double, string, TimeSpan, decimal; dynamic is its
/// JSON text. Names are compared with case, as KQL does.
/// </summary>
public sealed class LogsRow
{
    private readonly LogsColumns _columns;
    private readonly object?[] _values;

    internal LogsRow(LogsColumns columns, object?[] values)
    {
        _columns = columns;
        _values = values;
    }

    /// <summary>The columns of the table.</summary>
    public IReadOnlyList<LogsColumn> Columns => _columns;

    /// <summary>The value of a column by its place.</summary>
    public object? this[int index] => _values[index];

    /// <summary>The value of a column by its name; null also when there is no such column.</summary>
    public object? this[string name] => _columns.IndexOf(name) is >= 0 and var place ? _values[place] : null;

    /// <summary>The value as text without culture; null when there is none.</summary>
    public string? Text(string name) => this[name] switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture),
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The value as a whole number, also when it is text or a real (columns of custom logs are); null when it is none.</summary>
    public long? Number(string name) => this[name] switch
    {
        long number => number,
        int number => number,
        double real => real is >= long.MinValue and < 9223372036854775808.0 && Math.Floor(real) == real ? (long)real : null,
        decimal exact => exact is >= long.MinValue and <= long.MaxValue && decimal.Truncate(exact) == exact ? (long)exact : null,
        string text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    /// <summary>The value as a real number, also when it is text; null when it is none.</summary>
    public double? Real(string name) => this[name] switch
    {
        double real => real,
        long number => number,
        int number => number,
        decimal exact => (double)exact,
        string text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null,
        _ => null,
    };

    /// <summary>The value as a time in UTC, also when it is text; null when it is none.</summary>
    public DateTime? Time(string name) => this[name] switch
    {
        DateTime time => time,
        string text => IsoTime.LooksLike(text) && IsoTime.TryParse(text, out var time, out _) ? time : null,
        _ => null,
    };

    /// <summary>The value as true or false, also when it is text or 0 or 1; null when it is neither.</summary>
    public bool? Flag(string name) => this[name] switch
    {
        bool flag => flag,
        string text => bool.TryParse(text, out var flag) ? flag : text == "1" ? true : text == "0" ? false : null,
        long number => number is 0 or 1 ? number == 1 : null,
        int number => number is 0 or 1 ? number == 1 : null,
        _ => null,
    };
}
