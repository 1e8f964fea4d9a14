using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using NsgFlow.PowerShell.Binding;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Replaces NSG flow logs by the fewest flow logs of virtual networks, subnets or network interfaces that log the same.</summary>
[Cmdlet(VerbsData.Convert, "NsgFlowLog", SupportsShouldProcess = true, DefaultParameterSetName = FlowLogSets.Target)]
[OutputType(typeof(FlowLogConversionStep))]
public sealed class ConvertNsgFlowLogCommand : ChosenFlowLogCmdlet
{
    private readonly List<FlowLog> _logs = [];
    private FlowLogConverter? _converter;

    /// <summary>AKS clusters, the flow logs of whose NSGs are meant.</summary>
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("Aks", "AksClusterName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AksClusterCompleter))]
    public string[] AksCluster { get; set; } = [];

    /// <summary>NSG flow logs, as Get-NsgFlowLog gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FlowLogSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public FlowLog[] InputObject { get; set; } = [];

    /// <summary>Gives the plan, and does nothing.</summary>
    [Parameter]
    public SwitchParameter PlanOnly { get; set; }

    /// <summary>Takes whole networks and subnets, also where some network interfaces in them were not logged.</summary>
    [Parameter]
    public SwitchParameter AllowMore { get; set; }

    /// <summary>Leaves the NSG flow logs on.</summary>
    [Parameter]
    public SwitchParameter KeepNsgFlowLog { get; set; }

    /// <summary>How long to wait for the new flow logs to write; 0 does not wait, and leaves the NSG flow logs on.</summary>
    [Parameter]
    [DurationTransformation(AllowZero = true)]
    public TimeSpan VerifyTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Registers a resource provider that is missing, without a question.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private FlowLogConverter Converter => _converter ??= new FlowLogConverter(Arm, Setup, new BlobArrivals(new ArrivalOpener(OpenAzure, Say).Open));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (ParameterSetName == FlowLogSets.InputObject)
            _logs.AddRange(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == FlowLogSets.Target && !TryChoose())
            return;
        var others = _logs.RemoveAll(static log => log.Kind != FlowLogKind.Nsg || log.IsBeingDeleted);
        if (others > 0)
            WriteVerbose($"{others} flow logs are no NSG flow logs, or are being deleted, and are passed over.");
        if (_logs.Count == 0)
        {
            WriteWarning("No NSG flow log is meant, so there is nothing to convert. Get-NsgFlowLog -Kind Nsg lists those that you may see.");
            return;
        }

        var options = new FlowLogConversionOptions { AllowMore = AllowMore, KeepNsgFlowLog = KeepNsgFlowLog, Verify = VerifyTimeout > TimeSpan.Zero };
        var steps = Needed(null, () => Converter.Plan(_logs, options, (log, failure) => Report(FlowErrors.Failure(failure, log)), Cancellation));
        if (steps.Count == 0)
            WriteWarning("Nothing is left to do: these NSG flow logs are off, and what they logged is logged otherwise.");
        else if (PlanOnly)
            WriteObject(steps, enumerateCollection: true);
        else
            new ConversionRun(this, Converter, new FlowLogChanger(this, Tick) { IsForced = Force }, VerifyTimeout, Tick).Run(steps);
    }

    // False when it has been said that nothing is meant.
    private bool TryChoose()
    {
        var choice = Chosen();
        var hasNames = choice.HasNames || AksCluster.Length > 0;
        if (MyInvocation.ExpectingInput && !hasNames)
            return false;
        // Wildcards can say "all"; nothing at all is a slip.
        if (!hasNames)
            ThrowTerminatingError(FlowErrors.FlowLogUnnamed(MyInvocation.MyCommand.Name));
        var isAround = VirtualNetwork.Length + Subnet.Length + NetworkInterface.Length + AksCluster.Length > 0
            || choice.Ids.Any(static id => FlowLog.KindOf(new ResourceId(id)) is not (FlowLogTargetKind.Nsg or FlowLogTargetKind.Unknown));
        if (isAround)
            ChooseAround(choice);
        else
            _logs.AddRange(choice.Certain([.. List(choice)], Fail));
        return true;
    }

    // The flow logs of NSGs that are on what was named.
    private void ChooseAround(FlowLogChoice choice)
    {
        var targets = Needed(null, () => new FlowLogTargets(Finder, Fail, WriteWarning).Find(choice, AksCluster, Cancellation));
        foreach (var subscription in targets.GroupBy(static target => target.SubscriptionId, StringComparer.OrdinalIgnoreCase))
        {
            var logs = List(new FlowLogChoice { Subscriptions = [subscription.Key ?? string.Empty], Kind = FlowLogKind.Nsg }).ToList();
            foreach (var target in subscription)
            {
                Guard(target.Id, () => _logs.AddRange(target.ResourceId.Nsg is null
                    ? Converter.Over(target.ResourceId, logs, Cancellation)
                    : logs.Where(log => new ResourceId(log.TargetResourceId) == target.ResourceId)));
            }
        }
    }
}
