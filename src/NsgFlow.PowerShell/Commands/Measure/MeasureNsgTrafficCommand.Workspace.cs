using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Measuring;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Commands;

// Measured where Traffic Analytics put it: everything is added up there, and only rows of the answer travel.
public sealed partial class MeasureNsgTrafficCommand
{
    // What reads blobs, and what makes up for what blobs do not tell.
    private static readonly (string Parameter, string Why)[] _localOnly =
    [
        (nameof(Inventory), "Traffic Analytics has the network's own names for addresses"),
        (nameof(ServiceTag), "Traffic Analytics knows Azure's addresses itself"),
        (nameof(ThreatList), "Traffic Analytics has Microsoft's feeds, and no other list"),
        (nameof(ThrottleLimit), "no blob is read"),
    ];

    private static readonly (string Parameter, string What)[] _remoteOnly =
    [
        (nameof(Table), "chooses among the tables of a workspace"),
        (nameof(ServerTimeout), "is for the query in a workspace"),
    ];

    private const string ForWorkspaces =
        "// For a Log Analytics workspace that Traffic Analytics writes to: what Measure-NsgTraffic -Workspace asks. Without -Workspace, flow logs are read instead.\n";

    private readonly List<FlowLog> _flowLogs = [];
    private TimeRange _askedTime;

    private bool IsRemote => Workspace.Length > 0 || ShowQuery;

    private void CheckLocal()
    {
        foreach (var (parameter, what) in _remoteOnly)
        {
            if (MyInvocation.BoundParameters.TryGetValue(parameter, out var value))
            {
                ThrowTerminatingError(FlowErrors.BadArguments(
                    "WorkspaceMissing", $"-{parameter} {what}, and no workspace was given.", value, $"Add -Workspace, or leave -{parameter} out to measure the flow logs themselves."));
            }
        }
    }

    private void BeginAsking()
    {
        RefuseOtherPlaces();
        foreach (var (parameter, why) in _localOnly)
        {
            if (MyInvocation.BoundParameters.ContainsKey(parameter))
            {
                ThrowTerminatingError(FlowErrors.BadArguments(
                    "AnalyticsCannotAnswer", $"-{parameter} is for flow logs that are read here: {why}.", null, $"Leave it out; or measure the flow logs themselves, with -{parameter} and without -Workspace."));
            }
        }

        _askedTime = ChooseTime(UsualAskedTime);
        CheckBucket(_askedTime.Start, _askedTime.End ?? DateTime.UtcNow);
    }

    // Which parameter set it is may be known only when the pipeline has brought something.
    private void RefuseOtherPlaces()
    {
        var place = ParameterSetName switch
        {
            SourceSets.Storage or SourceSets.ConnectionString => "a storage account",
            SourceSets.Path or SourceSets.LiteralPath => "files",
            SourceSets.Blob => "blobs",
            SourceSets.Record => "flow records",
            _ when Path.Length > 0 => "files",
            _ when StorageAccount.Length > 0 => "a storage account",
            _ => null,
        };
        if (place is not null)
        {
            ThrowTerminatingError(FlowErrors.BadArguments(
                "SourceAmbiguous",
                $"-{(ShowQuery ? nameof(ShowQuery) : nameof(Workspace))} is about Traffic Analytics' tables in Log Analytics, and what was given are {place}.",
                null,
                $"Leave one out: without -{(ShowQuery ? nameof(ShowQuery) : nameof(Workspace))} Measure-NsgTraffic reads {place} here."));
        }
    }

    private void Remember()
    {
        RefuseOtherPlaces();
        _ids.AddRange(ResourceId);
        _flowLogs.AddRange(FlowLog);
    }

    private void AskWorkspaces()
    {
        if (HadNoInput)
        {
            WriteWarning("No traffic: there was no input.");
            return;
        }

        ResourceId = [.. _ids.Distinct(StringComparer.OrdinalIgnoreCase)];
        try
        {
            AskThem();
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, string.Join(", ", Workspace)));
        }
        catch (TrafficBucketsException e)
        {
            ThrowTerminatingError(FlowErrors.BucketsTooMany(e, _bucket));
        }
        catch (TrafficSpillException e)
        {
            ThrowTerminatingError(FlowErrors.SpillFailed(e));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
    }

    private void AskThem()
    {
        var scope = InWorkspace(_flowLogs);
        var query = MakeQuery(scope, _askedTime);
        var question = new AnalyticsQuestion { Tables = Table, Filter = query.Filter };
        // Made in any case: what the tables cannot answer is said before anybody is asked.
        var kql = IsSummary ? TrafficKql.Summary(query, question) : TrafficKql.Rows(query, question);
        if (ShowQuery)
        {
            WriteObject(Workspace.Length > 0 ? kql : ForWorkspaces + kql);
            return;
        }

        var place = new AskedPlace(scope, Workspaces.Named(Workspace, Cancellation));
        AnalyticsDelay.Warn(this, _askedTime);
        var logs = WaitForLogs();
        var asker = new WorkspaceAsker(logs, place, question, ServerTimeout, Report, Say);
        try
        {
            Write(new WorkspaceMeasurement(logs, place.Workspaces, query, question) { ServerTimeout = ServerTimeout }, asker, place);
        }
        catch (NsgFlowException e)
        {
            throw asker.Explained(e, Cancellation);
        }
    }

    private void Write(WorkspaceMeasurement measurement, WorkspaceAsker asker, AskedPlace place)
    {
        var flows = 0L;
        var summary = IsSummary ? measurement.Summary(Cancellation) : null;
        if (summary is null)
        {
            foreach (var row in measurement.Rows(Cancellation))
            {
                flows += row.Flows;
                WriteObject(TrafficObject.Of(row));
            }
        }

        // That none of the flows that are there is of the kind is an answer; that none is there is none, and nothing can be told from what may be missing.
        var isNothing = (summary?.Flows ?? flows) == 0;
        var presence = isNothing && measurement.Errors.Count == 0 ? asker.Presence(Cancellation) : null;
        if (summary is not null && (!isNothing || presence is { Rows: > 0 }))
            WriteObject(TrafficObject.Of(summary));
        foreach (var warning in measurement.Warnings)
            WriteWarning(warning);
        foreach (var remark in measurement.Remarks)
            WriteVerbose("Log Analytics remarks: " + remark);
        foreach (var error in measurement.Errors)
            Report(FlowErrors.Failure(error, place.ToString()));
        if (presence is not null)
            WriteWarning(asker.WhyNothing("No traffic", presence, _askedTime));
    }
}
