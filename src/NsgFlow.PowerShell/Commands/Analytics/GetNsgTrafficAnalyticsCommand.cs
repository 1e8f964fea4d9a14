using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Display;
using NsgFlow.Filtering;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Gets what Traffic Analytics wrote to Log Analytics.</summary>
[Cmdlet(VerbsCommon.Get, "NsgTrafficAnalytics", DefaultParameterSetName = SourceSets.Name)]
[OutputType(typeof(TrafficAnalyticsRecord), typeof(string))]
public sealed partial class GetNsgTrafficAnalyticsCommand : ScopeCmdlet, IFilterParameters
{
    // No types of .NET: they have views of their own.
    private const string MaliciousTypeName = "NsgFlow.TrafficAnalyticsRecord.Malicious";
    private const string TopologyTypeName = TrafficRow.TypeName + ".Topology";

    // A message has room for five.
    private const int MostShown = 5;

    private static readonly string[] _aboutFlows =
    [
        nameof(Address), nameof(SourceAddress), nameof(DestinationAddress), nameof(ExcludeAddress), nameof(Port), nameof(SourcePort), nameof(DestinationPort), nameof(ExcludePort),
        nameof(Protocol), nameof(Direction), nameof(Decision), nameof(State), nameof(Encryption), nameof(Rule), nameof(ExcludeRule), nameof(MacAddress), nameof(MinBytes),
        nameof(FlowType), nameof(Malicious),
    ];

    private readonly List<FlowLog> _flowLogs = [];
    private readonly List<string> _ids = [];
    private readonly List<string> _workspaces = [];
    private TrafficRow? _columns;
    private bool _hadInput;
    private TimeRange _time;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _time = ChooseTime(UsualAskedTime);
        if (Topology && Array.Find(_aboutFlows, MyInvocation.BoundParameters.ContainsKey) is { } aboutFlows)
        {
            ThrowTerminatingError(FlowErrors.BadArguments(
                "TopologyAmbiguous", $"-Topology is about the network, and -{aboutFlows} about flows.", null, "Leave one of them out."));
        }
    }

    /// <inheritdoc/>
    // All objects of the pipeline are asked about at once: each row comes once, however many of them it is of.
    protected override void ProcessRecord()
    {
        _hadInput = true;
        _flowLogs.AddRange(FlowLog);
        _ids.AddRange(ResourceId);
        _workspaces.AddRange(Workspace);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (MyInvocation.ExpectingInput && !_hadInput)
        {
            WriteWarning("No flow of Traffic Analytics: there was no input.");
            return;
        }

        ResourceId = [.. _ids.Distinct(StringComparer.OrdinalIgnoreCase)];
        try
        {
            Ask();
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, Named(_flowLogs) ?? string.Join(", ", _workspaces)));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
    }

    private void Ask()
    {
        // What the tables cannot answer is said before anybody is asked.
        AnalyticsLimits.Check(MakeQuestion(FlowScope.Everything));
        if (FindPlace() is not { } place)
            return;
        var question = MakeQuestion(place.Scope);
        foreach (var warning in AnalyticsLimits.Warnings(question))
            WriteWarning(warning);
        if (ShowQuery)
        {
            WriteObject(Kql(question));
            return;
        }

        // Topology is of the time when its rows came.
        if (!Topology)
            AnalyticsDelay.Warn(this, _time);
        var asker = new WorkspaceAsker(WaitForLogs(), place, question, ServerTimeout, Report, Say);
        var count = 0L;
        try
        {
            foreach (var row in asker.Rows(Kql, Cancellation))
            {
                count++;
                WriteObject(Topology ? ShownTopology(row) : Shown(TrafficAnalyticsRecord.Of(row)));
            }
        }
        catch (NsgFlowException e)
        {
            throw Topology ? asker.ExplainedTopology(e, Cancellation) : asker.Explained(e, Cancellation);
        }

        if (count > 0 || asker.IsPartial)
            return;
        WriteWarning(Topology
            ? $"No topology of Traffic Analytics: {place} has no such row{_time}{(place.Scope.IsEverything ? string.Empty : $" (wanted: {place.Scope})")}. A longer time may have one: rows are written when something in the network has changed."
            : asker.WhyNothing("No flow of Traffic Analytics", asker.Presence(Cancellation), _time));
    }

    private AnalyticsQuestion MakeQuestion(FlowScope scope) =>
        new() { Tables = Table, Filter = FilterBuilder.Make(this, scope, _time), FlowTypes = FlowType, IsMalicious = Malicious };

    /// <summary>Where to ask, and about whose flows; null when errors have said already why there is nothing to ask.</summary>
    private AskedPlace? FindPlace()
    {
        // What only shows a query asks nobody what it can do without: names stand in it as they were given.
        if (ShowQuery)
            return new AskedPlace(InWorkspace(_flowLogs), []);
        if (_workspaces.Count > 0)
            return new AskedPlace(InWorkspace(_flowLogs), Workspaces.Named(_workspaces, Cancellation));
        var place = Workspaces.Of(Question(_flowLogs), Cancellation);
        foreach (var warning in place.Found.Warnings)
            WriteWarning(warning);
        foreach (var failure in place.Found.Failures)
            Report(FlowErrors.Failure(failure, Named(_flowLogs)));
        WarnOfOff(place.Found.FlowLogs);
        return place.Workspaces.Count == 0 ? null : new AskedPlace(place.Found.Scope, place.Workspaces);
    }

    private void WarnOfOff(IReadOnlyList<FlowLog> flowLogs)
    {
        var off = flowLogs.Where(static log => log is { Enabled: true, TrafficAnalytics: false }).Select(static log => $"'{FlowFormat.Text(log.Name)}'").ToList();
        if (off.Count > 0)
            WriteWarning($"Traffic Analytics is off for {string.Join(", ", off.Take(MostShown))}{(off.Count > MostShown ? ", \u2026" : string.Empty)}: what only these flow logs write is in no workspace. Get-NsgFlowRecord reads it.");
    }

    /// <summary>Of malicious flows the view has what the address is known for.</summary>
    private object Shown(TrafficAnalyticsRecord record)
    {
        if (!Malicious)
            return record;
        var shown = new PSObject(record);
        shown.TypeNames.Insert(0, MaliciousTypeName);
        return shown;
    }

    /// <summary>With all columns; the view has those that the row has a value of.</summary>
    private PSObject ShownTopology(LogsRow row)
    {
        var shown = (_columns ??= new TrafficRow(row.Columns)).Of(row);
        shown.TypeNames.Insert(1, TopologyTypeName);
        return shown;
    }

    private string Kql(AnalyticsQuestion question) => Topology ? AnalyticsKql.Topology(question) : AnalyticsKql.Rows(question);
}
