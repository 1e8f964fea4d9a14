using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Flow logs.</summary>
internal sealed class FlowLogCompleter() : ResourceCompleter(ResourceKind.FlowLog, null);
