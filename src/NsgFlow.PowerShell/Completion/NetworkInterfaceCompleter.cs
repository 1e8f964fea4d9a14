using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Network interfaces.</summary>
internal sealed class NetworkInterfaceCompleter() : ResourceCompleter(ResourceKind.NetworkInterface, SeenNames.NetworkInterfaces);
