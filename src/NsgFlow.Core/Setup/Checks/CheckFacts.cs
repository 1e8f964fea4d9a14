using System;
using System.Collections.Generic;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>All that was found out about a target and its flow log before anything is judged.</summary>
internal sealed record CheckFacts
{
    /// <summary>What is, or should be, logged.</summary>
    public required ResourceId TargetId { get; init; }

    /// <summary>The present, UTC.</summary>
    public required DateTime Now { get; init; }

    /// <summary>The target; of a subnet the virtual network it is in, which has its region.</summary>
    public Fact<ArmResource> Target { get; init; }

    /// <summary>The flow log.</summary>
    public Fact<FlowLog> FlowLog { get; init; }

    /// <summary>The watcher of the target's subscription and region.</summary>
    public Fact<ArmResource> Watcher { get; init; }

    /// <summary>Microsoft.Insights in the target's subscription.</summary>
    public Fact<ArmResource> Insights { get; init; }

    /// <summary>The storage account.</summary>
    public Fact<ArmResource> Storage { get; init; }

    /// <summary>The storage account's lifecycle policy.</summary>
    public Fact<ArmResource> Lifecycle { get; init; }

    /// <summary>What the caller may do in the storage account.</summary>
    public Fact<CallerRights> StorageRights { get; init; }

    /// <summary>What is in the storage account; nothing when nobody looked.</summary>
    public Fact<FlowArrival> Arrival { get; init; }

    /// <summary>The workspace of Traffic Analytics.</summary>
    public Fact<ArmResource> Workspace { get; init; }

    /// <summary>Microsoft.Network in the workspace's subscription.</summary>
    public Fact<ArmResource> WorkspaceProvider { get; init; }

    /// <summary>What the caller may do with the workspace and in its group.</summary>
    public Fact<CallerRights> WorkspaceRights { get; init; }

    /// <summary>Locks of the target.</summary>
    public Fact<IReadOnlyList<ArmResource>> TargetLocks { get; init; }

    /// <summary>Locks of the storage account.</summary>
    public Fact<IReadOnlyList<ArmResource>> StorageLocks { get; init; }

    /// <summary>The networks around the target.</summary>
    public Fact<NetworkLayout> Layout { get; init; }

    /// <summary>All flow logs of the watcher.</summary>
    public Fact<IReadOnlyList<FlowLog>> Neighbours { get; init; }

    /// <summary>What sort of thing the target is.</summary>
    public FlowLogTargetKind Kind => NsgFlow.FlowLog.KindOf(TargetId);

    /// <summary>The flow log when it is there.</summary>
    public FlowLog? Log => FlowLog.Value;

    /// <summary>How a message names the target.</summary>
    public string TargetWords => FlowLogTarget.Words(TargetId);

    public FlowLogCheck Pass(string check, string message) => Make(check, FlowLogCheckResult.Pass, message, null);

    public FlowLogCheck Warn(string check, string message, string fix) => Make(check, FlowLogCheckResult.Warn, message, fix);

    public FlowLogCheck Fail(string check, string message, string fix) => Make(check, FlowLogCheckResult.Fail, message, fix);

    /// <summary>A check that could not be made.</summary>
    /// <param name="check">Which.</param>
    /// <param name="what">What was to be looked at (<c>The storage account 'stflows'</c>).</param>
    /// <param name="refusal">Why not.</param>
    public FlowLogCheck Skip(string check, string what, NsgFlowException refusal) =>
        Make(check, FlowLogCheckResult.Skipped, $"{what} could not be looked at: {refusal.Message}", refusal.RecommendedAction);

    private FlowLogCheck Make(string check, FlowLogCheckResult result, string message, string? fix) => new(check, result, message, fix)
    {
        FlowLog = Log?.Name,
        FlowLogId = Log?.Id,
        Target = TargetId.Name,
        TargetResourceId = TargetId.Text,
    };
}
