using System;
using System.Collections.Generic;
using System.Globalization;

namespace NsgFlow.Simulator;

/// <summary>What values are to each other, whatever their type.</summary>
internal static class KqlValue
{
    /// <summary>The text of a value; of null, nothing.</summary>
    public static string Text(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid guid => guid.ToString("D"),
        int or long => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        double number when !double.IsFinite(number) => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity",

        // Whether 5.0 becomes "5" or "5.0" is not documented, and pages disagree.
        double number when number == Math.Floor(number) => throw KqlException.Unknown("the text of a whole real; make it a long first"),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => KqlJson.Text(value),
    };

    /// <summary>==; null when both are null, and false when one is.</summary>
    public static bool? AreEqual(object? left, object? right) =>
        left is null && right is null ? null : left is not null && right is not null && AreSame(left, right);

    /// <summary>Whether two values are the same, numbers of different types compared as numbers.</summary>
    public static bool AreSame(object left, object right) => (left, right) switch
    {
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (long a, long b) => a == b,
        (int or long, int or long) => Whole(left) == Whole(right),
        (int or long or double, int or long or double) => Real(left) == Real(right),
        (object?[] or IReadOnlyDictionary<string, object?>, _) or (_, object?[] or IReadOnlyDictionary<string, object?>) => KqlJson.Text(left) == KqlJson.Text(right),
        _ => left.Equals(right),
    };

    /// <summary>Order of two values of one family, neither null. NaN has none: ask before.</summary>
    public static int Compare(object left, object right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (int or long, int or long) => Whole(left).CompareTo(Whole(right)),
        (int or long or double, int or long or double) => Real(left).CompareTo(Real(right)),
        (DateTime a, DateTime b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        (bool a, bool b) => a.CompareTo(b),
        (Guid a, Guid b) => a.CompareTo(b),
        _ => throw KqlException.Unknown($"the order of {Name(left)} and {Name(right)}"),
    };

    public static long Whole(object value) => value is int number ? number : (long)value;

    public static double Real(object value) => value switch
    {
        double number => number,
        long number => number,
        _ => (int)value,
    };

    /// <summary>The type of a value that stands in a dynamic one.</summary>
    public static string Name(object? value) => value switch
    {
        null => "null",
        bool => "bool",
        int => "int",
        long => "long",
        double => "real",
        string => "string",
        DateTime => "datetime",
        TimeSpan => "timespan",
        Guid => "guid",
        object?[] => "array",
        _ => "dictionary",
    };
}
