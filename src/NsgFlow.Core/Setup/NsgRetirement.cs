using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>The end of NSG flow logs: none can be created since 2025-06-30 (https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-migrate).</summary>
internal static class NsgRetirement
{
    /// <summary>The refusal of a new NSG flow log, with what to run instead.</summary>
    public static NsgFlowException Blocked(FlowLogSettings settings, FlowLogFacts facts)
    {
        var end = FlowLog.NsgRetirement.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var commands = facts.Networks.Distinct().OrderBy(static id => id.Text, StringComparer.OrdinalIgnoreCase).Select(id => Command(id, settings)).ToList();
        return new NsgFlowException(
            "NsgFlowLogCreationBlocked",
            $"The {facts.Target} has no flow log, and none can be created: since 2025-06-30 Azure takes no new NSG flow logs, and on {end} it deletes the others. "
            + "Virtual network flow logs take their place, and see the same flows.",
            commands.Count == 0
                ? "The NSG is attached to no subnet or network interface; log the virtual network that it is meant for (Enable-NsgFlowLog -VirtualNetwork)."
                : "Log the virtual network that the NSG is in: " + string.Join(" ; ", commands));
    }

    private static string Command(ResourceId network, FlowLogSettings settings)
    {
        var parts = new List<string>
        {
            "Enable-NsgFlowLog -VirtualNetwork " + Quoted(network.VirtualNetwork),
            "-ResourceGroupName " + Quoted(network.ResourceGroup),
            "-SubscriptionId " + network.SubscriptionId,
            "-StorageAccount " + (settings.StorageId is { } storage ? Quoted(new ResourceId(storage).Name) : "<account>"),
        };
        if (settings.RetentionDays is { } days)
            parts.Add("-RetentionDays " + days.ToString(CultureInfo.InvariantCulture));
        if (settings.Workspace is { } workspace)
            parts.Add("-Workspace " + Quoted(workspace.Name));
        if (settings.TrafficAnalyticsInterval is { } minutes)
            parts.Add("-TrafficAnalyticsInterval " + minutes.ToString(CultureInfo.InvariantCulture));
        return string.Join(" ", parts);
    }

    // So that the command can be copied: bare when it is one word to PowerShell, else in single quotes.
    internal static string Quoted(string? text)
    {
        var name = text ?? string.Empty;
        var isWord = name.Length > 0 && name.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.') && name[0] != '-';
        return isWord ? name : "'" + name.Replace("'", "''") + "'";
    }
}
