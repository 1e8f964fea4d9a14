using System.Collections.Generic;
using System.Management.Automation;
using NsgFlow.Arm;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Says why nothing arrives: looks at everything that a flow log needs, and says what to do about what is wrong.</summary>
[Cmdlet(VerbsDiagnostic.Test, "NsgFlowLog", DefaultParameterSetName = FlowLogSets.Target)]
[OutputType(typeof(FlowLogCheck))]
public sealed class TestNsgFlowLogCommand : ChosenFlowLogCmdlet
{
    private FlowLogExaminer? _examiner;

    /// <summary>AKS clusters, whose subnets are looked at.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("Aks", "AksClusterName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AksClusterCompleter))]
    public string[] AksCluster { get; set; } = [];

    /// <summary>Flow logs, as Get-NsgFlowLog gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FlowLogSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public FlowLog[] InputObject { get; set; } = [];

    /// <summary>Leaves the storage account's blobs out, which need a right of their own.</summary>
    [Parameter]
    public SwitchParameter SkipData { get; set; }

    private FlowLogExaminer Examiner => _examiner ??= new FlowLogExaminer(Arm, SkipData ? null : new BlobArrivals(new ArrivalOpener(OpenAzure, Say).Open));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        foreach (var log in ParameterSetName == FlowLogSets.InputObject ? InputObject : [])
            Guard(log, () => Write(Examiner.Examine(log, Cancellation)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var choice = Chosen();
        var isTarget = choice.Nsgs.Count + choice.VirtualNetworks.Count + choice.Subnets.Count + choice.NetworkInterfaces.Count + choice.Ids.Count + AksCluster.Length > 0;
        if (ParameterSetName == FlowLogSets.InputObject || (MyInvocation.ExpectingInput && !isTarget && choice.Names.Count == 0))
            return;

        // What has no flow log is to be found by what it is.
        if (isTarget && choice.Names.Count == 0)
        {
            foreach (var target in Needed(null, () => new FlowLogTargets(Finder, Fail, WriteWarning).Find(choice, AksCluster, Cancellation)))
                Guard(target.Id, () => Examine(target));
            return;
        }

        var count = 0;
        foreach (var log in List(choice))
        {
            count++;
            Guard(log, () => Write(Examiner.Examine(log, Cancellation)));
        }

        if (count == 0)
            WarnOfNone("Name a target (-VirtualNetwork) to see what it lacks.");
    }

    private void Examine(ArmResource target)
    {
        if (target.ResourceId.Segment("flowLogs") is null)
        {
            Write(Examiner.Examine(target.ResourceId, Cancellation));
            return;
        }

        var log = Arm.Get(target.Id, ResourceKind.FlowLog.ApiVersion, Cancellation)
            ?? throw new NsgFlowException("FlowLogNotFound", $"There is no flow log '{target.Name}'.", "Get-NsgFlowLog without names lists all that you may see.");
        Write(Examiner.Examine(new FlowLog(log), Cancellation));
    }

    private void Write(IEnumerable<FlowLogCheck> checks)
    {
        foreach (var check in checks)
        {
            Tick();
            WriteObject(check);
        }
    }
}
