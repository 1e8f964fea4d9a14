using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>The first rows of many and the rest, so that the numbers add up; order and choice are those of the local form.</summary>
internal static class TopKql
{
    /// <summary>Rows that are equal in rank follow each other in the order of their keys.</summary>
    public static IEnumerable<string> Natural(IEnumerable<TrafficColumn> columns) => columns.Select(static column => column.Order + " asc");

    /// <summary>The keys of what is wanted.</summary>
    /// <param name="ranked">All rows, with what they are ordered by.</param>
    /// <param name="conditions">What a row must have.</param>
    /// <param name="top">How many are wanted; null for all that have it.</param>
    /// <param name="order">Their order.</param>
    /// <param name="keys">Names of the keys.</param>
    public static string First(string ranked, IReadOnlyCollection<string> conditions, int? top, IEnumerable<string> order, IEnumerable<string> keys) =>
        ranked
        + (conditions.Count == 0 ? string.Empty : "\n| where " + string.Join(" and ", conditions))
        + (top is { } most ? Kql.Stage("order by", order) + "\n| take " + KqlText.Of(most) : string.Empty)
        + Kql.Stage("project", keys);

    /// <summary>The rows of the keys that are wanted, and the others added up.</summary>
    /// <param name="all">Name of all rows.</param>
    /// <param name="first">Name of the wanted keys.</param>
    /// <param name="keys">Names of the keys.</param>
    /// <param name="rest">What adds the others up.</param>
    public static string FirstAndRest(string all, string first, IEnumerable<string> keys, string rest)
    {
        var same = Kql.List(keys);
        return $"union\n({all}\n| join kind=leftsemi {first} on {same}\n| extend IsOther = false),\n({all}\n| join kind=leftanti {first} on {same}{rest})";
    }
}
