using System.Collections.Generic;

namespace NsgFlow.Query;

/// <summary>Operators of a query, a line each; one without arguments is left out.</summary>
internal static class Kql
{
    /// <summary>Names or expressions, one after the other.</summary>
    public static string List(IEnumerable<string> items) => string.Join(", ", items);

    /// <summary>The sum of a column, under its own name.</summary>
    public static string Sum(string column) => $"{column} = sum({column})";

    /// <summary><c>extend</c>, <c>project</c>, <c>order by</c> …</summary>
    public static string Stage(string name, IEnumerable<string> arguments)
    {
        var list = List(arguments);
        return list.Length == 0 ? string.Empty : $"\n| {name} {list}";
    }

    /// <summary><c>summarize</c>; without keys, the sum of all.</summary>
    public static string Summarize(IEnumerable<string> sums, IEnumerable<string> keys)
    {
        var by = List(keys);
        return $"\n| summarize {List(sums)}" + (by.Length == 0 ? string.Empty : $"\n    by {by}");
    }
}
