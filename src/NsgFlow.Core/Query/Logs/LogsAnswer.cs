using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>What Log Analytics answered. It keeps the answer's bytes; rows are made of them while they are enumerated.</summary>
public sealed class LogsAnswer
{
    private static readonly LogsTable s_nothing = new LogsTable("PrimaryResult", [], default, null);

    internal LogsAnswer(IReadOnlyList<LogsTable> tables, LogsFaults? faults)
    {
        Tables = tables;
        Cut = faults?.Cut;
        Partial = faults?.Failure;
        Warnings = faults?.Warnings ?? [];
        MissingTables = faults?.MissingTables ?? [];
    }

    /// <summary>The tables in the order of the answer; usually one.</summary>
    public IReadOnlyList<LogsTable> Tables { get; }

    /// <summary>The table of what was asked; one without columns and rows when the answer has none.</summary>
    public LogsTable Primary => Tables.FirstOrDefault(static table => table.Name == "PrimaryResult") ?? (Tables.Count > 0 ? Tables[0] : s_nothing);

    /// <summary>Whether rows are missing because a limit of rows, size or memory was met: ask for less time at once.</summary>
    public bool IsCut => Cut is not null;

    /// <summary>The error <c>LogsPartial</c> for the limit that was met; null when none was.</summary>
    public NsgFlowException? Cut { get; }

    /// <summary>The error <c>LogsPartial</c> for what else went wrong while rows came; null when nothing did.</summary>
    public NsgFlowException? Partial { get; }

    /// <summary>What the service remarked without leaving rows out, such as a table of a fuzzy union that the workspace does not have.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Those of <see cref="Warnings"/> that are about a table which the workspace does not have.</summary>
    public IReadOnlyList<string> MissingTables { get; }

    /// <summary>Reads an answer; one without a byte (HTTP 204) has no tables.</summary>
    /// <param name="utf8">JSON. It is kept and must not change.</param>
    /// <exception cref="NsgFlowException"><c>LogsRequestFailed</c>: it is no answer of the service.</exception>
    public static LogsAnswer Parse(ReadOnlyMemory<byte> utf8) => Parse(utf8, null);

    /// <summary>An answer that was not read to its end, since it is longer than wanted; it has no rows.</summary>
    internal static LogsAnswer TooLong(long bytes, string? requestId) =>
        new([], new LogsFaults { Cut = LogsFailure.Partial($"the answer is longer than {bytes >> 20} MB and was not read", null, requestId) });

    /// <summary>Reads an answer.</summary>
    /// <param name="utf8">JSON. It is kept and must not change.</param>
    /// <param name="requestId">The service's id of the request, for errors.</param>
    internal static LogsAnswer Parse(ReadOnlyMemory<byte> utf8, string? requestId) => LogsAnswerReader.Read(utf8, requestId);
}
