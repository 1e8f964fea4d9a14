using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Log Analytics workspaces.</summary>
internal sealed class WorkspaceCompleter() : ResourceCompleter(ResourceKind.Workspace, null);
