using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NsgFlow.Simulator;

/// <summary>What <c>$filter</c> says in lists of resources: comparisons with <c>eq</c>, joined by <c>and</c>.</summary>
internal static partial class ResourceFilter
{
    public static IEnumerable<JsonObject> Apply(ArmRequest request, IEnumerable<JsonObject> all)
    {
        if (request.QueryValue("$filter") is not { Length: > 0 } filter)
        {
            return all;
        }

        var terms = filter.Split(" and ", StringSplitOptions.TrimEntries).Select(Term).ToArray();
        return all.Where(r => terms.All(t => ResourceId.Same(Value(r, t.Name), t.Value)));
    }

    private static (string Name, string Value) Term(string text) => Equals().Match(text) is { Success: true } match
        ? (match.Groups[1].Value, match.Groups[2].Value.Replace("''", "'", StringComparison.Ordinal))
        : throw new ArmException(400, "InvalidFilterInQueryString", $"Invalid $filter '{text}' specified in the query string.");

    private static string? Value(JsonObject resource, string name) => name.ToLowerInvariant() switch
    {
        "resourcetype" => resource.Text("type"),
        "resourcegroup" => ResourceId.Parse(resource.Text("id")!).Group,
        "name" => resource.Text("name"),
        "location" => resource.Text("location"),
        _ => throw new ArmException(400, "InvalidFilterInQueryString", $"Invalid property '{name}' in $filter."),
    };

    [GeneratedRegex(@"^(\w+)\s+eq\s+'((?:[^']|'')*)'$", RegexOptions.IgnoreCase)]
    private static partial Regex Equals();
}
