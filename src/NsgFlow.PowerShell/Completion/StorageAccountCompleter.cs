using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Storage accounts.</summary>
internal sealed class StorageAccountCompleter() : ResourceCompleter(ResourceKind.StorageAccount, null);
