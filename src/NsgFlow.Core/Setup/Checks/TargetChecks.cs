using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>What is peculiar to the network that is logged.</summary>
internal static class TargetChecks
{
    public static FlowLogCheck? Target(CheckFacts facts)
    {
        if (facts.Log is not { } log)
            return null;
        if (facts.Target.Refusal is { } refusal)
            return facts.Skip(nameof(Target), facts.TargetWords, refusal);
        return facts.Target.Value is not null
            ? facts.Pass(nameof(Target), $"The {facts.TargetWords} is there.")
            : facts.Fail(nameof(Target), $"The {facts.TargetWords} does not exist any more: there is nothing to log.", $"Remove-NsgFlowLog -Name {CommandText.Quoted(log.Name)}.");
    }

    public static FlowLogCheck? DoubleLogging(CheckFacts facts)
    {
        if (facts.Log is not { Enabled: true } log)
            return null;
        if (facts.Layout.Refusal is { } layoutRefusal)
            return facts.Skip(nameof(DoubleLogging), "The networks around " + facts.TargetWords, layoutRefusal);
        if (facts.Neighbours.Refusal is { } neighboursRefusal)
            return facts.Skip(nameof(DoubleLogging), "The other flow logs of the region", neighboursRefusal);
        if (facts.Layout.Value is not { } layout || facts.Neighbours.Value is not { } neighbours)
            return null;
        var mine = new HashSet<ResourceId>(layout.NicsOf(facts.TargetId).Select(static nic => nic.Id));
        // Two of the new kind never write the same: interface before subnet before network.
        var others = neighbours.Where(other => other.Enabled && other.Kind != log.Kind)
            .Select(other => (Log: other, Count: layout.NicsOf(new ResourceId(other.TargetResourceId)).Count(nic => mine.Contains(nic.Id))))
            .Where(static other => other.Count > 0).OrderByDescending(static other => other.Count).ToList();
        if (others.Count == 0)
            return facts.Pass(nameof(DoubleLogging), "No network interface is logged both by an NSG flow log and by one of the virtual network.");
        var shown = string.Join(", ", others.Take(5).Select(static other => $"{other.Log.Name} ({other.Count})")) + (others.Count > 5 ? ", …" : string.Empty);
        var old = log.Kind == FlowLogKind.Nsg ? log.Name : others[0].Log.Name;
        return facts.Warn(
            nameof(DoubleLogging),
            $"Network interfaces are logged twice, and paid twice; the others, with how many: {shown}.",
            $"Disable the NSG flow logs: Disable-NsgFlowLog -Name {CommandText.Quoted(old)}{(log.Kind != FlowLogKind.Nsg && others.Count > 1 ? ", …" : string.Empty)}.");
    }

    public static FlowLogCheck? UnsupportedServices(CheckFacts facts)
    {
        if (facts.Layout.Refusal is { } refusal)
            return facts.Skip(nameof(UnsupportedServices), "The subnets of " + facts.TargetWords, refusal);
        if (facts.Layout.Value is not { } layout)
            return null;
        var subnets = layout.SubnetsOf(facts.TargetId).Concat(layout.NicsOf(facts.TargetId).Select(static nic => nic.Subnet)).Distinct().ToList();
        var found = new List<string>();
        foreach (var subnet in subnets)
        {
            found.AddRange(subnet.Delegations.Select(UnsupportedService.Of).OfType<string>().Distinct().Select(service => $"{subnet} ({service})"));
            if (subnet.HasApplicationGateway && facts.Kind == FlowLogTargetKind.Nsg)
                found.Add($"{subnet} (Application Gateway, by NSG flow logs)");
        }

        return found.Count == 0
            ? facts.Pass(nameof(UnsupportedServices), "No subnet belongs to a service that flow logs do not cover.")
            : facts.Warn(
                nameof(UnsupportedServices),
                $"Flow logs do not cover what is in these subnets: {string.Join(", ", found.Take(10))}{(found.Count > 10 ? ", …" : string.Empty)}.",
                "Use the services' own logs for them; traffic to them is seen at the other end when that is logged.");
    }

    public static FlowLogCheck? FlowTimeout(CheckFacts facts)
    {
        if (facts.Log is not { TargetKind: FlowLogTargetKind.Nsg } || facts.Layout.Value is not { } layout)
            return null;
        var networks = layout.SubnetsOf(facts.TargetId).Concat(layout.NicsOf(facts.TargetId).Select(static nic => nic.Subnet))
            .Select(static subnet => subnet.Network).Distinct().Where(static network => network.FlowTimeout is null).Select(static network => network.Name).ToList();
        return networks.Count == 0
            ? facts.Pass(nameof(FlowTimeout), "Bytes of inbound TCP flows under own rules are counted.")
            : facts.Warn(
                nameof(FlowTimeout),
                $"Inbound TCP flows under own rules have no byte counts, since flowTimeoutInMinutes of {string.Join(", ", networks)} is not set.",
                "Set it (4 to 30 minutes), or log the virtual network: its flow logs always count.");
    }

    public static FlowLogCheck? Locks(CheckFacts facts)
    {
        if ((facts.TargetLocks.Refusal ?? facts.StorageLocks.Refusal) is { } refusal)
            return facts.Skip(nameof(Locks), "Locks", refusal);
        if (facts.TargetLocks.Value is null && facts.StorageLocks.Value is null)
            return null;
        var found = ReadOnly(facts.TargetLocks.Value).Select(name => $"{name} on {facts.TargetWords}: its flow log can be neither made nor changed")
            .Concat(ReadOnly(facts.StorageLocks.Value).Select(name => $"{name} on storage account {facts.Log?.StorageAccount}: its keys, with which Azure writes, cannot be fetched")).ToList();
        return found.Count == 0
            ? facts.Pass(nameof(Locks), "No lock is in the way.")
            : facts.Warn(nameof(Locks), $"Read-only locks: {string.Join("; ", found)}.", "Take the lock off for the change, or make it one against deletion only (CanNotDelete).");
    }

    private static IEnumerable<string> ReadOnly(IReadOnlyList<ArmResource>? locks) =>
        (locks ?? []).Where(static item => string.Equals(item.Properties["level"].Text, "ReadOnly", StringComparison.OrdinalIgnoreCase)).Select(static item => item.Name);
}
