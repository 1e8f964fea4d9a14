using System;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>Finds out what is, lets <see cref="FlowLogPlanner"/> decide, and does it. For one thread; it remembers what it has asked for.</summary>
public sealed class FlowLogSetup
{
    private readonly IArm _arm;
    private readonly WatcherCatalog _watchers;
    private readonly SetupFacts _facts;

    /// <summary>Makes a setup.</summary>
    public FlowLogSetup(IArm arm)
    {
        _arm = arm ?? throw new ArgumentNullException(nameof(arm));
        _watchers = new WatcherCatalog(arm);
        _facts = new SetupFacts(arm);
    }

    /// <summary>How long to wait between two looks at a provider that is being registered.</summary>
    internal TimeSpan ProviderDelay { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a provider may take to be registered.</summary>
    internal TimeSpan ProviderLimit { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a target is an NSG without a flow log, which can get none (<c>NsgFlowLogCreationBlocked</c>), whatever its settings are.</summary>
    /// <exception cref="NsgFlowException">Any failure of <see cref="IArm"/>.</exception>
    public bool IsBlocked(ArmResource target, CancellationToken cancellation)
    {
        if (target is null)
            throw new ArgumentNullException(nameof(target));
        var place = new FlowLogTarget(target.Id, target.Location);
        if (place.Kind != FlowLogTargetKind.Nsg || place.Id.SubscriptionId is not { } subscription || place.Location is null)
            return false;
        var watcher = _watchers.Find(subscription, place.Location, cancellation);
        return watcher is null || !_watchers.FlowLogs(watcher, cancellation).Any(log => new ResourceId(log.TargetResourceId) == place.Id);
    }

    /// <summary>The plan for a target, whether it has a flow log or not.</summary>
    /// <param name="target">The resource, as Azure gave it.</param>
    /// <param name="settings">What is wanted.</param>
    /// <param name="cancellation">Ends the asking.</param>
    /// <exception cref="NsgFlowException">It cannot be (<see cref="FlowLogPlanner"/>), or any failure of <see cref="IArm"/>.</exception>
    public FlowLogPlan PlanTarget(ArmResource target, FlowLogSettings settings, CancellationToken cancellation)
    {
        if (target is null)
            throw new ArgumentNullException(nameof(target));
        FlowLogPlanner.Check(settings);
        var place = new FlowLogTarget(target.Id, target.Location ?? _facts.LocationOf(target.ResourceId, cancellation));
        if (place.Kind == FlowLogTargetKind.Unknown || place.Id.SubscriptionId is not { } subscription || place.Location is null)
            return FlowLogPlanner.Plan(settings, new FlowLogFacts { Target = place });
        var watcher = _watchers.Find(subscription, place.Location, cancellation);
        var neighbours = watcher is null ? [] : _watchers.FlowLogs(watcher, cancellation);
        var actual = neighbours.FirstOrDefault(log => new ResourceId(log.TargetResourceId) == place.Id);
        if (actual is null && place.Kind == FlowLogTargetKind.Nsg)
        {
            var networks = _facts.NetworksOf(target, out var leftOut, cancellation);
            return FlowLogPlanner.Plan(settings, new FlowLogFacts { Target = place, Networks = networks, InterfacesLeftOut = leftOut });
        }

        return FlowLogPlanner.Plan(_facts.Completed(settings, actual, cancellation), _facts.About(settings, place, actual, watcher, neighbours, cancellation));
    }

    /// <summary>The plan for a flow log that there is; it is read anew, so that nothing that somebody else changed is undone.</summary>
    /// <exception cref="NsgFlowException"><c>FlowLogNotFound</c> when it is gone; else as for <see cref="PlanTarget"/>.</exception>
    public FlowLogPlan PlanChange(FlowLog log, FlowLogSettings settings, CancellationToken cancellation)
    {
        if (log is null)
            throw new ArgumentNullException(nameof(log));
        FlowLogPlanner.Check(settings);
        var actual = new FlowLog(_arm.Get(log.Id, ResourceKind.FlowLog.ApiVersion, cancellation)
            ?? throw new NsgFlowException("FlowLogNotFound", $"There is no flow log '{log.Name}' any more.", "Get-NsgFlowLog lists what there is."));
        var target = new FlowLogTarget(actual.TargetResourceId, actual.Location);
        return FlowLogPlanner.Plan(_facts.Completed(settings, actual, cancellation), _facts.About(settings, target, actual, null, [], cancellation));
    }

    /// <summary>Makes what a flow log needs; somebody must have agreed.</summary>
    /// <exception cref="NsgFlowException">Any failure of <see cref="IArm"/>; <c>ProviderNotRegistered</c> when registering takes too long.</exception>
    public void Prepare(FlowLogPrerequisite prerequisite, ArmWait wait, CancellationToken cancellation)
    {
        if (prerequisite is null)
            throw new ArgumentNullException(nameof(prerequisite));
        if (wait is null)
            throw new ArgumentNullException(nameof(wait));
        if (prerequisite.Kind == ResourceKind.Provider)
            Register(prerequisite, wait, cancellation);
        else
            CreateWatcher(prerequisite, wait, cancellation);
    }

    /// <summary>Writes a plan with one request; an empty one with none.</summary>
    /// <returns>The flow log as it is afterwards; without waiting, as Azure took it in.</returns>
    /// <exception cref="NsgFlowException">Any failure of <see cref="IArm"/>; <c>FlowLogNotAsAsked</c> when Azure took the request and did something else.</exception>
    public FlowLog Apply(FlowLogPlan plan, ArmWait wait, CancellationToken cancellation)
    {
        if (plan is null)
            throw new ArgumentNullException(nameof(plan));
        if (wait is null)
            throw new ArgumentNullException(nameof(wait));
        if (plan.IsEmpty)
            return plan.Actual!;
        var log = new FlowLog(_arm.Put(plan.Id, ResourceKind.FlowLog.ApiVersion, plan.Body, wait, cancellation));
        _watchers.Add(log);
        return wait.IsWanted ? Verified(plan, log) : log;
    }

    /// <summary>Removes a flow log; its blobs stay.</summary>
    /// <returns>False when it was gone already.</returns>
    /// <exception cref="NsgFlowException">Any failure of <see cref="IArm"/>.</exception>
    public bool Remove(FlowLog log, ArmWait wait, CancellationToken cancellation)
    {
        if (log is null)
            throw new ArgumentNullException(nameof(log));
        var wasThere = _arm.Delete(log.Id, ResourceKind.FlowLog.ApiVersion, wait, cancellation);
        _watchers.Remove(log.Id);
        return wasThere;
    }

    // Azure is known to take a request and leave a part of it undone, Traffic Analytics above all.
    private static FlowLog Verified(FlowLogPlan plan, FlowLog log)
    {
        var asked = plan.Changes.Select(static change => change.What).ToList();
        var undone = FlowLogDifference.Between(FlowLogState.Of(log), plan.Wanted).Where(change => asked.Contains(change.What) && change.What != "tags").ToList();
        return undone.Count == 0
            ? log
            : throw new NsgFlowException(
                "FlowLogNotAsAsked",
                $"Azure took the request for '{plan.Name}', but the flow log is not as asked: {string.Join("; ", undone)} is still to be done.",
                "Look at it with Get-NsgFlowLog, and run the command again.");
    }

    private void CreateWatcher(FlowLogPrerequisite watcher, ArmWait wait, CancellationToken cancellation)
    {
        var id = new ResourceId(watcher.Id);
        var group = $"/subscriptions/{id.SubscriptionId}/resourceGroups/{id.ResourceGroup}";
        if (_arm.Get(group, ResourceKind.ResourceGroup.ApiVersion, cancellation) is null)
            _arm.Put(group, ResourceKind.ResourceGroup.ApiVersion, FlowLogBody.Group(watcher.Location!), wait, cancellation);
        _watchers.Add(_arm.Put(watcher.Id, ResourceKind.NetworkWatcher.ApiVersion, FlowLogBody.Watcher(watcher.Location!), wait, cancellation));
    }

    private void Register(FlowLogPrerequisite provider, ArmWait wait, CancellationToken cancellation)
    {
        _arm.Post(provider.Id + "/register", ResourceKind.Provider.ApiVersion, null, cancellation);
        var started = DateTime.UtcNow;
        while (!_facts.IsRegistered(provider.Id, cancellation))
        {
            var passed = DateTime.UtcNow - started;
            wait.Progress?.Invoke("Registering", passed);
            if (passed > ProviderLimit)
                throw provider.Refusal;
            if (cancellation.WaitHandle.WaitOne(ProviderDelay))
                cancellation.ThrowIfCancellationRequested();
        }
    }
}
