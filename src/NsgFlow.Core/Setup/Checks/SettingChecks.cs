using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace NsgFlow.Setup;

/// <summary>Whether there is a flow log, and what it is set to write.</summary>
internal static class SettingChecks
{
    public static FlowLogCheck Exists(CheckFacts facts)
    {
        const string check = "FlowLog";
        if (facts.FlowLog.Refusal is { } refusal)
            return facts.Skip(check, $"The flow log of {facts.TargetWords}", refusal);
        if (facts.Log is { } log)
            return facts.Pass(check, $"{log.Name} logs {facts.TargetWords} to {log.StorageAccount}.");
        if (facts.Target is { Value: null, Refusal: null })
            return facts.Fail(check, $"There is no {facts.TargetWords}.", "Check the name or id.");
        return Covered(facts, check) ?? facts.Fail(check, $"{Sentence(facts.TargetWords)} has no flow log{Blocked(facts)}.", Instead(facts));
    }

    public static FlowLogCheck? Enabled(CheckFacts facts) => facts.Log is not { } log ? null
        : log.Enabled ? facts.Pass(nameof(Enabled), "It is enabled.")
        : facts.Fail(nameof(Enabled), $"{log.Name} is disabled: it writes nothing.", $"Enable-NsgFlowLog -ResourceId {CommandText.Quoted(log.TargetResourceId)}.");

    public static FlowLogCheck? Provisioning(CheckFacts facts)
    {
        if (facts.Log is not { } log)
            return null;
        return log.ProvisioningState switch
        {
            null or "Succeeded" => facts.Pass(nameof(Provisioning), "Azure has put it in place."),
            "Failed" => facts.Fail(
                nameof(Provisioning),
                $"Azure could not put {log.Name} in place (provisioningState Failed).",
                $"Mend what else fails here, then write it again: {CommandText.Rewritten(log)}."),
            var state => facts.Warn(nameof(Provisioning), $"{log.Name} is in state {state}.", "Wait a minute and test again."),
        };
    }

    public static FlowLogCheck? Format(CheckFacts facts) => facts.Log is not { TargetKind: FlowLogTargetKind.Nsg } log ? null
        : log.FormatVersion is 1
            ? facts.Warn(nameof(Format), "Format version 1 counts no packets and bytes, and does not say when a flow ended.", $"Set-NsgFlowLog -Name {CommandText.Quoted(log.Name)} -FormatVersion 2.")
            : facts.Pass(nameof(Format), "Format version 2 counts packets and bytes.");

    public static FlowLogCheck? Records(CheckFacts facts)
    {
        if (facts.Log is not { } log)
            return null;
        var missing = Missing(log.RecordTypes);
        var said = new List<string>();
        if (missing.Count > 0)
            said.Add($"It writes records {log.RecordTypes} only: {string.Join(", ", missing)} missing on purpose.");
        if (log.FilteringCriteria is { } filter)
            said.Add($"It writes only flows that match {filter}.");
        return said.Count == 0
            ? facts.Pass(nameof(Records), "All records of all flows are written.")
            : facts.Warn(
                nameof(Records),
                string.Join(" ", said),
                $"Where that is not wanted: Set-NsgFlowLog -Name {CommandText.Quoted(log.Name)} {(missing.Count > 0 ? "-RecordType @() " : string.Empty)}{(log.FilteringCriteria is null ? string.Empty : "-FilteringCriteria ''")}".TrimEnd() + ".");
    }

    public static FlowLogCheck? Retirement(CheckFacts facts)
    {
        if (facts.Log is not { RetirementDate: { } date } log)
            return null;
        var fix = $"Convert-NsgFlowLog -Nsg {CommandText.Quoted(log.Target ?? log.Name)} -WhatIf shows what takes its place.";
        var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var days = (int)Math.Ceiling((date - facts.Now).TotalDays);
        return days <= 0
            ? facts.Fail(nameof(Retirement), $"NSG flow logs ended on {day}.", fix)
            : facts.Warn(nameof(Retirement), $"NSG flow logs end on {day}, in {days} days: Azure then deletes this flow log (its blobs stay).", fix);
    }

