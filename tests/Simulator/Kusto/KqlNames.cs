using System.Collections.Generic;
using System.Globalization;

namespace NsgFlow.Simulator;

/// <summary>Names of columns that have none of their own.</summary>
internal sealed class KqlNames
{
    // What gives the name of its first argument; other functions give none. (Functions.cs of Kusto.Language.)
    private static readonly HashSet<string> s_likeFirst =
    [
        "bin", "floor", "bin_at", "split", "tostring", "toint", "tolong", "toreal", "todouble", "tobool", "todatetime", "totimespan", "toguid", "startofday",
        "abs", "round", "parse_json", "todynamic",
    ];

    private readonly HashSet<string> _taken = [];
    private int _unnamed;

    /// <summary>The name that an expression suggests; null when it suggests none.</summary>
    public static string? Of(KqlExpression expression, KqlScope scope) => expression switch
    {
        KqlExpression.Name name => name.Text,
        KqlExpression.Member { Key: KqlExpression.Literal key } member when Of(member.Of, scope) is { } of => $"{of}_{KqlValue.Text(key.Value)}",
        KqlExpression.Call { Function: "column_ifexists", Arguments: [KqlExpression.Literal { Value: string name }, var other] } =>
            scope.IndexOf(name) >= 0 ? name : Of(other, scope),
        KqlExpression.Call call when KqlAggregates.Find(call.Function) is { } prefix =>
            prefix.Length == 0 ? First(call, scope) : $"{prefix}_{(call.Function is "countif" ? null : First(call, scope))}",
        KqlExpression.Call { Function: "strlen" } call => $"strlen_{First(call, scope)}",
        KqlExpression.Call { Function: "gettype" } call => $"type_{First(call, scope)}",
        KqlExpression.Call call when s_likeFirst.Contains(call.Function) => First(call, scope),
        _ => null,
    };

    /// <summary>A name that was chosen; it can be taken once.</summary>
    public string Chosen(string name) => _taken.Add(name) ? name : throw KqlException.Semantic($"A column named '{name}' is there already.");

    /// <summary>A name that was found, with a number behind it when it is taken.</summary>
    public string Found(string? name)
    {
        name ??= "Column" + (++_unnamed).ToString(CultureInfo.InvariantCulture);
        var free = name;
        for (var i = 1; !_taken.Add(free); i++)
        {
            free = name + i.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }

    private static string? First(KqlExpression.Call call, KqlScope scope) => call.Arguments is [var first, ..] ? Of(first, scope) : null;
}
