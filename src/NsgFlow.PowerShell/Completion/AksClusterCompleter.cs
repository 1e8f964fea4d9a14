using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>AKS clusters.</summary>
internal sealed class AksClusterCompleter() : ResourceCompleter(ResourceKind.AksCluster, null);
