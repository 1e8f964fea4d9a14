using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <content>What is in workspaces.</content>
public sealed partial class SimulatedWorld
{
    private readonly Dictionary<string, SimulatedWorkspace> _workspaces = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The workspace of that customer id, resource id or name; null when there is none, or when several have the name.</summary>
    public SimulatedWorkspace? Workspace(string id)
    {
        lock (State.Sync)
        {
            var found = State.OfType("Microsoft.OperationalInsights/workspaces")
                .Where(w => ResourceId.Same(w.Properties().Text("customerId"), id) || ResourceId.Same(w.Text("id"), id) || ResourceId.Same(w.Text("name"), id))
                .Take(2)
                .ToArray();
            if (found is not [var resource])
            {
                return null;
            }

            var key = resource.Text("id")!;
            if (!_workspaces.TryGetValue(key, out var workspace))
            {
                _workspaces[key] = workspace = new SimulatedWorkspace(key, resource.Properties().Text("customerId")!);
            }

            workspace.IsOpen = resource.Properties().Text("publicNetworkAccessForQuery") != "Disabled";
            return workspace;
        }
    }
}
