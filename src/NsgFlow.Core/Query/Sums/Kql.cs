using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>Operators of a query, a line each; one without arguments is left out.</summary>
internal static class Kql
{
    private const int LongestChain = 50;

    /// <summary>Names or expressions, one after the other.</summary>
    public static string List(IEnumerable<string> items) => string.Join(", ", items);

    /// <summary>
    /// Conditions of which one must hold. Many go into groups: each <c>or</c> of a chain is one level of the query's syntax tree, whose depth is limited
    /// (to 300 in Microsoft's analyser).
    /// </summary>
    public static string Any(IEnumerable<string> conditions)
    {
        var level = conditions.ToList();
        while (level.Count > LongestChain)
        {
            level = [.. level.Select(static (condition, at) => (condition, at)).GroupBy(static one => one.at / LongestChain)
                .Select(static group => "(" + string.Join(" or ", group.Select(static one => one.condition)) + ")")];
        }

        return level.Count == 0 ? "false" : string.Join(" or ", level);
    }

    /// <summary>The sum of a column, under its own name.</summary>
    public static string Sum(string column) => $"{column} = sum({column})";

    /// <summary><c>extend</c>, <c>project</c>, <c>order by</c> …</summary>
    public static string Stage(string name, IEnumerable<string> arguments)
    {
        var list = List(arguments);
        return list.Length == 0 ? string.Empty : $"\n| {name} {list}";
    }

    /// <summary><c>summarize</c>; without keys, the sum of all.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="isShuffled">
    /// Whether there are nearly as many keys as rows. Otherwise each node of the cluster adds up all of its own, and one node puts the nodes' rows together, with
    /// all of them in its memory; shuffled, each node gets all rows of some keys.
    /// </param>
    public static string Summarize(IEnumerable<string> sums, IEnumerable<string> keys, bool isShuffled = false)
    {
        var by = List(keys);
        return $"\n| summarize {(isShuffled ? "hint.strategy=shuffle " : string.Empty)}{List(sums)}" + (by.Length == 0 ? string.Empty : $"\n    by {by}");
    }
}
