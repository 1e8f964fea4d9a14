using System.Collections.Generic;
using NsgFlow.Setup;

namespace NsgFlow.Resources;

/// <summary>Which workspaces have what Traffic Analytics made of the flows of some resources, and whose flows those are.</summary>
public sealed class FoundWorkspaces
{
    /// <summary>The workspaces, each once; none when no flow log was found (see <see cref="FoundFlowLogs.Failures"/> and <see cref="FoundFlowLogs.Warnings"/>).</summary>
    public required IReadOnlyList<Workspace> Workspaces { get; init; }

    /// <summary>The flow logs that name them, and which of the flows there are those of the resources; where they write to was not asked for.</summary>
    public required FoundFlowLogs Found { get; init; }
}
