using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Display;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Resources;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Commands;

// Whom to ask, and how often: a query from the command line once, whatever the pipeline brings; queries of the pipeline one by one.
public sealed partial class InvokeNsgTrafficQueryCommand
{
    // A message has room for five.
    private const int MostShown = 5;

    private readonly Dictionary<string, IReadOnlyList<Workspace>> _found = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _workspaces = [];
    private readonly List<string> _off = [];
    private bool _isOneQuery;
    private bool _isOneWorkspace;
    private bool _hadInput;

    /// <summary>Names, ARM ids or customer ids of the workspaces to ask, all in one query.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("CustomerId", "WorkspaceId", "WorkspaceResourceId", "ResourceId")]
    // A flow log without Traffic Analytics has none; that is said of it, and no error.
    [AllowNull]
    [SupportsWildcards]
    [WorkspaceTransformation]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[] Workspace { get; set => field = value ?? []; } = [];

    /// <summary>Flow logs, of which the workspaces of their Traffic Analytics are asked.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public FlowLog[] FlowLog { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isOneQuery = ParameterSetName == QuerySets.Question || MyInvocation.BoundParameters.ContainsKey(nameof(Query));
        _isOneWorkspace = MyInvocation.BoundParameters.ContainsKey(nameof(Workspace));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        _hadInput = true;
        if (!_isOneQuery)
        {
            Ask();
            return;
        }

        // Flow logs, network interfaces … of one workspace would each bring all of its rows.
        if (FlowLog.Length == 0 || _isOneWorkspace)
            _workspaces.AddRange(Workspace);
        else
            Remember();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!_isOneQuery)
            return;
        if (_off.Count > 0)
            WriteWarning($"Traffic Analytics is off for {string.Join(", ", _off.Take(MostShown))}{(_off.Count > MostShown ? ", \u2026" : string.Empty)}: no workspace is asked for {(_off.Count == 1 ? "it" : "them")}.");
        if (MyInvocation.ExpectingInput && !_hadInput)
        {
            WriteWarning("The query was not run: there was no input.");
            return;
        }

        Workspace = [.. _workspaces.Distinct(StringComparer.OrdinalIgnoreCase)];
        if (Workspace.Length > 0 || _off.Count == 0 || ShowQuery)
            Ask();
    }

    // Their ids, which are certain; by name only, there may be others of it.
    private void Remember()
    {
        foreach (var log in FlowLog)
        {
            if (log.TrafficAnalytics && (log.WorkspaceId ?? log.WorkspaceResourceId) is { } id)
                _workspaces.Add(id);
            else
                _off.Add($"'{FlowFormat.Text(log.Name)}'");
        }
    }

    /// <summary>The workspaces to ask; null when they cannot be had, which was said.</summary>
    private IReadOnlyList<Workspace>? Chosen()
    {
        var key = string.Join("\n", Workspace);
        try
        {
            if (!_found.TryGetValue(key, out var workspaces))
                _found[key] = workspaces = new WorkspaceFinder(() => Finder, Say).Named(Workspace, Cancellation);
            return workspaces;
        }
        catch (NsgFlowException e) when (e.ErrorId == "WorkspaceMissing")
        {
            ThrowTerminatingError(FlowErrors.Failure(e, null));
            throw;
        }
        catch (NsgFlowException e)
        {
            Report(FlowErrors.Failure(e, string.Join(", ", Workspace)));
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped: there is nobody left to be told.
        }

        return null;
    }
}
