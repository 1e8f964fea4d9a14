using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace NsgFlow.Host.Pester;

/// <summary>Comparing and showing values as Pester does.</summary>
internal static class Values
{
    private const int ShownItems = 10;
    private const int ShownDepth = 3;

    public static object? Base(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    public static bool IsCollection(object? value) => Base(value) is IEnumerable and not string and not IDictionary;

    public static IReadOnlyList<object?> Items(object? value) =>
        value is null ? [] : IsCollection(value) ? [.. ((IEnumerable)Base(value)!).Cast<object?>()] : [value];

    /// <summary>Element by element; one element is as good as a collection of one.</summary>
    public static bool AreEqual(object? actual, object? expected, bool ignoreCase)
    {
        if (!IsCollection(actual) && !IsCollection(expected))
            return AreEqualScalars(actual, expected, ignoreCase);
        if (actual is null || expected is null)
            return Items(actual).Count == 0 && Items(expected).Count == 0;
        var left = Items(actual);
        var right = Items(expected);
        return left.Count == right.Count && left.Zip(right).All(pair => IsCollection(pair.First) || IsCollection(pair.Second)
            ? AreEqual(pair.First, pair.Second, ignoreCase) : AreEqualScalars(pair.First, pair.Second, ignoreCase));
    }

    /// <summary>`expected -eq actual`: the expected value decides which type they are compared as.</summary>
    public static bool AreEqualScalars(object? actual, object? expected, bool ignoreCase) =>
        LanguagePrimitives.Equals(Base(expected), Base(actual), ignoreCase, CultureInfo.InvariantCulture);

    public static string Show(object? value, int depth = 0)
    {
        var plain = Base(value);
        return plain switch
        {
            null => "$null",
            string text => $"'{text}'",
            char c => $"'{c}'",
            bool flag => flag ? "$true" : "$false",
            Type type => $"[{Name(type)}]",
            ScriptBlock block => $"{{{block}}}",
            DateTime time => time.ToString("o", CultureInfo.InvariantCulture),
            DateTimeOffset time => time.ToString("o", CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            IFormattable number when plain.GetType().IsPrimitive || plain is decimal => number.ToString(null, CultureInfo.InvariantCulture),
            _ when depth >= ShownDepth => plain.ToString() ?? "",
            IDictionary table => "@{" + string.Join("; ", table.Cast<DictionaryEntry>().Select(e => $"{e.Key}={Show(e.Value, depth + 1)}")) + "}",
            IEnumerable => ShowItems(Items(plain), depth),
            PSObject custom => "PSObject{" + string.Join("; ", custom.Properties.Select(p => $"{p.Name}={Show(p.Value, depth + 1)}")) + "}",
            _ => plain.ToString() ?? "",
        };
    }

    public static string Name(Type type) => type == typeof(PSObject) ? "PSObject" : LanguagePrimitives.ConvertTo<string>(type);

    private static string ShowItems(IReadOnlyList<object?> items, int depth)
    {
        var shown = string.Join(", ", items.Take(ShownItems).Select(i => Show(i, depth + 1)));
        return items.Count > ShownItems ? $"@({shown}, ...{items.Count - ShownItems} more)" : $"@({shown})";
    }
}
