using System.Management.Automation;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Switches flow logs off, Traffic Analytics with them; everything else about them stays.</summary>
[Cmdlet(VerbsLifecycle.Disable, "NsgFlowLog", SupportsShouldProcess = true, DefaultParameterSetName = FlowLogSets.Target)]
[OutputType(typeof(FlowLog))]
public sealed class DisableNsgFlowLogCommand : WritingFlowLogCmdlet
{
    private static readonly FlowLogSettings _off = new() { Enabled = false };

    private FlowLogChanger? _changer;

    /// <summary>Gives the flow log out.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    internal override void Handle(FlowLog log)
    {
        _changer ??= new FlowLogChanger(this, Tick) { IsNoWait = NoWait, IsPassedOn = PassThru };
        _changer.Change(Setup.PlanChange(log, _off, Cancellation));
    }
}
