using System.Management.Automation;
using NsgFlow.Arm;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Sees to it that things have a flow log that logs: creates it, switches it on, changes it; what is already so is not written.</summary>
[Cmdlet(VerbsLifecycle.Enable, "NsgFlowLog", SupportsShouldProcess = true, DefaultParameterSetName = FlowLogSets.Target)]
[OutputType(typeof(FlowLog))]
public sealed partial class EnableNsgFlowLogCommand : FlowLogCmdlet, IFlowLogSettings
{
    private FlowLogSettings _plain = new();
    private SettingsReader<EnableNsgFlowLogCommand>? _reader;
    private FlowLogChanger? _changer;

    /// <summary>Name of a new flow log.</summary>
    // Not by property name: the Name of a virtual network from the pipeline is not one for its flow log.
    [Parameter(ParameterSetName = FlowLogSets.Target)]
    [Alias("FlowLogName")]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>AKS clusters, whose subnets are to be logged.</summary>
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

    /// <summary>Creates a network watcher and registers a resource provider that is missing, without a question.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns without waiting for Azure to end.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>Gives the flow log out.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reader = new(this);
        _plain = Needed(null, () => _reader.Plain(true, Name));
        _changer = new FlowLogChanger(this, Tick) { IsForced = Force, IsNoWait = NoWait, IsPassedOn = PassThru };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == FlowLogSets.InputObject)
        {
            foreach (var log in InputObject)
                Guard(log, () => Change(log));
            return;
        }

        var choice = Choice([], [], ResourceId);
        if (!choice.HasNames && AksCluster.Length == 0)
        {
            if (MyInvocation.ExpectingInput)
                WriteError(FlowErrors.FlowLogUnnamed(MyInvocation.MyCommand.Name));
            else
                ThrowTerminatingError(FlowErrors.FlowLogUnnamed(MyInvocation.MyCommand.Name));
            return;
        }

        var targets = Needed(null, () => new FlowLogTargets(Finder, Fail, WriteWarning).Find(choice, AksCluster, Cancellation));
        foreach (var target in targets)
            Guard(target.Id, () => Change(target));
    }

    private void Change(ArmResource target)
    {
        // What a flow log's id is given for is what it logs.
        if (target.ResourceId.Segment("flowLogs") is not null)
        {
            Change(new FlowLog(target));
            return;
        }

        // A slip in the account's name must not hide that no account would do.
        var settings = Setup.IsBlocked(target, Cancellation) ? _reader!.Told(_plain) : _reader!.Complete(_plain);
        _changer!.Change(Setup.PlanTarget(target, settings, Cancellation));
    }

    private void Change(FlowLog log) => _changer!.Change(Setup.PlanChange(log, _reader!.Complete(_plain), Cancellation));
}
