using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Query;

/// <summary>Sets of addresses as conditions.</summary>
internal static class AddressConditions
{
    /// <summary>Whether a column's address is in a set. Never null: what is no address is in none.</summary>
    public static string Of(AddressSet set, string column, KqlScript script)
    {
        var v4 = set.Ranges.Where(static range => range.First.IsV4 && range.Last.IsV4).ToList();
        var single = v4.Where(static range => range.First == range.Last).Select(static range => range.First.ToString()).ToList();
        var blocks = v4.Where(static range => range.First != range.Last).SelectMany(AddressBlocks.Of).ToList();
        var v6 = set.Ranges.Except(v4).SelectMany(AddressBlocks.Of).ToList();
        var conditions = new List<string>();
        if (single.Count > 0)
            conditions.Add($"{column} in ({script.Let("addresses", KqlText.Dynamic(single))})");
        if (blocks.Count > 0)
            conditions.Add($"coalesce(ipv4_is_in_any_range({column}, {script.Let("prefixes", KqlText.Dynamic(blocks))}), false)");

        // Kusto takes IPv4 addresses for IPv6 ones of ::ffff:0:0/96; ours are never of an IPv6 prefix.
        if (v6.Count > 0)
            conditions.Add($"({column} contains \":\" and coalesce(ipv6_is_in_any_range({column}, {script.Let("prefixes", KqlText.Dynamic(v6))}), false))");
        return conditions.Count switch
        {
            0 => "false",
            1 => conditions[0],
            _ => "(" + string.Join(" or ", conditions) + ")",
        };
    }
}
