using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>
/// A measurement that a workspace makes: the same question as of <see cref="TrafficMeasurement"/>, asked of the tables of Traffic Analytics, with the same
/// types for an answer. What the tables do not tell is null there.
/// </summary>
public sealed class WorkspaceMeasurement
{
    private readonly ILogs _logs;
    private readonly IReadOnlyList<string> _workspaces;
    private readonly TrafficQuery _query;
    private readonly AnalyticsQuestion _question;
    private readonly TrendPieces? _trend;
    private readonly List<string> _warnings;
    private readonly List<string> _remarks = [];
    private readonly List<NsgFlowException> _errors = [];

    /// <summary>Prepares a measurement.</summary>
    /// <param name="logs">Whom to ask.</param>
    /// <param name="workspaces">Customer ids of the workspaces, which are measured as one.</param>
    /// <param name="query">What to measure; its filter, its network and limits of reading do not matter.</param>
    /// <param name="question">Of which flows.</param>
    /// <exception cref="NsgFlowException"><c>AnalyticsCannotAnswer</c>: the tables do not tell what is asked.</exception>
    public WorkspaceMeasurement(ILogs logs, IReadOnlyList<string> workspaces, TrafficQuery query, AnalyticsQuestion question)
    {
        _logs = logs ?? throw new ArgumentNullException(nameof(logs));
        _workspaces = workspaces ?? throw new ArgumentNullException(nameof(workspaces));
        _query = query ?? throw new ArgumentNullException(nameof(query));
        _question = question ?? throw new ArgumentNullException(nameof(question));
        TrafficLimits.Check(query, question);
        _trend = TrendPieces.Of(question);
        _warnings = [.. AnalyticsLimits.Warnings(question)];
        KeyHash.Prepare();
    }

    /// <summary>What people call the workspaces, for errors; their ids when null.</summary>
    public string? Place { get; init; }

    /// <summary>How long the service may work on one question; null for its default.</summary>
    public TimeSpan? ServerTimeout { get; init; }

    /// <summary>Told of each stretch of time before it is asked for, on the thread that enumerates.</summary>
    public Action<DateTime, DateTime>? Asking { get; init; }

    /// <summary>What a user should know about the answer; complete when it has been read.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>What the service remarked without leaving anything out, such as a table that the workspace does not have.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>What went wrong beside an answer that came nevertheless; complete when it has been read.</summary>
    public IReadOnlyList<NsgFlowException> Errors => _errors;

    // Numbers of different values cannot be added; nor is there anything to divide without a start.
    private bool IsAtOnce => _query.NeededDistinct != TrafficDistinct.None || _question.Start is null;

    /// <summary>The rows of the answer, in their order; the row of the rest comes last.</summary>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="NsgFlowException">As for <see cref="ILogs.Query"/>; also <c>LogsWindowTooLarge</c>: there are more rows than can be had.</exception>
    /// <exception cref="TrafficBucketsException">There would be more than <see cref="TrafficQuery.MostBuckets"/> time buckets.</exception>
    public IEnumerable<TrafficMeasure> Rows(CancellationToken cancellation)
    {
        using var folder = new SpillFolder(_query.TemporaryFolder);
        var names = new TrafficNames();
        var layout = new KeyLayout(_query.By, (long)(_query.Bucket ?? TimeSpan.Zero).TotalMilliseconds, names);
        var question = new RowQuestion(_query, layout)
        {
            Filter = _question.Filter,
            HasTuples = false,
            HasTrend = _trend is not null,
            TrendUnit = _trend?.Width ?? TrendScale.Minute,
            TrendEnd = _trend?.Last ?? long.MaxValue,
        };
        var memory = Math.Max(TrafficQuery.LeastMemory, _query.MemoryLimit) / 4;
        using var finisher = new RowFinisher(question, memory, folder, cancellation);
        using var rows = new WorkspaceRows(finisher, new TrafficRowReader(layout, names, _trend), question, folder, memory, areAdded: !IsAtOnce);
        foreach (var answer in Answers(cancellation))
        {
            foreach (var row in answer.Primary.Rows)
            {
                cancellation.ThrowIfCancellationRequested();
                rows.Add(row);
            }
        }

        if (TrafficLimits.WarningOfInterval(_query, rows.Minutes) is { } warning)
        {
            _warnings.Add(warning);
        }

        foreach (var measure in rows.Finish())
        {
            yield return measure;
        }
    }

