using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Query;

/// <summary>
/// What an answer with rows says of itself under <c>error</c>: limits that were met, failures, and remarks that do no harm. A wrapper
/// (<c>PartialError</c>, <c>EngineError</c>) has the reasons in its <c>details</c> and each reason's own words in its innermost <c>innererror</c>.
/// </summary>
internal sealed class LogsFaults
{
    // Names and numbers of the engine's errors for a result that is too large, a query that is too large, and memory that ran out.
    private static readonly string[] s_limits =
    [
        "E_QUERY_RESULT_SET_TOO_LARGE", "80DA0003", "-2133196797", "E_RUNAWAY_QUERY", "80DA0001", "-2133196799", "E_LOW_MEMORY_CONDITION", "80DA0007", "-2133196793",
        "exceed the set limit", "exceeded the allowed limits", "result set has exceeded", "ResponseSizeError", "ResponsePayloadTooLarge",
    ];

    public bool IsCut { get; init; }

    public NsgFlowException? Cut { get; private init; }

    public NsgFlowException? Failure { get; private init; }

    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>Reads the error of an answer.</summary>
    public static LogsFaults Of(ArmNode error, string? requestId)
    {
        var reasons = new List<Reason>();
        Collect(error, new Reason(null, string.Empty, false, false), reasons, 0);
        var cuts = reasons.Where(static reason => reason.IsLimit).ToList();
        var failures = reasons.Where(static reason => !reason.IsLimit && !reason.IsWarning).ToList();
        return new LogsFaults
        {
            IsCut = cuts.Count > 0,
            Cut = Make(cuts, requestId),
            Failure = Make(failures, requestId),
            Warnings = [.. reasons.Where(static reason => reason.IsWarning && !reason.IsLimit).Select(static reason => reason.Text).Distinct()],
        };
    }

    private static NsgFlowException? Make(List<Reason> reasons, string? requestId) => reasons.Count == 0
        ? null
        : LogsFailure.Partial(string.Join("; ", reasons.Select(static reason => reason.Text).Distinct().Take(3)), reasons[0].Code, requestId);

    // Inner words are more exact than outer ones; a limit or a mildness that is told on the way holds for what is inside.
    private static void Collect(ArmNode node, Reason outer, List<Reason> reasons, int depth)
    {
        var code = node["code"].Text;
        var message = node["message"].Text;
        var reason = new Reason(
            string.IsNullOrEmpty(code) ? outer.Code : SecretWords.Hide(code!),
            string.IsNullOrWhiteSpace(message) ? outer.Text : Words(message!),
            outer.IsLimit || IsLimit(code) || IsLimit(message),
            node["severityName"].Text is { } severity ? string.Equals(severity, "Warning", StringComparison.OrdinalIgnoreCase) : outer.IsWarning);
        var inner = node["innererror"];
        if (inner.Exists && depth < 32)
        {
            Collect(inner, reason, reasons, depth + 1);
            return;
        }

        var hasDetails = false;
        foreach (var detail in node["details"].Items)
        {
            hasDetails = true;
            if (depth < 32)
                Collect(detail, reason, reasons, depth + 1);
        }

        if (!hasDetails)
            reasons.Add(reason.Text.Length > 0 ? reason : reason with { Text = "it does not say why" });
    }

    private static bool IsLimit(string? text) =>
        text is not null && s_limits.Any(limit => text.IndexOf(limit, StringComparison.OrdinalIgnoreCase) >= 0);

    private static string Words(string message)
    {
        var line = SecretWords.Hide(message).Trim().TrimEnd('.');
        var words = new string(Array.ConvertAll(line.ToCharArray(), static c => char.IsControl(c) ? ' ' : c));
        return words.Length > 300 ? words.Substring(0, 300) + "…" : words;
    }

    private sealed record Reason(string? Code, string Text, bool IsLimit, bool IsWarning);
}
