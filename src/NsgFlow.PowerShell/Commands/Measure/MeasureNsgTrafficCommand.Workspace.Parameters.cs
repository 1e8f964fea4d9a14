using System;
using System.Management.Automation;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Commands;

// Measured in a workspace, from what Traffic Analytics wrote there.
public sealed partial class MeasureNsgTrafficCommand
{
    /// <summary>Log Analytics workspaces, by name, ARM id or customer id.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.Workspace)]
    [Parameter(ParameterSetName = SourceSets.FlowLog)]
    [Alias("CustomerId", "WorkspaceId", "WorkspaceResourceId")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [WorkspaceTransformation]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[] Workspace { get; set; } = [];

    /// <summary>In a workspace: the table of NSG flow logs, of virtual network flow logs; both when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public TrafficAnalyticsTable[] Table { get; set; } = [];

    /// <summary>In a workspace: how long the service may work on each query; ten minutes at most.</summary>
    [Parameter]
    [DurationTransformation(MostSeconds = 600)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan ServerTimeout { get; set; } = LogsRequest.LongestServerTimeout;

    /// <summary>Prints the query for a workspace and runs nothing.</summary>
    [Parameter]
    public SwitchParameter ShowQuery { get; set; }

    /// <inheritdoc/>
    [Parameter(ParameterSetName = SourceSets.Name, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.Path, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.LiteralPath)]
    [Parameter(ParameterSetName = SourceSets.Storage, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.ConnectionString, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.Workspace, ValueFromPipelineByPropertyName = true)]
    [Alias("TargetResourceId", "Id")]
    [ValidateNotNullOrEmpty]
    [ResourceIdTransformation]
    public override string[] ResourceId { get; set; } = [];

    // With -Workspace only to be refused by a message that says why; the engine's own would not.

    /// <inheritdoc/>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SourceSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = SourceSets.Workspace, DontShow = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathTransformation]
    public override string[] Path { get => base.Path; set => base.Path = value; }

    /// <inheritdoc/>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.Storage, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.Workspace, DontShow = true)]
    [Alias("StorageAccountName", "StorageId", "StorageAccountId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StorageAccountCompleter))]
    public override string StorageAccount { get => base.StorageAccount; set => base.StorageAccount = value; }
}
