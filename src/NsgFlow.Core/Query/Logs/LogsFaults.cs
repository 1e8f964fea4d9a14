using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Query;

/// <summary>What an answer with rows says of itself under <c>error</c>: limits that were met, failures, and remarks that do no harm.</summary>
internal sealed class LogsFaults
{
    /// <summary>The error for limits that were met.</summary>
    public NsgFlowException? Cut { get; init; }

    /// <summary>The error for all else that is missing.</summary>
    public NsgFlowException? Failure { get; private init; }

    /// <summary>Remarks.</summary>
    public IReadOnlyList<string> Warnings { get; private init; } = [];

    /// <summary>Those of the remarks that a table is not there.</summary>
    public IReadOnlyList<string> MissingTables { get; private init; } = [];

    /// <summary>Reads the error of an answer.</summary>
    public static LogsFaults Of(ArmNode error, string? requestId)
    {
        var reasons = LogsReason.In(error);
        return new LogsFaults
        {
            Cut = Make([.. reasons.Where(static reason => reason.IsLimit)], requestId),
            Failure = Make([.. reasons.Where(static reason => !reason.IsLimit && !reason.IsWarning)], requestId),
            Warnings = [.. reasons.Where(static reason => reason.IsWarning && !reason.IsLimit).Select(static reason => reason.Text).Distinct()],
            MissingTables = [.. reasons.Where(static reason => reason.IsTableMissing && !reason.IsLimit).Select(static reason => reason.Text).Distinct()],
        };
    }

    private static NsgFlowException? Make(List<LogsReason> reasons, string? requestId) => reasons.Count == 0
        ? null
        : LogsFailure.Partial(string.Join("; ", reasons.Select(static reason => reason.Text).Distinct().Take(3)), reasons[0].Code, requestId);
}
