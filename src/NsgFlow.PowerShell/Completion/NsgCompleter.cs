using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>NSGs.</summary>
internal sealed class NsgCompleter() : ResourceCompleter(ResourceKind.Nsg, SeenNames.Nsgs);
