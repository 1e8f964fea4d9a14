using System.Management.Automation;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Lists flow logs: of all network watchers that the caller sees, or of what is named.</summary>
[Cmdlet(VerbsCommon.Get, "NsgFlowLog", DefaultParameterSetName = FlowLogSets.Target)]
[OutputType(typeof(FlowLog))]
public sealed class GetNsgFlowLogCommand : ChosenFlowLogCmdlet
{
    private FlowLogKind? _kind;
    private int _errors;

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

        if (count == 0 && _errors == 0)
            WriteWarning(Lister.WatchersAsked == 0
                ? "There is no network watcher where you look, so there is no flow log. Get-NsgFlowContext shows who you are signed in as."
                : $"No flow log is like that in the {Lister.WatchersAsked} network watcher(s) that you may read.");
    }

    /// <inheritdoc/>
    private protected override void Report(ErrorRecord error)
    {
        _errors++;
        base.Report(error);
    }
}
