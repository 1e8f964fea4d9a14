using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>Writes queries for Resource Graph. It may answer too much (of a wildcard it is told only how the names begin), never too little.</summary>
internal static class GraphText
{
    // What a resource needs to be read as one that ARM gave.
    private const string End = " | project id, name, type, location, tags, kind, sku, identity, properties | order by id asc";

    /// <summary>Resources of some kinds, by name and group; no names or groups for any.</summary>
    public static string Of(IReadOnlyList<ResourceKind> kinds, IReadOnlyList<NamePattern> names, IReadOnlyList<NamePattern> groups) => Where(kinds, names, groups) + End;

    /// <summary>The names of resources of a kind, and where they are; of virtual networks their subnets as well.</summary>
    public static string NamesOf(ResourceKind kind, IReadOnlyList<NamePattern> names, IReadOnlyList<NamePattern> groups) =>
        Where([kind], names, groups) + " | project id, name, location" + (kind == ResourceKind.VirtualNetwork ? ", properties" : string.Empty) + " | order by id asc";

    /// <summary>Resources by id.</summary>
    public static string Of(IReadOnlyList<string> ids) => "Resources | where id in~ (" + List(ids) + ")" + End;

    private static string Where(IReadOnlyList<ResourceKind> kinds, IReadOnlyList<NamePattern> names, IReadOnlyList<NamePattern> groups)
    {
        var isGroup = kinds.Contains(ResourceKind.ResourceGroup);
        var types = kinds.Count == 1 ? "type =~ " + Quoted(kinds[0].Type) : "type in~ (" + List(kinds.Select(static kind => kind.Type)) + ")";
        return (isGroup ? "ResourceContainers" : "Resources") + " | where " + types + Named("name", names) + Named("resourceGroup", groups);
    }

    private static string Named(string column, IReadOnlyList<NamePattern> patterns)
    {
        var literals = patterns.Select(static pattern => pattern.Literal).OfType<string>().ToList();
        var conditions = new List<string>();
        if (literals.Count == 1)
            conditions.Add($"{column} =~ {Quoted(literals[0])}");
        else if (literals.Count > 1)
            conditions.Add($"{column} in~ ({List(literals)})");
        foreach (var pattern in patterns.Where(static pattern => pattern.Literal is null))
        {
            if (pattern.LiteralPrefix.Length == 0)
                return string.Empty;
            conditions.Add($"{column} startswith {Quoted(pattern.LiteralPrefix)}");
        }

        return conditions.Count switch
        {
            0 => string.Empty,
            1 => " and " + conditions[0],
            _ => " and (" + string.Join(" or ", conditions) + ")",
        };
    }

    private static string List(IEnumerable<string> texts) => string.Join(", ", texts.Select(Quoted));

    private static string Quoted(string text) => GraphQuery.Quote(text);
}