    /// <summary>The summary; without flows when there are none.</summary>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="NsgFlowException">As for <see cref="ILogs.Query"/>; also <c>LogsWindowTooLarge</c>.</exception>
    public TrafficSummary Summary(CancellationToken cancellation)
    {
        var answer = Ask(new TrafficSummaryKql(_query, _question, _trend).Text(), isSummary: true, cancellation);
        return new WorkspaceSummary(_query, _trend, cancellation).Of(answer.Primary.Rows);
    }

    private IEnumerable<LogsAnswer> Answers(CancellationToken cancellation)
    {
        if (IsAtOnce)
        {
            yield return Ask(new TrafficRowsKql(_query, _question, _trend, isPart: false).Text(), isSummary: false, cancellation);
            yield break;
        }

        var start = _question.Start!.Value;
        var end = _question.End ?? _question.Now;
        var windows = new LogsWindows(_logs, _workspaces, (from, to) => TextOf(from, to, isWhole: from == start && to == end))
        {
            Step = TimeSpan.FromHours(1),
            Place = Place,
            ServerTimeout = ServerTimeout,
            Partial = _errors.Add,
            Asking = Asking,
        };
        using var answers = windows.Answers(start, end, cancellation).GetEnumerator();
        while (Next(answers))
        {
            _remarks.AddRange(answers.Current.Warnings.Except(_remarks));
            yield return answers.Current;
        }
    }

    private string AdviceForRows => "Ask for a shorter time, for fewer flows with a filter, or for fewer rows: "
        + (_query.Top is null ? "the first of them (-Top), only large ones (-MinFlows, -MinBytes), " : string.Empty) + "fewer fields in -By, longer buckets.";

    // Rows that are to be added to those of other windows may get above the thresholds, or among the first, only then: none is left to the rest there.
    private string TextOf(DateTime start, DateTime end, bool isWhole) =>
        new TrafficRowsKql(_query, isWhole ? _question : _question.Within(start, end), _trend, isPart: !isWhole).Text();

    private bool Next(IEnumerator<LogsAnswer> answers)
    {
        try
        {
            return answers.MoveNext();
        }
        catch (NsgFlowException e) when (e.ErrorId == "LogsWindowTooLarge")
        {
            throw TooLarge("Of one hour alone, the answer exceeds a limit of Log Analytics", e, AdviceForRows);
        }
    }

    private LogsAnswer Ask(string kql, bool isSummary, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Asking?.Invoke(_question.Start ?? DateTime.MinValue, _question.End ?? _question.Now);
        var answer = _logs.Query(new LogsRequest { Query = kql, Workspaces = _workspaces, Place = Place, ServerTimeout = ServerTimeout, MostBytes = LogsWindows.MostBytes }, cancellation);
        if (answer.IsCut)
        {
            throw TooLarge(isSummary, answer.Cut!);
        }

        if (answer.Partial is { } partial)
        {
            _errors.Add(partial);
        }

        _remarks.AddRange(answer.Warnings.Except(_remarks));
        return answer;
    }

    // What is asked at once: why it cannot be asked otherwise, and what would need less.
    private NsgFlowException TooLarge(bool isSummary, NsgFlowException cut) => isSummary
        ? TooLarge("The answer exceeds a limit of Log Analytics, and a summary cannot be added up from shorter times", cut, "Ask for a shorter time, or for fewer flows with a filter.")
        : _query.NeededDistinct != TrafficDistinct.None
            ? TooLarge(
                "The answer exceeds a limit of Log Analytics, and numbers of different values cannot be added up from shorter times",
                cut,
                "Ask for a shorter time, for fewer flows with a filter, for fewer rows (-Top, -MinFlows, fewer fields in -By), or leave -Distinct out.")
            : TooLarge("The answer exceeds a limit of Log Analytics, and without a start there is no shorter time to ask for", cut, AdviceForRows);

    private static NsgFlowException TooLarge(string message, NsgFlowException cut, string advice) => new("LogsWindowTooLarge", $"{message}: {cut.Message}", advice, cut)
    {
        ServiceCode = cut.ServiceCode,
        RequestId = cut.RequestId,
    };
}
