using System.Management.Automation;
using NsgFlow.PowerShell.Pipeline;

namespace NsgFlow.PowerShell.Commands;

/// <summary>Lists flow-log blobs.</summary>
[Cmdlet(VerbsCommon.Get, "NsgFlowBlob")]
[OutputType(typeof(FlowBlob))]
public sealed class GetNsgFlowBlobCommand : CancellableCmdlet
{
}
