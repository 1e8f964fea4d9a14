using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>What writes the flows of one thing.</summary>
internal sealed class Coverage
{
    /// <summary>The enabled flow logs that do, NSG flow logs first.</summary>
    public IReadOnlyList<FlowLog> FlowLogs { get; init; } = [];

    public IReadOnlyList<FlowLog> Disabled { get; init; } = [];

    /// <summary>Why nothing can, or null.</summary>
    public string? Unsupported { get; init; }

    /// <summary>Whether flow logs that nobody could list may do.</summary>
    public bool IsUncertain { get; init; }

    public CoverageState State =>
        FlowLogs.Count == 0 ? (IsUncertain && Unsupported is null ? CoverageState.Unknown : CoverageState.None)
        : FlowLogs.Select(static log => log.Kind).Distinct().Count() > 1 ? CoverageState.Twice
        : CoverageState.Once;
}
