using System;
using System.Management.Automation;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Query;

namespace NsgFlow.PowerShell.Commands;

// Where, which table, and what of it; whose flows and of when are the parameters of every cmdlet that asks about flows.
public sealed partial class GetNsgTrafficAnalyticsCommand
{
    /// <summary>Flow logs from Get-NsgFlowLog: what Traffic Analytics made of them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SourceSets.FlowLog, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public FlowLog[] FlowLog { get; set; } = [];

    /// <summary>ARM ids of targets, or of what they lie in.</summary>
    [Parameter(ParameterSetName = SourceSets.Name, ValueFromPipelineByPropertyName = true)]
    [Alias("TargetResourceId", "Id")]
    [ValidateNotNullOrEmpty]
    [ResourceIdTransformation]
    public override string[] ResourceId { get; set; } = [];

    /// <summary>Log Analytics workspaces, by name, ARM id or customer id; those of the flow logs when not given.</summary>
    // Not by property name with flow logs, whose Workspace is a name only.
    [Parameter(ParameterSetName = SourceSets.Name, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = SourceSets.FlowLog)]
    [Alias("CustomerId", "WorkspaceId", "WorkspaceResourceId")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [WorkspaceTransformation]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    public string[] Workspace { get; set; } = [];

    /// <summary>Tables: that of NSG flow logs, of virtual network flow logs; both when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public TrafficAnalyticsTable[] Table { get; set; } = [];

    /// <summary>Flow types as Traffic Analytics found them.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public FlowType[] FlowType { get; set; } = [];

    /// <summary>Flows with addresses that Microsoft reports as malicious, with what is known of these.</summary>
    [Parameter]
    public SwitchParameter Malicious { get; set; }

    /// <summary>What Traffic Analytics knows of the network, instead of flows.</summary>
    [Parameter]
    public SwitchParameter Topology { get; set; }

    /// <summary>How long the service may work on each query; ten minutes at most.</summary>
    // The most unless told otherwise: the service's own three minutes are short for a week of a busy workspace, and who is done earlier answers earlier.
    [Parameter]
    [DurationTransformation(MostSeconds = 600)]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan ServerTimeout { get; set; } = LogsRequest.LongestServerTimeout;

    /// <summary>Prints the query and runs nothing.</summary>
    [Parameter]
    public SwitchParameter ShowQuery { get; set; }
}
