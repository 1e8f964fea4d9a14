using System.Management.Automation;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Lists flow logs: of all network watchers that the caller sees, or of what is named.</summary>
[Cmdlet(VerbsCommon.Get, "NsgFlowLog", DefaultParameterSetName = FlowLogSets.Target)]
[OutputType(typeof(FlowLog))]
public sealed class GetNsgFlowLogCommand : ChosenFlowLogCmdlet
{
    private FlowLogKind? _kind;

    /// <summary>NSG flow logs, or those of virtual networks, subnets and network interfaces.</summary>
    [Parameter]
    public FlowLogKind Kind { get => _kind.GetValueOrDefault(); set => _kind = value; }

    /// <summary>Those that are switched off; -Disabled:$false gives those that log.</summary>
    [Parameter]
    public SwitchParameter Disabled { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var choice = Chosen(_kind, Has(nameof(Disabled)) ? !Disabled : null);
        if (MyInvocation.ExpectingInput && !choice.HasNames)
            return;
        var count = 0;
        foreach (var log in List(choice))
        {
            count++;
            WriteObject(log);
        }

        if (count == 0)
            WarnOfNone();
    }
}
