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
        // One name is enough for one flow log only.
        var networks = facts.Networks.Distinct().OrderBy(static id => id.Text, StringComparer.OrdinalIgnoreCase).ToList();
        var commands = networks.ConvertAll(id => Command(id, networks.Count == 1 ? settings : settings with { Name = null }));
        return new NsgFlowException(
            "NsgFlowLogCreationBlocked",
            $"The {facts.Target} has no flow log, and none can be created: since 2025-06-30 Azure takes no new NSG flow logs, and on {end} it deletes the others. "
            + "Virtual network flow logs take their place: they see the same flows, and everything else in that network.",
            commands.Count == 0
                ? "The NSG is attached to no subnet or network interface; log the virtual network that it is meant for (Enable-NsgFlowLog -VirtualNetwork)."
                : "Log the virtual network that the NSG is in: " + string.Join(" ; ", commands)
                    + (facts.InterfacesLeftOut > 0 ? $" (not looked at: {facts.InterfacesLeftOut} more network interfaces of the NSG, which may be in other virtual networks)" : string.Empty));
    }

    // All that was asked for, but for -FormatVersion, which these flow logs do not have.
    private static string Command(ResourceId network, FlowLogSettings settings)
    {
        var parts = new List<string>
        {
            "Enable-NsgFlowLog -VirtualNetwork " + Quoted(network.VirtualNetwork),
            "-ResourceGroupName " + Quoted(network.ResourceGroup),
            "-SubscriptionId " + network.SubscriptionId,
            "-StorageAccount " + (settings.StorageId is { } storage ? Quoted(storage) : "<account>"),
        };
        Add("-Name", settings.Name);
        Add("-RetentionDays", settings.RetentionDays?.ToString(CultureInfo.InvariantCulture));
        if (settings.RecordTypes is { } types)
            parts.Add("-RecordType " + (types.Count == 0 ? "@()" : string.Join(",", types.Select(Quoted))));
        Add("-FilteringCriteria", settings.FilteringCriteria);
        if (settings.TrafficAnalytics is { } analytics)
            parts.Add(analytics ? "-TrafficAnalytics" : "-TrafficAnalytics:$false");
        if (settings.Workspace is { } workspace)
            Add("-Workspace", workspace.Id);
        else if (settings.TrafficAnalytics == true)
            parts.Add("-Workspace <workspace>");
        Add("-TrafficAnalyticsInterval", settings.TrafficAnalyticsInterval?.ToString(CultureInfo.InvariantCulture));
        Add("-Identity", settings.IdentityId);
        if (settings.Tags is { } tags)
            parts.Add("-Tag @{" + string.Join("; ", tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal).Select(static tag => $"{Text(tag.Key)} = {Text(tag.Value)}")) + "}");
        return string.Join(" ", parts);

        void Add(string parameter, string? value)
        {
            if (value is not null)
                parts.Add($"{parameter} {Quoted(value)}");
        }
    }

    // So that the command can be copied: bare when it is one word to PowerShell, else in single quotes.
    internal static string Quoted(string? text)
    {
        var name = text ?? string.Empty;
        var isWord = name.Length > 0 && name.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.') && name[0] != '-';
        return isWord ? name : Text(name);
    }

    private static string Text(string value) => "'" + value.Replace("'", "''") + "'";
}
