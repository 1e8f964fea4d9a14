using System.Collections.Generic;

namespace NsgFlow.Setup;

/// <summary>What is to be done so that a flow log is as wanted: a value, nothing has been written yet.</summary>
public sealed class FlowLogPlan
{
    internal FlowLogPlan(string id, FlowLogTarget target, FlowLog? actual, FlowLogState wanted, string body, bool isRepair)
    {
        Id = id;
        Target = target;
        Actual = actual;
        Wanted = wanted;
        Body = body;
        Changes = FlowLogDifference.Between(actual is null ? null : FlowLogState.Of(actual), wanted);
        // Azure says what it was last told to do, not what it does: only another write ends a failure.
        if (isRepair && Changes.Count == 0)
            Changes = [new FlowLogChange("written again:", null, "the last change failed")];
        Expected = IsEmpty ? actual! : FlowLogBody.AsAnswer(id, body);
    }

    /// <summary>ARM id of the flow log.</summary>
    public string Id { get; }

    /// <summary>Its name.</summary>
    public string Name => new ResourceId(Id).Name ?? string.Empty;

    /// <summary>What is logged.</summary>
    public FlowLogTarget Target { get; }

    /// <summary>The flow log as it is; null for a new one.</summary>
    public FlowLog? Actual { get; }

    /// <summary>The flow log as it will be.</summary>
    public FlowLog Expected { get; }

    /// <summary>What changes.</summary>
    public IReadOnlyList<FlowLogChange> Changes { get; }

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => Actual is not null && Changes.Count == 0;

    /// <summary>What must be made first, with somebody's consent.</summary>
    public IReadOnlyList<FlowLogPrerequisite> Prerequisites { get; internal init; } = [];

    /// <summary>What its owner should know, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>The whole flow log as JSON, to be put in place of what is there.</summary>
    public string Body { get; }

    /// <summary>The changes in one sentence: <c>Change flow log: retention 0 (for ever) → 30 days</c>.</summary>
    public string Action => IsEmpty ? "Leave flow log as it is" : $"{(Actual is null ? "Create" : "Change")} flow log: {string.Join("; ", Changes)}";

    /// <summary>The flow log and its target: <c>hub-vnet-net-flowlog (virtual network 'hub-vnet')</c>.</summary>
    public string Subject => $"{Name} ({Target})";

    internal FlowLogState Wanted { get; }

    /// <summary>What is done with what.</summary>
    public override string ToString() => $"{Subject}: {Action}";
}
