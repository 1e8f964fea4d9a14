using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Display;

namespace NsgFlow.Query;

/// <summary>
/// A reason out of an error of the service. A wrapper (<c>BadArgumentError</c>, <c>PartialError</c>, <c>EngineError</c>) has reasons in its
/// <c>details</c>, and each has its own words in its innermost <c>innererror</c>.
/// </summary>
internal sealed record LogsReason(string? Code, string Text, bool IsLimit, bool IsWarning)
{
    private const int Deepest = 32;

    // Names and numbers of the engine's errors for a result that is too large, a query that is too large, and memory that ran out.
    private static readonly string[] s_limits =
    [
        "E_QUERY_RESULT_SET_TOO_LARGE", "80DA0003", "-2133196797", "E_RUNAWAY_QUERY", "80DA0001", "-2133196799", "E_LOW_MEMORY_CONDITION", "80DA0007", "-2133196793",
        "exceed the set limit", "exceeded the allowed limits", "result set has exceeded", "ResponseSizeError", "ResponsePayloadTooLarge",
    ];

    /// <summary>The reasons in an error, at least one.</summary>
    public static IReadOnlyList<LogsReason> In(ArmNode error)
    {
        var reasons = new List<LogsReason>();
        Collect(error, new LogsReason(null, string.Empty, false, false), reasons, 0);
        return reasons;
    }

    // Inner words are more exact than outer ones; a limit or a mildness that is told on the way holds for what is inside.
    private static void Collect(ArmNode node, LogsReason outer, List<LogsReason> reasons, int depth)
    {
        var code = node["code"].Text;
        var message = node["message"].Text;
        var reason = new LogsReason(
            string.IsNullOrWhiteSpace(code) ? outer.Code : Words(code!),
            string.IsNullOrWhiteSpace(message) ? outer.Text : Words(message!),
            outer.IsLimit || IsLimitWord(code) || IsLimitWord(message),
            node["severityName"].Text is { } severity ? string.Equals(severity, "Warning", StringComparison.OrdinalIgnoreCase) : outer.IsWarning);
        ArmNode[] inside = [.. node["innererror"].Exists ? [node["innererror"]] : node["details"].Items];
        if (inside.Length == 0 || depth == Deepest)
            reasons.Add(reason.Text.Length > 0 ? reason : reason with { Text = "it does not say why" });
        else
            Array.ForEach(inside, inner => Collect(inner, reason, reasons, depth + 1));
    }

    private static bool IsLimitWord(string? text) =>
        text is not null && s_limits.Any(limit => text.IndexOf(limit, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>One line that is fit for a terminal, without its full stop; a syntax error may repeat a whole query.</summary>
    private static string Words(string message)
    {
        var line = new string(Array.ConvertAll(SecretWords.Hide(message).ToCharArray(), static c => char.IsControl(c) ? ' ' : c)).Trim().TrimEnd('.');
        return ShownText.Clean(line.Length > 300 ? line.Substring(0, 300) + "…" : line);
    }
}
