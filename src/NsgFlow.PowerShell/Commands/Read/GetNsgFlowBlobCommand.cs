using System.Management.Automation;
using NsgFlow.PowerShell.Completion;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Lists the blobs that can hold flows of a target and time.</summary>
[Cmdlet(VerbsCommon.Get, "NsgFlowBlob", DefaultParameterSetName = SourceSets.Name)]
[OutputType(typeof(FlowBlob))]
public sealed class GetNsgFlowBlobCommand : SourceCmdlet
{
    private bool _isFull;

    /// <summary>The first so many blobs only.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; }

    /// <inheritdoc/>
    private protected override bool ReadsTargetsTogether => true;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        NoteInput();
        if (_isFull)
            return;
        try
        {
            foreach (var blob in FindBlobs())
            {
                Tick();
                SeenNames.Remember(blob);
                Tally.Written++;
                WriteObject(blob);
                _isFull = Tally.Written == First;
                if (_isFull)
                    return;
            }
        }
        catch (System.OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
        finally
        {
            Tick();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (HadNoInput)
        {
            WriteWarning("No flow-log blob: there was no input.");
        }
        else if (Tally.Written == 0 && !IsNothingNamed && !Cancellation.IsCancellationRequested)
        {
            WriteWarning(Tally.Errors > 0
                ? $"No flow-log blob: errors kept them from being listed{Searched}."
                : $"No flow-log blob{(Wanted.Length == 0 ? string.Empty : " of " + Wanted)}{Searched}.{Elsewhere()}");
        }
    }
}
