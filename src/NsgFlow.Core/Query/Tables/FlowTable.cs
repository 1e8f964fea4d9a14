using System.Collections.Generic;

namespace NsgFlow.Query;

/// <summary>A table of flows: its name, its columns of time, and how the columns that both tables have (<see cref="FlowTables"/>) are made of its own.</summary>
internal sealed class FlowTable
{
    public required TrafficAnalyticsTable Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>What says that a row is a flow, not topology or the service's own.</summary>
    public required string SubType { get; init; }

    /// <summary>When the first of a row's flows was seen.</summary>
    public required string FirstSeen { get; init; }

    /// <summary>The columns, under the names that both tables have here.</summary>
    public required IReadOnlyList<KqlColumn> Columns { get; init; }
}
