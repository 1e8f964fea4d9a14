using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Subnets; of one network, when -VirtualNetwork names it.</summary>
internal sealed class SubnetCompleter() : ResourceCompleter(ResourceKind.Subnet, SeenNames.Subnets);
