using System;
using System.Management.Automation;
using NsgFlow.PowerShell.Errors;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Says who is signed in to which cloud: by Connect-NsgFlow, or found without it.</summary>
[Cmdlet(VerbsCommon.Get, "NsgFlowContext")]
[OutputType(typeof(AzureContext))]
public sealed class GetNsgFlowContextCommand : AzureCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var isConnected = AzureState.Current.Connected is not null;
        try
        {
            WriteObject(OpenAzure().Describe(isConnected, Say, Cancellation));
        }
        catch (NsgFlowException e) when (isConnected || e.ErrorId != "NotSignedIn")
        {
            WriteError(FlowErrors.Failure(e, null));
        }
        catch (NsgFlowException e)
        {
            WriteWarning($"Nobody is signed in to Azure. {e.Message} {e.RecommendedAction}");
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // Stopped by the user: nothing to say.
        }
    }
}
