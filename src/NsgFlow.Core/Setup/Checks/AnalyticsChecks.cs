using System;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>Whether Traffic Analytics gets what it needs.</summary>
internal static class AnalyticsChecks
{
    // What whoever switches it on must be allowed to do; the service keeps NWTA* rules and endpoints beside the workspace.
    private static readonly string[] _actions =
    [
        "Microsoft.OperationalInsights/workspaces/read",
        "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
        "Microsoft.Insights/dataCollectionRules/write",
        "Microsoft.Insights/dataCollectionEndpoints/write",
    ];

    public static FlowLogCheck? TrafficAnalytics(CheckFacts facts)
    {
        if (facts.Log is not { } log)
            return null;
        if (!log.TrafficAnalytics)
            return facts.Pass(nameof(TrafficAnalytics), "Traffic Analytics is off: flows are in the storage account only.");
        if (!log.Enabled)
            return facts.Fail(nameof(TrafficAnalytics), "Traffic Analytics is on, but the flow log is disabled: there is nothing to analyse.", $"Enable-NsgFlowLog -ResourceId {CommandText.Quoted(log.TargetResourceId)}.");
        return log.TrafficAnalyticsInterval is 10 or 60
            ? facts.Pass(nameof(TrafficAnalytics), $"Traffic Analytics runs every {log.TrafficAnalyticsInterval} minutes, into {log.Workspace}; rows come up to an hour later.")
            : facts.Warn(
                nameof(TrafficAnalytics),
                $"Traffic Analytics has an interval of {log.TrafficAnalyticsInterval?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} minutes; Azure knows 10 and 60.",
                $"Set-NsgFlowLog -Name {CommandText.Quoted(log.Name)} -TrafficAnalyticsInterval 60.");
    }

    public static FlowLogCheck? Workspace(CheckFacts facts)
    {
        if (facts.Log is not { TrafficAnalytics: true } log)
            return null;
        var again = $"Set-NsgFlowLog -Name {CommandText.Quoted(log.Name)} -Workspace {CommandText.Quoted(log.WorkspaceResourceId ?? "<workspace>")} takes all three ids from the workspace itself.";
        if (facts.Workspace.Refusal is { } refusal)
            return facts.Skip(nameof(Workspace), $"Workspace {log.Workspace}", refusal);
        if (facts.Workspace.Value is not { } workspace)
        {
            return facts.Fail(
                nameof(Workspace),
                log.WorkspaceResourceId is null ? "Traffic Analytics is on without a workspace." : $"Workspace {log.WorkspaceResourceId} does not exist any more.",
                $"Set-NsgFlowLog -Name {CommandText.Quoted(log.Name)} -Workspace with one that exists, or -TrafficAnalytics:$false.");
        }

        var actual = new Workspace(workspace);
        if (!string.Equals(actual.CustomerId, log.WorkspaceId, StringComparison.OrdinalIgnoreCase))
            return facts.Fail(nameof(Workspace), $"The flow log says workspace id {log.WorkspaceId ?? "(none)"}, but that of {actual.Name} is {actual.CustomerId} (was it deleted and made again?).", again);
        return Resources.Region.Same(actual.Location, log.WorkspaceRegion)
            ? facts.Pass(nameof(Workspace), $"{actual.Name} is there, in {actual.Location}.")
            : facts.Fail(nameof(Workspace), $"The flow log says workspace region {log.WorkspaceRegion ?? "(none)"}, but {actual.Name} is in {actual.Location}.", again);
    }

    public static FlowLogCheck? WorkspaceAccess(CheckFacts facts)
    {
        if (facts.Log is not { TrafficAnalytics: true } log || facts.Workspace.Value is not { } workspace)
            return null;
        if (facts.WorkspaceRights.Refusal is { } refusal)
            return facts.Skip(nameof(WorkspaceAccess), $"Your roles on {log.Workspace}", refusal);
        if (facts.WorkspaceRights.Value is not { } rights)
            return null;
        var missing = _actions.Where(action => !rights.Allow(action)).ToList();
        return missing.Count == 0
            ? facts.Pass(nameof(WorkspaceAccess), $"You may set up Traffic Analytics into {log.Workspace}.")
            : facts.Warn(
                nameof(WorkspaceAccess),
                $"You may not set up Traffic Analytics into {log.Workspace}: {string.Join(", ", missing)} missing. What is set up runs on.",
                $"Contributor on resource group {workspace.ResourceGroup} of the workspace, or a role with these actions.");
    }
}
