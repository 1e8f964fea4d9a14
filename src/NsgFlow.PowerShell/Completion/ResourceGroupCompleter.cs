using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Resource groups.</summary>
internal sealed class ResourceGroupCompleter() : ResourceCompleter(ResourceKind.ResourceGroup, SeenNames.ResourceGroups);
