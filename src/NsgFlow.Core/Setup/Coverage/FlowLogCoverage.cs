using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Setup;

namespace NsgFlow;

/// <summary>Whether something is logged, and by what.</summary>
public sealed class FlowLogCoverage
{
    internal FlowLogCoverage(CoverageLevel level, string? name, string? resourceId, IReadOnlyList<Coverage> parts)
    {
        Level = level;
        Name = name ?? string.Empty;
        ResourceId = resourceId;
        FlowLogs = Distinct(parts.SelectMany(static part => part.FlowLogs)).OrderBy(static log => log.Kind).ToList();
        DisabledFlowLogs = Distinct(parts.SelectMany(static part => part.Disabled)).ToList();

        // What cannot be logged does not make the rest of a subnet less logged.
        var loggable = parts.Where(static part => part.Unsupported is null).ToList();
        State = StateOf(loggable.Select(static part => part.State).Distinct().ToList());
        Unsupported = loggable.Count == 0 ? parts.Select(static part => part.Unsupported).FirstOrDefault() : null;
    }

    /// <summary>What it is.</summary>
    public CoverageLevel Level { get; }

    /// <summary>Its name; of a network interface of a scale set <c>set_3</c>, of a subnet <c>network/subnet</c>, of a pool <c>cluster/pool</c>.</summary>
    public string Name { get; }

    /// <summary>Whether flow logs write its flows.</summary>
    public CoverageState State { get; }

    /// <summary>The flow logs that do, NSG flow logs first.</summary>
    public IReadOnlyList<FlowLog> FlowLogs { get; }

    /// <summary>Flow logs of it, or of what it is in, that are disabled.</summary>
    public IReadOnlyList<FlowLog> DisabledFlowLogs { get; }

    /// <summary>Whether Traffic Analytics gets its flows from one of the flow logs.</summary>
    public bool TrafficAnalytics => FlowLogs.Any(static log => log.TrafficAnalytics);

    /// <summary>Why no flow log can write its flows; null when one can.</summary>
    public string? Unsupported { get; }

    /// <summary>How many network interfaces it has.</summary>
    public int NetworkInterfaces { get; internal init; }

    /// <summary>How many of these are not logged though they can be.</summary>
    public int NotLogged { get; internal init; }

    /// <summary>How many of these are logged twice.</summary>
    public int LoggedTwice { get; internal init; }

    /// <summary>Name of the virtual machine, or null.</summary>
    public string? VirtualMachine { get; internal init; }

    /// <summary>Name of the virtual network, or null.</summary>
    public string? VirtualNetwork { get; internal init; }

    /// <summary>Name of the subnet, or null.</summary>
    public string? Subnet { get; internal init; }

    /// <summary>Name of the AKS cluster, or null.</summary>
    public string? AksCluster { get; internal init; }

    /// <summary>Name of the cluster's pool of nodes, or null.</summary>
    public string? NodePool { get; internal init; }

    /// <summary>The region, or null.</summary>
    public string? Location { get; internal init; }

    /// <summary>The ARM id, or null.</summary>
    public string? ResourceId { get; }

    /// <summary>The resource group, or null.</summary>
    public string? ResourceGroup => new ResourceId(ResourceId).ResourceGroup;

    /// <summary>The subscription's id, or null.</summary>
    public string? SubscriptionId => new ResourceId(ResourceId).SubscriptionId;

    /// <summary>The name and the state.</summary>
    public override string ToString() => $"{Name}: {State}";

    private static IEnumerable<FlowLog> Distinct(IEnumerable<FlowLog> logs) => logs.GroupBy(static log => log.Id, StringComparer.OrdinalIgnoreCase).Select(static same => same.First());

    private static CoverageState StateOf(List<CoverageState> states) => states.Count switch
    {
        0 => CoverageState.None,
        1 => states[0],
        _ when !states.Contains(CoverageState.None) && !states.Contains(CoverageState.Unknown) => CoverageState.Twice,
        _ when states.Contains(CoverageState.Once) || states.Contains(CoverageState.Twice) => CoverageState.Partly,
        _ => CoverageState.Unknown,
    };
}
