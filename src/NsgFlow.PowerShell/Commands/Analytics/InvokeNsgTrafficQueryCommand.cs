using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Filtering;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Query;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Runs a query in Log Analytics.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "NsgTrafficQuery", DefaultParameterSetName = QuerySets.Query)]
[OutputType(TrafficRow.TypeName)]
public sealed partial class InvokeNsgTrafficQueryCommand : AzureCmdlet
{
    private DateTime? _startTime;
    private DateTime? _endTime;
    private TimeSpan? _last;
    private TimeSpan? _serverTimeout;
    private bool _isDelayTold;

    /// <summary>The KQL to run.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuerySets.Query, ValueFromPipeline = true)]
    [Alias("Kql")]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = string.Empty;

    /// <summary>A question of Microsoft's about the tables of Traffic Analytics.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuerySets.Question)]
    [ValidateNotNullOrEmpty]
    [QuestionTransformation]
    [ArgumentCompleter(typeof(QuestionCompleter))]
    public string Question { get; set; } = string.Empty;

    /// <summary>The flow logs whose tables are asked; both kinds when not given.</summary>
    [Parameter(ParameterSetName = QuerySets.Question)]
    [ValidateNotNullOrEmpty]
    public TrafficAnalyticsTable[] Table { get; set; } = [];

    /// <summary>The addresses that a question is about.</summary>
    [Parameter(ParameterSetName = QuerySets.Question)]
    [Alias("Ip", "IpAddress")]
    [ValidateNotNullOrEmpty]
    [AddressTransformation]
    public string[] Address { get; set; } = [];

    /// <summary>Rows of this time: 7d, PT24H, or start/end.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [TimespanTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public string? Timespan { get; set; }

    /// <summary>Rows from this moment on.</summary>
    [Parameter]
    [Alias("Since")]
    [TimeTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DateTime StartTime { get => _startTime.GetValueOrDefault(); set => _startTime = value; }

    /// <summary>Rows before this moment.</summary>
    [Parameter]
    [Alias("Until")]
    [TimeTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public DateTime EndTime { get => _endTime.GetValueOrDefault(); set => _endTime = value; }

    /// <summary>Rows of this long before now, or before -EndTime.</summary>
    [Parameter]
    [DurationTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan Last { get => _last.GetValueOrDefault(); set => _last = value; }

    /// <summary>How long the service may work on the query; ten minutes at most.</summary>
    [Parameter]
    [DurationTransformation(MostSeconds = 600)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan ServerTimeout { get => _serverTimeout.GetValueOrDefault(); set => _serverTimeout = value; }

    /// <summary>Gives the KQL out, and runs nothing.</summary>
    [Parameter]
    public SwitchParameter ShowQuery { get; set; }

    private bool IsQuestion => ParameterSetName == QuerySets.Question;

    private void Ask()
    {
        var time = Time();
        var query = IsQuestion ? Written(time) : Query;
        if (ShowQuery)
            WriteObject(query);
        else if (Chosen() is { Count: > 0 } workspaces)
            Run(query, workspaces, time);
    }

    /// <summary>The KQL of a question. It holds the time, by that of the flows.</summary>
    private string Written(TimeRange time)
    {
        try
        {
            return AnalyticsQuestions.Find(Question)!.Kql(new AnalyticsQuestion
            {
                Tables = Table,
                Filter = new FlowFilter { Address = Address.Length == 0 ? null : AddressSet.Parse(Address), Start = time.Start, End = time.End },
            });
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, Question));
            throw;
        }
    }

    // The time of a question is that of the flows; that of a query is when rows came, of which none is late.
    private void WarnOfDelay(TimeRange time)
    {
        if (!IsQuestion || _isDelayTold)
            return;
        _isDelayTold = true;
        AnalyticsDelay.Warn(this, time);
    }

    private TimeRange Time()
    {
        if (Timespan is not null && (_startTime is not null || _endTime is not null || _last is not null))
            ThrowTerminatingError(FlowErrors.BadArguments("TimeAmbiguous", "Give -Timespan, or -StartTime, -EndTime and -Last, not both.", Timespan));
        if (Timespan is null)
        {
            var byDefault = IsQuestion ? TimeSpan.FromDays(1) : default(TimeSpan?);
            var range = TimeRange.Choose(_startTime, _endTime, _last, byDefault, out var wrong);
            if (wrong is not null)
                ThrowTerminatingError(wrong);
            return range;
        }

        // It was read once when it was bound.
        LogsTimespan.TryParse(Timespan, DateTime.UtcNow, out var start, out var end, out _);
        return new TimeRange(start, end);
    }

    private void Run(string query, IReadOnlyList<Workspace> workspaces, TimeRange time)
    {
        var where = string.Join(", ", workspaces.Select(static workspace => workspace.Name));
        var request = new LogsRequest
        {
            Query = query,
            Workspaces = [.. workspaces.Select(static workspace => workspace.CustomerId)],

            // Rows of a question's time come into the workspace later, which its KQL knows.
            Start = IsQuestion ? null : time.Start,
            End = IsQuestion ? null : time.End,
            ServerTimeout = _serverTimeout,

            // Who writes a query says in it how many rows are wanted.
            MostBytes = IsQuestion ? LogsWindows.MostBytes : null,
        };
        WarnOfDelay(time);
        try
        {
            Write(WaitForLogs().Query(request, Cancellation), where, time);
        }
        catch (NsgFlowException e)
        {
            Report(FlowErrors.Failure(e, where));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped: there is nobody left to be told.
        }
    }

    private void Write(LogsAnswer answer, string where, TimeRange time)
    {
        foreach (var warning in answer.Warnings)
        {
            // A question is asked of the tables of both kinds of flow logs, of which most workspaces have one.
            if (IsQuestion && warning.Contains("Failed to resolve table"))
                WriteVerbose("Log Analytics remarks: " + warning);
            else
                WriteWarning("Log Analytics remarks: " + warning);
        }

        long rows = 0;
        foreach (var table in answer.Tables)
        {
            var shape = new TrafficRow(table.Columns, TrafficRow.IsFit(table));
            foreach (var row in table.Rows)
            {
                WriteObject(shape.Of(row));
                rows++;
            }
        }

        foreach (var failure in new[] { IsQuestion ? TooLarge(answer.Cut) : answer.Cut, answer.Partial })
        {
            if (failure is not null)
                Report(FlowErrors.Failure(failure, where));
        }

        if (rows == 0 && !answer.IsCut && answer.Partial is null)
            WriteWarning($"The query gave no rows in {where}{time}. Traffic Analytics' tables get theirs up to an hour after the flows.");
    }

    // The sums of a question cannot be made from those of shorter times.
    private static NsgFlowException? TooLarge(NsgFlowException? cut) => cut is null ? null : new NsgFlowException(
        "LogsWindowTooLarge",
        "The answer to the question has more rows than can be had at once: " + cut.Message,
        "Ask for a shorter time (-Last), one kind of flow logs (-Table) or some addresses (-Address); or take the query (-ShowQuery), put '| take 1000' behind it, and run that as -Query: its largest rows come first.",
        cut)
    {
        ServiceCode = cut.ServiceCode,
        RequestId = cut.RequestId,
    };
}
