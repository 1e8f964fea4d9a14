using System.Management.Automation;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Changes flow logs that there are: what is given changes, everything else stays.</summary>
[Cmdlet(VerbsCommon.Set, "NsgFlowLog", SupportsShouldProcess = true, DefaultParameterSetName = FlowLogSets.Target)]
[OutputType(typeof(FlowLog))]
public sealed partial class SetNsgFlowLogCommand : WritingFlowLogCmdlet, IFlowLogSettings
{
    private FlowLogSettings _plain = new();
    private SettingsReader<SetNsgFlowLogCommand>? _reader;
    private FlowLogChanger? _changer;

    /// <summary>Registers a resource provider that is missing, without a question.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the flow log out.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _reader = new(this);
        _plain = Needed(null, () => _reader.Plain(null, null));
        _changer = new FlowLogChanger(this, Tick) { IsForced = Force, IsNoWait = NoWait, IsPassedOn = PassThru };
    }

    /// <inheritdoc/>
    internal override void Handle(FlowLog log)
    {
        var settings = _reader!.Complete(_plain);
        if (settings == new FlowLogSettings())
            ThrowTerminatingError(FlowErrors.FlowLogUnset());
        _changer!.Change(Setup.PlanChange(log, settings, Cancellation));
    }
}
