using System.Collections.Generic;
using System.Linq;
using NsgFlow.Display;
using NsgFlow.Filtering;
using NsgFlow.Setup;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Which workspaces are asked, and about whose flows.</summary>
internal sealed class AskedPlace(FlowScope scope, IReadOnlyList<Workspace> workspaces)
{
    // A message has room for three.
    private const int MostShown = 3;

    /// <summary>Whose flows.</summary>
    public FlowScope Scope { get; } = scope;

    /// <summary>Customer ids; empty when only the query is wanted.</summary>
    public IReadOnlyList<string> Workspaces { get; } = [.. workspaces.Select(static one => one.CustomerId)];

    /// <summary>The workspaces, for a message.</summary>
    public override string ToString() => (workspaces.Count == 1 ? "workspace " : "workspaces ")
        + string.Join(", ", workspaces.Take(MostShown).Select(static one => FlowFormat.Text(one.Name))) + (workspaces.Count > MostShown ? ", \u2026" : string.Empty);
}
