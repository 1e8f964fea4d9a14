using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>Where the flows of some resources are, and which of those there are theirs.</summary>
public sealed class FoundFlowLogs
{
    /// <summary>The flow logs, each once.</summary>
    public required IReadOnlyList<FlowLog> FlowLogs { get; init; }

    /// <summary>The containers they write to; none if that was not asked for.</summary>
    public required IReadOnlyList<FlowLogSource> Sources { get; init; }

    /// <summary>Which flows are those of the resources.</summary>
    public required FlowScope Scope { get; init; }

    /// <summary>What to say about it, as sentences: a flow log that is disabled, a wildcard that nothing matches.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What was not found or could not be read; the rest was.</summary>
    public required IReadOnlyList<NsgFlowException> Failures { get; init; }
}
