using System.Management.Automation;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Removes flow logs; the blobs they wrote stay.</summary>
[Cmdlet(VerbsCommon.Remove, "NsgFlowLog", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = FlowLogSets.Target)]
[OutputType(typeof(void))]
public sealed class RemoveNsgFlowLogCommand : WritingFlowLogCmdlet
{
    private FlowLogChanger? _changer;

    /// <summary>Does not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    internal override void Handle(FlowLog log)
    {
        _changer ??= new FlowLogChanger(this, Tick) { IsForced = Force, IsNoWait = NoWait };
        _changer.Remove(log);
    }
}
