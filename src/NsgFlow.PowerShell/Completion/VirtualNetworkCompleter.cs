using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Virtual networks.</summary>
internal sealed class VirtualNetworkCompleter() : ResourceCompleter(ResourceKind.VirtualNetwork, SeenNames.VirtualNetworks);
