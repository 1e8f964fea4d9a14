using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NsgFlow.Simulator;

/// <summary>What <c>render</c> at the end of a query says: it changes no row, the service only hands it on.</summary>
internal sealed partial record RenderClause(string Visualization, string? Title)
{
    public static (string Query, RenderClause? Render) Split(string query)
    {
        var found = Render().Match(query);
        return found.Success
            ? (query[..found.Index], new RenderClause(found.Groups["kind"].Value, found.Groups["title"] is { Success: true } title ? title.Value : null))
            : (query, null);
    }

    public JsonObject ToJson() => new()
    {
        ["visualization"] = Visualization,
        ["title"] = Title,
        ["accumulate"] = false,
        ["isQuerySorted"] = false,
        ["kind"] = "default",
        ["annotation"] = string.Empty,
        ["by"] = null,
    };

    [GeneratedRegex("""\|\s*render\s+(?<kind>\w+)(\s+with\s*\(\s*title\s*=\s*"(?<title>[^"]*)"\s*\))?\s*;?\s*$""")]
    private static partial Regex Render();
}
