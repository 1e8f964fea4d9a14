using System;
using System.Collections.Generic;
using System.Threading;

namespace NsgFlow.Query;

/// <summary>
/// Asks for a length of time in pieces that fit the service's limits: a window whose answer is cut, that is refused for its size, or that takes too
/// long is asked again in two halves, and nothing of a cut answer is used. So no row is lost, none comes twice, rows come in the order of windows, and two
/// answers at most are in memory: the last one while the next is read.
/// </summary>
public sealed class LogsWindows
{
    // Of answer text: rows made of it take several times as much while they are used, and a runbook has 400 MB in all.
    internal const long MostBytes = 32L << 20;

    // What an hour's rows take too long for, seconds will not mend: then it is the service that is slow, and each more question waits as long.
    private static readonly TimeSpan s_leastForTimeout = TimeSpan.FromHours(1);

    private readonly ILogs _logs;
    private readonly IReadOnlyList<string> _workspaces;
    private readonly Func<DateTime, DateTime, string> _query;

    /// <summary>Prepares the asking.</summary>
    /// <param name="logs">Whom to ask.</param>
    /// <param name="workspaces">Customer ids of the workspaces.</param>
    /// <param name="query">Makes the KQL for a window: from its start, included, to its end, not included. Both are UTC.</param>
    public LogsWindows(ILogs logs, IReadOnlyList<string> workspaces, Func<DateTime, DateTime, string> query)
    {
        _logs = logs ?? throw new ArgumentNullException(nameof(logs));
        _workspaces = workspaces ?? throw new ArgumentNullException(nameof(workspaces));
        _query = query ?? throw new ArgumentNullException(nameof(query));
    }

    /// <summary>Windows are divided at whole multiples of this only, and none that is as short is divided: a second, or an hour where rows are added up by the hour.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What people call the workspaces, for errors; their ids when null.</summary>
    public string? Place { get; init; }

    /// <summary>How long the service may work on one window; null for its default.</summary>
    public TimeSpan? ServerTimeout { get; init; }

    /// <summary>Told of errors beside rows that came (<see cref="LogsAnswer.Partial"/>), on the thread that enumerates.</summary>
    public Action<NsgFlowException>? Partial { get; init; }

    /// <summary>Told of each window before it is asked for, on the thread that enumerates.</summary>
    public Action<DateTime, DateTime>? Asking { get; init; }

    /// <summary>The rows of the primary table, window by window, asked for while they are enumerated.</summary>
    /// <param name="start">The first moment.</param>
    /// <param name="end">The moment after the last one.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="NsgFlowException">As for <see cref="ILogs.Query"/>; also <c>LogsWindowTooLarge</c>: the answer of one <see cref="Step"/> alone is cut.</exception>
    public IEnumerable<LogsRow> Rows(DateTime start, DateTime end, CancellationToken cancellation)
    {
        foreach (var answer in Answers(start, end, cancellation))
        {
            foreach (var row in answer.Primary.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return row;
            }
        }
    }

    /// <summary>The answers that are whole, window by window, asked for while they are enumerated.</summary>
    /// <param name="start">The first moment.</param>
    /// <param name="end">The moment after the last one.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="NsgFlowException">As for <see cref="Rows"/>.</exception>
    public IEnumerable<LogsAnswer> Answers(DateTime start, DateTime end, CancellationToken cancellation)
    {
        // The windows to come, the next one on top.
        var windows = new Stack<(DateTime Start, DateTime End)>();
        if (start < end)
            windows.Push((start, end));
        while (windows.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = windows.Pop();
            Asking?.Invoke(window.Start, window.End);
            if (Ask(window.Start, window.End, cancellation) is not { } answer)
            {
                var middle = Divide(window.Start, window.End)!.Value;
                windows.Push((middle, window.End));
                windows.Push((window.Start, middle));
                continue;
            }

            if (answer.Partial is { } partial)
                Partial?.Invoke(partial);
            yield return answer;
        }
    }

    /// <summary>The answer; null when it should be asked for in halves, which there are then.</summary>
    private LogsAnswer? Ask(DateTime start, DateTime end, CancellationToken cancellation)
    {
        var isDivisible = Divide(start, end) is not null;
        try
        {
            var answer = _logs.Query(
                new LogsRequest { Query = _query(start, end), Workspaces = _workspaces, Place = Place, ServerTimeout = ServerTimeout, MostBytes = MostBytes }, cancellation);
            return !answer.IsCut ? answer : isDivisible ? null : throw TooLarge(start, end, answer.Cut);
        }
        catch (NsgFlowException e) when (isDivisible && (e.ErrorId == "LogsLimitExceeded" || (e.ErrorId == "LogsTimeout" && end - start > s_leastForTimeout)))
        {
            return null;
        }
    }

    /// <summary>The multiple of the step nearest to the middle, within the window; null when there is none.</summary>
    private DateTime? Divide(DateTime start, DateTime end)
    {
        var middle = start.Ticks + ((end.Ticks - start.Ticks) / 2);
        var below = middle - (middle % Step.Ticks);
        var above = below + Step.Ticks;
        return below > start.Ticks ? new DateTime(below, DateTimeKind.Utc)
            : above < end.Ticks ? new DateTime(above, DateTimeKind.Utc)
            : null;
    }

    private static NsgFlowException TooLarge(DateTime start, DateTime end, NsgFlowException? cut) => new(
        "LogsWindowTooLarge",
        FormattableString.Invariant($"From {start:yyyy-MM-ddTHH:mm:ss.fffZ} to {end:yyyy-MM-ddTHH:mm:ss.fffZ} the answer exceeds a limit of Log Analytics, ")
        + "and less time at once cannot be asked for" + (cut is null ? "." : $": {cut.Message}"),
        "Narrow the question: filter by address, port, rule or resource, or let Measure-NsgTraffic -Workspace add up the rows there.",
        cut)
    {
        ServiceCode = cut?.ServiceCode,
        RequestId = cut?.RequestId,
    };
}
