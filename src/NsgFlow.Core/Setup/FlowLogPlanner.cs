using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>Compares what is wanted of a flow log with what is, and refuses what Azure would refuse, or take and not do. It asks nobody and writes nothing.</summary>
public static class FlowLogPlanner
{
    /// <summary>Refuses settings that no flow log can have; needs nothing of Azure.</summary>
    /// <exception cref="NsgFlowException">The id says which setting (docs/errors.md, "Flow logs").</exception>
    public static void Check(FlowLogSettings settings) => FlowLogRules.Check(settings ?? throw new ArgumentNullException(nameof(settings)));

    /// <summary>The plan that makes a target's flow log as wanted.</summary>
    /// <exception cref="NsgFlowException">It cannot be so; the id says why (docs/errors.md, "Flow logs").</exception>
    public static FlowLogPlan Plan(FlowLogSettings settings, FlowLogFacts facts)
    {
        Check(settings);
        if (facts is null)
            throw new ArgumentNullException(nameof(facts));
        var (target, actual) = (facts.Target, facts.Actual);
        FlowLogChecks.Target(settings, facts);
        var id = actual?.Id ?? NewId(settings, facts);
        var wanted = (actual is null ? FlowLogState.New() : FlowLogState.Of(actual)).With(settings);
        FlowLogChecks.Analytics(settings, facts, wanted);
        FlowLogChecks.Storage(facts, wanted);
        return new FlowLogPlan(id, target, actual, wanted, FlowLogBody.Make(target, actual, wanted), settings.Enabled == true && HasFailed(actual))
        {
            Prerequisites = Prerequisites(facts),
            Warnings = Warnings(settings, facts, wanted),
        };
    }

    private static string NewId(FlowLogSettings settings, FlowLogFacts facts)
    {
        var name = settings.Name ?? FlowLogName.For(facts.Target.Id);
        if (facts.Neighbours.FirstOrDefault(log => string.Equals(log.Name, name, StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            throw new NsgFlowException(
                "FlowLogNameTaken",
                $"The network watcher already has a flow log '{name}', of {FlowLogTarget.Words(new ResourceId(other.TargetResourceId))}; the new one would take its place.",
                "Give another name with -Name.");
        }

        var watcher = facts.Watcher?.Id ?? FlowLogPrerequisite.Watcher(facts.Target.Id.SubscriptionId!, facts.Target.Location!).Id;
        return $"{watcher.TrimEnd('/')}/flowLogs/{name}";
    }

    private static List<FlowLogPrerequisite> Prerequisites(FlowLogFacts facts)
    {
        var list = new List<FlowLogPrerequisite>();
        foreach (var provider in facts.UnregisteredProviders)
            list.Add(FlowLogPrerequisite.Provider(provider));
        if (facts.Actual is null && facts.Watcher is null)
            list.Add(FlowLogPrerequisite.Watcher(facts.Target.Id.SubscriptionId!, facts.Target.Location!));
        return list;
    }

    private static bool HasFailed(FlowLog? log) => string.Equals(log?.ProvisioningState, "Failed", StringComparison.OrdinalIgnoreCase);

    private static List<string> Warnings(FlowLogSettings settings, FlowLogFacts facts, FlowLogState wanted)
    {
        var list = new List<string>();
        if (facts.Actual is not { } actual)
            return list;
        if (actual.RetirementDate is { } end)
            list.Add($"'{actual.Name}' is an NSG flow log; Azure deletes those on {end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Virtual network flow logs take their place.");
        if (HasFailed(actual))
            list.Add($"The last change of '{actual.Name}' failed (provisioning state Failed); it may not be doing what it says.");
        // Disabling switched it off, too, and whoever enables again seldom thinks of that.
        if (!actual.Enabled && wanted is { Enabled: true, TrafficAnalytics: false } && settings.TrafficAnalytics is null && actual.Workspace is { } workspace)
            list.Add($"Traffic Analytics of '{actual.Name}' stays off; -TrafficAnalytics switches it on again (into {workspace}).");
        return list;
    }
}
