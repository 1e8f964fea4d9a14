using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using NsgFlow.PowerShell.Errors;
using NsgFlow.Resources;

namespace NsgFlow.PowerShell.Pipeline;

// By the names of Azure resources alone: the flow logs, and with them the storage accounts, are found through ARM.
public abstract partial class SourceCmdlet
{
    private NamedSources? _named;

    /// <summary>Whether it was already said why there is nothing: no resource, no flow log, or none that could be asked.</summary>
    private protected bool IsNothingNamed => IsByName && _named is { HasSources: false };

    /// <summary>Whose flows; made anew for each object from the pipeline, which may bring a resource id.</summary>
    private protected FlowScope MakeScope() => IsByName && _named is { } named ? named.Scope(ReadsTargetsTogether) : ByName();

    /// <summary>Whether some places could not be found for a failure, so that what is in them is missing.</summary>
    private protected bool HasUnfoundPlaces { get; private set; }

    private bool IsByName => ParameterSetName is SourceSets.Name or SourceSets.FlowLog;

    private IReadOnlyList<FlowPlace> InAzure()
    {
        if (Named(FlowLog) is not { } target)
        {
            ThrowTerminatingError(FlowErrors.SourceMissing(MyInvocation.MyCommand.Name));
            return [];
        }

        // Get-AzOperationalInsightsWorkspace brings these.
        if (Array.Find(ResourceId, static id => new ResourceId(id).Segment("workspaces") is not null) is { } workspace)
            ThrowTerminatingError(FlowErrors.WorkspaceIsNoSource(workspace));
        try
        {
            _named ??= new NamedSources(new FlowLogFinder(Finder, Say));
            var found = _named.Find(Question(FlowLog), Cancellation);
            foreach (var warning in found.Warnings)
                WriteWarning(warning);
            HasUnfoundPlaces |= found.Failures.Count > 0;
            foreach (var failure in found.Failures)
                Report(FlowErrors.Failure(failure, target));
            return [.. found.Sources.Select(source => InSource(source, found.Scope))];
        }
        catch (NsgFlowException e)
        {
            ThrowTerminatingError(FlowErrors.Failure(e, target));
            throw;
        }
    }

    private FlowPlace InSource(FlowLogSource source, FlowScope scope)
    {
        AddPlace($"storage account {source.Account}");
        Say($"Azure: {string.Join(", ", source.FlowLogs.Select(static log => log.Name).Take(10))} write to {source}");
        var query = new FlowBlobQuery { Scope = scope, FlowLogs = source.FlowLogs, Start = Time.Start, End = Time.End, MacAddresses = MacAddress };
        var store = _named!.Store(source, one => StorageOpener.Open(one, OpenAzure(), Say));
        return new FlowPlace(_ => store, query, source.ToString());
    }
}