    // What lies in a logged network needs no flow log of its own, nor does a network whose subnets have theirs.
    private static FlowLogCheck? Covered(CheckFacts facts, string check)
    {
        if (facts.Layout.Value is not { } layout || facts.Neighbours.Value is not { } neighbours)
            return null;
        var precedence = new FlowLogPrecedence(neighbours);
        var nics = layout.NicsOf(facts.TargetId).ToList();
        var by = nics.Select(precedence.Of).ToList();
        var old = layout.NsgLogsOver(facts.TargetId, neighbours.Where(static log => log.Enabled));
        if (by.Count == 0)
        {
            // An empty subnet: what comes into it will be logged.
            return layout.SubnetsOf(facts.TargetId).Select(subnet => precedence.Over(subnet, null).FirstOrDefault(static log => log.Enabled)).ToList() is { Count: > 0 } logs
                && logs.TrueForAll(static log => log is not null)
                ? facts.Pass(check, $"{Sentence(facts.TargetWords)} is logged by {Names(logs)}.")
                : old.Count > 0 ? facts.Warn(check, $"{Sentence(facts.TargetWords)} is logged by {NsgNames(old)}.", Convert(old))
                : null;
        }

        var logged = by.Count(static log => log is not null);
        if (logged == by.Count)
            return facts.Pass(check, $"{Sentence(facts.TargetWords)} is logged by {Names(by)}.");
        var seen = new HashSet<LayoutNic>(old.SelectMany(log => layout.NicsOf(new ResourceId(log.TargetResourceId))));
        if (nics.Exists(seen.Contains))
        {
            // A flow log of the target would log these twice.
            var all = nics.Count(nic => seen.Contains(nic) || precedence.Of(nic) is not null);
            var names = NsgNames(old) + (logged == 0 ? string.Empty : $" and {Names(by)}");
            return all == nics.Count
                ? facts.Warn(check, $"{Sentence(facts.TargetWords)} is logged by {names}.", Convert(old))
                : facts.Warn(check, $"{all} of {nics.Count} network interfaces of {facts.TargetWords} are logged, by {names}.", $"{Convert(old)} With -AllowMore the others are logged, too.");
        }

        return logged == 0 ? null
            : facts.Warn(check, $"{logged} of {by.Count} network interfaces of {facts.TargetWords} are logged, by {Names(by)}.", Instead(facts));
    }

    private static string Names(IEnumerable<FlowLog?> logs)
    {
        var names = logs.OfType<FlowLog>().Select(static log => log.Name).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return string.Join(", ", names.Take(3)) + (names.Count > 3 ? ", …" : string.Empty);
    }

    private static string NsgNames(IReadOnlyList<FlowLog> logs) => $"NSG flow log{(logs.Count == 1 ? string.Empty : "s")} {Names(logs)}";

    private static string Convert(IReadOnlyList<FlowLog> logs) =>
        $"Convert-NsgFlowLog -Nsg {string.Join(", ", logs.Select(static log => CommandText.Quoted(log.Target ?? log.Name)).Distinct(StringComparer.OrdinalIgnoreCase))}.";

    private static string Blocked(CheckFacts facts) =>
        facts.Kind == FlowLogTargetKind.Nsg ? ", and Azure makes no new ones for NSGs since 2025-06-30" : string.Empty;

    private static string Instead(CheckFacts facts)
    {
        if (facts.Kind != FlowLogTargetKind.Nsg)
            return Enable(facts.TargetId) + ".";
        var networks = facts.Layout.Value is not { } layout ? []
            : layout.SubnetsOf(facts.TargetId).Concat(layout.NicsOf(facts.TargetId).Select(static nic => nic.Subnet)).Select(static subnet => subnet.Network).Distinct().ToList();
        return "Log the virtual network instead: " + (networks.Count == 0
            ? "Enable-NsgFlowLog -VirtualNetwork <its virtual network> -StorageAccount <account>."
            : $"{string.Join("; ", networks.Select(static network => Enable(network.Id)))}.");
    }

    private static string Enable(ResourceId target) => $"Enable-NsgFlowLog -ResourceId {CommandText.Quoted(target.Text)} -StorageAccount <account>";

    private static List<string> Missing(string? types)
    {
        if (types is null)
            return [];
        (char Letter, string Words)[] all =
            [('B', "beginnings"), ('C', "byte counts of running flows"), ('E', "ends with their byte counts"), ('D', "denied flows")];
        return [.. all.Where(kind => types.IndexOf(kind.Letter.ToString(), StringComparison.OrdinalIgnoreCase) < 0).Select(static kind => $"{kind.Letter} ({kind.Words})")];
    }

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words.Substring(1);
}
