using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Network watchers.</summary>
internal sealed class NetworkWatcherCompleter() : ResourceCompleter(ResourceKind.NetworkWatcher, null);
