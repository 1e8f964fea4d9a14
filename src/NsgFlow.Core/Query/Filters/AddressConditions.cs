using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>Sets of addresses as conditions.</summary>
internal static class AddressConditions
{
    /// <summary>A dynamic value may have a megabyte; a prefix has 45 characters at most.</summary>
    private const int MostOfOneValue = 20_000;

    /// <summary>
    /// <c>has_any</c> considers 10,000 different values and says nothing of the others; of more than 128 the service does not use its index.
    /// </summary>
    private const int MostWords = 1_000;

    /// <summary>Whether a column's address is in a set. Never null: what is no address is in none.</summary>
    public static string Of(AddressSet set, string column, KqlScript script)
    {
        var v4 = set.Ranges.Where(IsV4).ToList();
        var conditions = new List<string>();
        foreach (var list in Values(v4.Where(IsSingle).Select(static range => range.First.ToString()), "addresses", script))
            conditions.Add($"{column} in ({list})");
        foreach (var list in Values(v4.Where(static range => !IsSingle(range)).SelectMany(AddressBlocks.Of), "prefixes", script))
            conditions.Add($"coalesce(ipv4_is_in_any_range({column}, {list}), false)");

        // Kusto takes IPv4 addresses for IPv6 ones of ::ffff:0:0/96; ours are never of an IPv6 prefix.
        foreach (var list in Values(set.Ranges.Where(static range => !IsV4(range)).SelectMany(AddressBlocks.Of), "prefixes", script))
            conditions.Add($"({column} contains \":\" and coalesce(ipv6_is_in_any_range({column}, {list}), false))");
        return conditions.Count switch
        {
            0 => "false",
            1 => conditions[0],
            _ => "(" + string.Join(" or ", conditions) + ")",
        };
    }

    /// <summary>Whether a stored row may have an address of a set at one end: in its column, or in the list that it has instead.</summary>
    public static string OfRow(AddressSet set, string column, string list, KqlScript script)
    {
        // The service finds words by an index, and single IPv4 addresses are words that can be spelled in one way only.
        var isWords = !set.IsEmpty && set.Ranges.Count <= MostWords && set.Ranges.All(static range => IsV4(range) && IsSingle(range));
        var listed = isWords ? $"isempty({column}) and {list} has_any ({Values(set.Ranges.Select(static range => range.First.ToString()), "addresses", script).Single()})" : $"isempty({column})";
        return $"({listed} or {Of(set, column, script)})";
    }

    private static bool IsV4(AddressRange range) => range.First.IsV4 && range.Last.IsV4;

    private static bool IsSingle(AddressRange range) => range.First == range.Last;

    private static IEnumerable<string> Values(IEnumerable<string> texts, string name, KqlScript script)
    {
        var all = texts.ToList();
        for (var at = 0; at < all.Count; at += MostOfOneValue)
            yield return script.Let(name, KqlText.Dynamic(all.Skip(at).Take(MostOfOneValue)));
    }
}
