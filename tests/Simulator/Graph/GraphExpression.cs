using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>What can be asked of a row: its value there, and the name it has when it is a column of its own.</summary>
internal sealed record GraphExpression(Func<JsonObject, JsonNode?> Evaluate, string? Name = null)
{
    public static GraphExpression Constant(JsonNode? value) => new(_ => value);

    public static GraphExpression Condition(Func<JsonObject, bool> condition) => new(row => JsonValue.Create(condition(row)));

    /// <summary>The value as KQL compares it: what is not there is an empty text.</summary>
    public string Text(JsonObject row) => Text(Evaluate(row));

    public bool IsTrue(JsonObject row) => Evaluate(row) is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static string Text(JsonNode? node) => node switch
    {
        null => string.Empty,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => node.ToJsonString(),
    };

    /// <summary>A column, and what is in it: <c>properties.a.b[0]['c']</c>.</summary>
    public static GraphExpression Path(string column, IReadOnlyList<string> steps) => new(
        row =>
        {
            var node = row[column];
            foreach (var step in steps)
            {
                node = node switch
                {
                    JsonObject known => known[step],
                    JsonArray list when int.TryParse(step, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < list.Count => list[at],
                    _ => null,
                };
            }

            return node;
        },
        string.Concat(steps.Prepend(column).Select((step, i) => i == 0 ? step : "_" + step)));

    public static GraphExpression Function(string name, GraphExpression argument, int at) => name switch
    {
        "tolower" => new(row => argument.Text(row).ToLowerInvariant()),
        "toupper" => new(row => argument.Text(row).ToUpperInvariant()),
        "tostring" => new(row => argument.Text(row), argument.Name),
        "isempty" => Condition(row => argument.Text(row).Length == 0),
        "isnotempty" => Condition(row => argument.Text(row).Length > 0),
        "isnull" => Condition(row => argument.Evaluate(row) is null),
        "isnotnull" => Condition(row => argument.Evaluate(row) is not null),
        "not" => Condition(row => !argument.IsTrue(row)),
        "array_length" => new(row => argument.Evaluate(row) is JsonArray list ? JsonValue.Create(list.Count) : null),
        _ => throw GraphQueryException.Parse($"Unknown function: '{name}'", at),
    };

    public static Func<string, string, bool> Comparison(string sign) => sign switch
    {
        "=~" => ResourceId.Same,
        "!~" => static (a, b) => !ResourceId.Same(a, b),
        "==" => static (a, b) => a == b,
        "!=" => static (a, b) => a != b,
        "contains" => static (a, b) => a.Contains(b, StringComparison.OrdinalIgnoreCase),
        "startswith" => static (a, b) => a.StartsWith(b, StringComparison.OrdinalIgnoreCase),
        "endswith" => static (a, b) => a.EndsWith(b, StringComparison.OrdinalIgnoreCase),
        "has" => Has,
        _ => throw new ArgumentOutOfRangeException(nameof(sign), sign, "No comparison."),
    };

    /// <summary>Order in <c>order by</c>: numbers as numbers, texts as texts without case.</summary>
    public static int Compare(JsonNode? a, JsonNode? b) =>
        a?.GetValueKind() == JsonValueKind.Number && b?.GetValueKind() == JsonValueKind.Number
            ? a.GetValue<double>().CompareTo(b.GetValue<double>())
            : string.CompareOrdinal(Text(a), Text(b));

    /// <summary>Whether it occurs as a term, between what is neither letter nor digit.</summary>
    private static bool Has(string text, string term)
    {
        const StringComparison NoCase = StringComparison.OrdinalIgnoreCase;
        for (var at = text.IndexOf(term, NoCase); at >= 0 && term.Length > 0; at = text.IndexOf(term, at + 1, NoCase))
        {
            var end = at + term.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsAsciiLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
