using System.Management.Automation;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Forgets the sign-in of this runspace, and every token with it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "NsgFlow", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisconnectNsgFlowCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ShouldProcess("The Azure sign-in of NsgFlow in this session", "Forget"))
            AzureState.Current.Disconnect();
    }
}
