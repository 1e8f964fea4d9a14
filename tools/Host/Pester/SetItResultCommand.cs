using System;
using System.Management.Automation;

namespace NsgFlow.Host.Pester;

/// <summary>Ends a test as skipped. Inconclusive and pending ones count as skipped too: the stand-in has no third kind.</summary>
[Cmdlet(VerbsCommon.Set, "ItResult")]
public sealed class SetItResultCommand : PSCmdlet
{
    internal const string ErrorId = "PesterTestSkipped";

    [Parameter(Mandatory = true, ParameterSetName = "Skipped")]
    public SwitchParameter Skipped { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Inconclusive")]
    public SwitchParameter Inconclusive { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Pending")]
    public SwitchParameter Pending { get; set; }

    [Parameter(Position = 0)]
    public string Because { get; set; } = "";

    protected override void EndProcessing() => ThrowTerminatingError(
        new ErrorRecord(new InvalidOperationException(Because), ErrorId, ErrorCategory.OperationStopped, null));
}
