using System.Collections.Generic;
using System.Linq;
using System;
using NsgFlow.Filtering;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>
/// Which flow logs are meant. Names take wildcards or ARM ids, compared without case. The targets (<see cref="Nsgs"/> to <see cref="Ids"/>) OR;
/// everything else ANDs. A target is meant exactly: a virtual network, not the subnets in it.
/// </summary>
public sealed class FlowLogChoice
{
    private readonly Lazy<IReadOnlyList<FlowLogSelector>> _names;
    private readonly Lazy<IReadOnlyList<FlowLogSelector>> _targets;
    private readonly Lazy<IReadOnlyList<NamePattern>> _groups;

    /// <summary>All flow logs.</summary>
    public FlowLogChoice()
    {
        _names = new(() => [.. Names.Select(FlowLogSelector.OfName)]);
        _targets = new(() =>
        [
            .. Nsgs.Select(name => FlowLogSelector.OfTarget(FlowLogTargetKind.Nsg, name)),
            .. VirtualNetworks.Select(name => FlowLogSelector.OfTarget(FlowLogTargetKind.VirtualNetwork, name)),
            .. Subnets.Select(name => FlowLogSelector.OfTarget(FlowLogTargetKind.Subnet, name)),
            .. NetworkInterfaces.Select(name => FlowLogSelector.OfTarget(FlowLogTargetKind.NetworkInterface, name)),
            .. Ids.Select(FlowLogSelector.OfId),
        ]);
        _groups = new(() => [.. ResourceGroups.Select(static name => new NamePattern(name))]);
    }

    /// <summary>Names of flow logs.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Network security groups.</summary>
    public IReadOnlyList<string> Nsgs { get; init; } = [];

    /// <summary>Virtual networks.</summary>
    public IReadOnlyList<string> VirtualNetworks { get; init; } = [];

    /// <summary>Subnets: <c>subnet</c> or <c>network/subnet</c>.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>Network interfaces.</summary>
    public IReadOnlyList<string> NetworkInterfaces { get; init; } = [];

    /// <summary>ARM ids of targets or of flow logs.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Resource groups of targets.</summary>
    public IReadOnlyList<string> ResourceGroups { get; init; } = [];

    /// <summary>Subscriptions, by id or name.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>Regions, in either spelling.</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];

    /// <summary>One of the two formats; null for both.</summary>
    public FlowLogKind? Kind { get; init; }

    /// <summary>Whether they log; null for both.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Whether anything is named, be it by a wildcard.</summary>
    public bool HasNames => Selectors.Any();

    /// <summary>Of flow logs that were found, those that are meant for certain: nothing should be written by a name without wildcards that several have.</summary>
    /// <param name="found">What the choice found.</param>
    /// <param name="failed">Told each name that is not certain.</param>
    public IReadOnlyList<FlowLog> Certain(IReadOnlyList<FlowLog> found, Action<string, NsgFlowException> failed)
    {
        if (failed is null)
            throw new ArgumentNullException(nameof(failed));
        var certain = (found ?? throw new ArgumentNullException(nameof(found))).ToList();
        foreach (var selector in Selectors)
        {
            if (selector.Ambiguity(found) is not { } failure)
                continue;
            failed(selector.Text, failure);
            certain.RemoveAll(selector.Matches);
        }

        return certain;
    }

    /// <summary>Names, patterns and ids, each of which should find something.</summary>
    internal IEnumerable<FlowLogSelector> Selectors => _names.Value.Concat(_targets.Value);

    /// <summary>
    /// The subscriptions that can have an answer: those of the ids when only ids are given (no other has to be asked), else <see cref="Subscriptions"/>.
    /// </summary>
    internal IReadOnlyList<string> SubscriptionsToAsk
    {
        get
        {
            var ids = _targets.Value.Select(static target => FlowLogSelector.IsId(target.Text) ? new ResourceId(target.Literal).SubscriptionId : null).ToList();
            return Subscriptions.Count == 0 && ids.Count > 0 && ids.TrueForAll(static id => id is not null)
                ? [.. ids.Select(static id => id!).Distinct(StringComparer.OrdinalIgnoreCase)]
                : Subscriptions;
        }
    }

    /// <summary>Whether a watcher's region is asked for.</summary>
    internal bool Asks(string? location) => Locations.Count == 0 || Locations.Any(name => Region.Same(name, location));

    /// <summary>Whether a flow log is wanted; its subscription is not looked at.</summary>
    public bool Matches(FlowLog log)
    {
        if (log is null)
            throw new ArgumentNullException(nameof(log));
        return Any(_names.Value, log) && Any(_targets.Value, log)
            && (_groups.Value.Count == 0 || _groups.Value.Any(group => group.Matches(new ResourceId(log.TargetResourceId).ResourceGroup)))
            && Asks(log.Location) && (Kind is null || Kind == log.Kind) && (Enabled is null || Enabled == log.Enabled);
    }

    private static bool Any(IReadOnlyList<FlowLogSelector> selectors, FlowLog log) => selectors.Count == 0 || selectors.Any(selector => selector.Matches(log));
}
