using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Resources;

/// <summary>What is said when nothing logs what is wanted, and what can be done about it.</summary>
internal static class FlowLogErrors
{
    private const string Id = "FlowLogNotFound";
    private const int MostShown = 5;

    /// <summary>Nothing logs a resource.</summary>
    /// <param name="target">The resource.</param>
    /// <param name="nearby">Flow logs of NSGs that have flows of it.</param>
    public static NsgFlowException NotFound(FlowTarget target, IEnumerable<FlowLog> nearby)
    {
        var others = nearby.ToList();
        if (others.Count > 0 || target.Kind != ResourceKind.Nsg)
            return NotFound([target], others);
        return target.Targets.Count == 1
            ? new NsgFlowException(
                Id, $"No flow log writes flows of {target.Text}: it is on no subnet and on no network interface.", "Put the NSG on a subnet; then log the virtual network.")
            : new NsgFlowException(
                Id, $"No flow log writes flows of {target.Text}: it has none of its own, and neither has what it is on.",
                Advice([target]));
    }

    /// <summary>Nothing logs any of several resources, such as a wildcard found.</summary>
    /// <param name="targets">The resources.</param>
    /// <param name="nearby">Flow logs of NSGs that have flows of some.</param>
    public static NsgFlowException NotFound(IReadOnlyList<FlowTarget> targets, IEnumerable<FlowLog> nearby)
    {
        var nsgs = nearby.Select(static log => log.Target).Distinct().ToList();
        return nsgs.Count == 0
            ? new NsgFlowException(Id, $"No flow log writes flows of {Shown(targets)}.", Advice(targets))
            : new NsgFlowException(
                Id,
                $"No virtual network flow log writes flows of {Shown(targets)}, but NSG flow logs do{(targets.Count > 1 ? " of some" : string.Empty)}: {string.Join(", ", nsgs.Take(MostShown))}.",
                $"Read those with -Nsg {nsgs[0]}. {Enable(LoggableOf(targets))}");
    }

    /// <summary>There is no flow log in a group or subscription.</summary>
    /// <param name="where">Where was looked, with a space before; empty for everywhere.</param>
    public static NsgFlowException NoneIn(string where) =>
        new(Id, $"There is no flow log of anything{(where.Length == 0 ? " in the subscriptions that you may read" : where)}.",
            "Get-NsgFlowLog lists all that there are; Enable-NsgFlowLog -VirtualNetwork <name> -StorageAccount <name> makes one.");

    /// <summary>Resources in words, some of them by name.</summary>
    public static string Shown(IReadOnlyList<FlowTarget> targets) =>
        string.Join(", ", targets.Take(MostShown).Select(static target => target.Text)) + (targets.Count > MostShown ? $" and {targets.Count - MostShown} more" : string.Empty);

    // Whoever asks for an NSG may want to enable a flow log on it.
    private static string Advice(IReadOnlyList<FlowTarget> targets)
    {
        var retirement = FlowLog.NsgRetirement.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (targets.All(static target => target.Kind == ResourceKind.Nsg)
            ? $"NSG flow logs cannot be made any more (since 2025-06-30), and they end on {retirement}; log the virtual network. " : string.Empty)
            + Enable(LoggableOf(targets));
    }

    private static IEnumerable<ResourceId> LoggableOf(IEnumerable<FlowTarget> targets) => targets.SelectMany(static target => target.Loggable).Distinct();

    private static string Enable(IEnumerable<ResourceId> networks)
    {
        var commands = networks.Take(MostShown)
            .Select(static network => $"Enable-NsgFlowLog -VirtualNetwork '{network.Name}' -ResourceGroupName '{network.ResourceGroup}' -StorageAccount <name>").ToList();
        return commands.Count == 0 ? "Enable-NsgFlowLog -VirtualNetwork <name> -StorageAccount <name> makes one." : string.Join("; ", commands);
    }
}
