using System.Management.Automation;
using NsgFlow.PowerShell.Errors;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>A cmdlet that changes flow logs that there are: those that are named, and those that come through the pipeline.</summary>
public abstract class WritingFlowLogCmdlet : ChosenFlowLogCmdlet
{
    /// <summary>Flow logs, as Get-NsgFlowLog gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FlowLogSets.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public FlowLog[] InputObject { get; set; } = [];

    /// <summary>Returns without waiting for Azure to end.</summary>
    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <summary>What is done to one flow log.</summary>
    internal abstract void Handle(FlowLog log);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        foreach (var log in ParameterSetName == FlowLogSets.InputObject ? InputObject : [])
            Guard(log, () => Handle(log));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var choice = Chosen();
        if (ParameterSetName == FlowLogSets.InputObject || (MyInvocation.ExpectingInput && !choice.HasNames))
            return;
        // Wildcards can say "all"; nothing at all is a slip.
        if (!choice.HasNames)
            ThrowTerminatingError(FlowErrors.FlowLogUnnamed(MyInvocation.MyCommand.Name));
        FlowLog[] found = [.. List(choice)];
        if (found.Length == 0)
            WarnOfNone();
        foreach (var log in choice.Certain(found, Fail))
            Guard(log, () => Handle(log));
    }
}
