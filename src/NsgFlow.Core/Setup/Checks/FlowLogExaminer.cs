using System;
using System.Collections.Generic;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>
/// Finds out why a target's flows do not arrive: reads everything that has a part in it, going on where a read is refused, and judges.
/// It writes nothing. For one thread; what flow logs share is asked for once.
/// </summary>
public sealed class FlowLogExaminer
{
    private readonly ArmMemory _memory;
    private readonly IFlowArrivals? _arrivals;
    private readonly Func<DateTime> _now;
    private readonly HashSet<ResourceId> _examined = [];

    /// <summary>Makes an examiner.</summary>
    /// <param name="arm">Azure.</param>
    /// <param name="arrivals">Looks into storage accounts; null to leave that out.</param>
    /// <param name="now">The present, UTC.</param>
    public FlowLogExaminer(IArm arm, IFlowArrivals? arrivals, Func<DateTime>? now = null)
    {
        _memory = new ArmMemory(arm ?? throw new ArgumentNullException(nameof(arm)));
        _arrivals = arrivals;
        _now = now ?? (static () => DateTime.UtcNow);
    }

    /// <summary>
    /// The checks of a target's own flow log; of a target without one, what there is to say about that, and the checks of the flow logs that
    /// log it all the same (its virtual network's, or those of what lies in it). A flow log is examined once, however many targets lead to it.
    /// </summary>
    /// <param name="target">ARM id of an NSG, virtual network, subnet or network interface.</param>
    /// <param name="cancellation">Ends the looking.</param>
    public IEnumerable<FlowLogCheck> Examine(ResourceId target, CancellationToken cancellation)
    {
        var place = new CheckedPlace(_memory, target, null, cancellation);
        if (place.Own.Value is { } own)
        {
            foreach (var check in Examine(own, place, cancellation))
                yield return check;
            yield break;
        }

        foreach (var check in CheckList.Run(place.Facts(_now())))
            yield return check;
        foreach (var other in place.Covering)
        {
            foreach (var check in Examine(other, cancellation))
                yield return check;
        }
    }

    /// <summary>The checks of a flow log.</summary>
    public IEnumerable<FlowLogCheck> Examine(FlowLog log, CancellationToken cancellation)
    {
        if (log is null)
            throw new ArgumentNullException(nameof(log));
        return Examine(log, new CheckedPlace(_memory, new ResourceId(log.TargetResourceId), log.Location, cancellation), cancellation);
    }

    private IEnumerable<FlowLogCheck> Examine(FlowLog log, CheckedPlace place, CancellationToken cancellation) =>
        _examined.Add(new ResourceId(log.Id)) ? CheckList.Run(Facts(log, place, cancellation)) : [];

    private CheckFacts Facts(FlowLog log, CheckedPlace place, CancellationToken cancellation)
    {
        var storage = _memory.Get(log.StorageId, ResourceKind.StorageAccount.ApiVersion, cancellation);
        var isThere = storage.Value is not null || storage.Refusal is not null;
        var arrival = _arrivals is { } arrivals && isThere ? Fact<FlowArrival>.Of(() => arrivals.Look(log, storage.Value, cancellation)) : default;
        var workspaceId = log.TrafficAnalytics ? log.WorkspaceResourceId : null;
        var workspace = _memory.Get(workspaceId, ResourceKind.Workspace.ApiVersion, cancellation);
        return place.Facts(_now()) with
        {
            FlowLog = log,
            Storage = storage,
            Lifecycle = storage.Value is null ? default : _memory.Get(log.StorageId + "/managementPolicies/default", ResourceKind.LifecyclePolicy.ApiVersion, cancellation),
            Arrival = arrival,
            // Who can list blobs need not ask whether he may.
            StorageRights = isThere && arrival.Value is null ? Rights(log.StorageId, cancellation) : default,
            StorageLocks = storage.Value is null ? default : Locks(log.StorageId, cancellation),
            Workspace = workspace,
            WorkspaceProvider = new ResourceId(workspaceId).SubscriptionId is { } subscription
                ? _memory.Get($"/subscriptions/{subscription}/providers/Microsoft.Network", ResourceKind.Provider.ApiVersion, cancellation)
                : default,
            WorkspaceRights = workspace.Value is null ? default : Rights(workspaceId!, cancellation),
        };
    }

    private Fact<CallerRights> Rights(string scope, CancellationToken cancellation) =>
        _memory.List(scope + "/providers/Microsoft.Authorization/permissions", ResourceKind.Permission.ApiVersion, cancellation)
            .Then(static permissions => new CallerRights(permissions));

    private Fact<IReadOnlyList<ArmResource>> Locks(string scope, CancellationToken cancellation) =>
        _memory.List(scope + "/providers/Microsoft.Authorization/locks", ResourceKind.Lock.ApiVersion, cancellation);
}
