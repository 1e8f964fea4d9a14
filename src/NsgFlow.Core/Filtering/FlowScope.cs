using System;
using System.Collections.Generic;
using NsgFlow.Blobs;

namespace NsgFlow.Filtering;

/// <summary>Whose flows are asked for: names with wildcards (<c>*</c>, <c>?</c>, <c>[a-z]</c>) or ARM ids, compared without case. Lists OR, properties AND.</summary>
public sealed class FlowScope
{
    private ScopeNames _nsg = ScopeNames.None;
    private ScopeNames _virtualNetwork = ScopeNames.None;
    private ScopeNames _subnet = ScopeNames.None;
    private ScopeNames _networkInterface = ScopeNames.None;
    private ScopeNames _resourceId = ScopeNames.None;
    private ScopeNames _resourceGroup = ScopeNames.None;
    private ScopeNames _subscriptionId = ScopeNames.None;

    /// <summary>No restriction.</summary>
    public static FlowScope Everything { get; } = new();

    /// <summary>
    /// Network security groups: the logged one of an NSG log; in a VNet log the one that decided, where the log names it by an ARM id
    /// (a GUID says nothing and does not match).
    /// </summary>
    public IReadOnlyList<string> Nsg { get => _nsg.Texts; init => _nsg = Names(value); }

    /// <summary>Virtual networks that a VNet flow log is on, or in which the subnet lies that it is on.</summary>
    public IReadOnlyList<string> VirtualNetwork { get => _virtualNetwork.Texts; init => _virtualNetwork = Names(value); }

    /// <summary>Subnets that a VNet flow log is on.</summary>
    public IReadOnlyList<string> Subnet { get => _subnet.Texts; init => _subnet = Names(value); }

    /// <summary>Network interfaces that a VNet flow log is on.</summary>
    public IReadOnlyList<string> NetworkInterface { get => _networkInterface.Texts; init => _networkInterface = Names(value); }

    /// <summary>ARM ids of targets, of flow logs, or of NSGs that decided; or of what these lie in (a virtual network, group, subscription).</summary>
    public IReadOnlyList<string> ResourceId { get => _resourceId.Texts; init => _resourceId = Names(value); }

    /// <summary>Resource groups of targets.</summary>
    public IReadOnlyList<string> ResourceGroup { get => _resourceGroup.Texts; init => _resourceGroup = Names(value); }

    /// <summary>Subscriptions of targets.</summary>
    public IReadOnlyList<string> SubscriptionId { get => _subscriptionId.Texts; init => _subscriptionId = Names(value); }

    /// <summary>Resources found in Azure. Each of these is one more restriction: a flow must be of every one of them.</summary>
    public IReadOnlyList<ScopeResources> Resources { get; init; } = [];

    /// <summary>True when nothing is restricted.</summary>
    public bool IsEverything => Resources.Count == 0 && _nsg.IsEmpty && _virtualNetwork.IsEmpty && _subnet.IsEmpty && _networkInterface.IsEmpty
        && _resourceId.IsEmpty && _resourceGroup.IsEmpty && _subscriptionId.IsEmpty;

    /// <summary>The restrictions in words (<c>NSG aks-*, resource group shop</c>); empty when nothing is restricted.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        Add("NSG", Nsg);
        Add("virtual network", VirtualNetwork);
        Add("subnet", Subnet);
        Add("network interface", NetworkInterface);
        Add("resource", ResourceId);
        Add("resource group", ResourceGroup);
        Add("subscription", SubscriptionId);
        foreach (var resources in Resources)
        {
            parts.Add(resources.Text);
        }

        return string.Join(", ", parts);

        void Add(string noun, IReadOnlyList<string> names)
        {
            if (names.Count > 0)
            {
                parts.Add(noun + " " + string.Join(" or ", names));
            }
        }
    }

    /// <summary>Whether a group's tuples, or some of them, are in the scope, by what its entry says.</summary>
    public bool Matches(FlowGroup group) => Answer(group) != ScopeAnswer.No;

    /// <summary>Whether a tuple is in the scope, of a group for which the answer is <see cref="ScopeAnswer.Maybe"/>.</summary>
    public bool Matches(FlowGroup group, in FlowTuple tuple)
    {
        if (group is null)
        {
            throw new ArgumentNullException(nameof(group));
        }

        foreach (var resources in Resources)
        {
            if (resources.Answer(group, NsgOf(group)) == ScopeAnswer.Maybe && !resources.Holds(group, in tuple))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a group's tuples are in the scope, by what its entry says; <see cref="ScopeAnswer.Maybe"/> when that hangs on the tuple.</summary>
    public ScopeAnswer Answer(FlowGroup group)
    {
        if (group is null)
        {
            throw new ArgumentNullException(nameof(group));
        }

        if (IsEverything)
        {
            return ScopeAnswer.Yes;
        }

        var answer = Sure(MatchesNames(group));
        foreach (var resources in Resources)
        {
            answer = Least(answer, resources.Answer(group, NsgOf(group)));
        }

        return answer;
    }

    /// <summary>True only when a blob's name proves that none of its flows is in the scope.</summary>
    public bool Excludes(FlowBlob blob) => Answer(blob) == ScopeAnswer.No;

    /// <summary>Whether a blob's flows are in the scope, by its name alone.</summary>
    public ScopeAnswer Answer(FlowBlob blob)
    {
        if (blob is null)
        {
            throw new ArgumentNullException(nameof(blob));
        }

        return Answer(blob.Kind, blob.ResourceId, blob.ResourceGroup, blob.SubscriptionId, blob.MacAddress);
    }

    /// <summary>The same for a name that may be the beginning of one, as a folder's is.</summary>
    internal ScopeAnswer Answer(FlowBlobName name) => Answer(name.Kind, name.ResourceId, name.ResourceGroup, name.SubscriptionId, name.MacAddress);

    private static ScopeNames Names(IReadOnlyList<string>? texts) => texts is null || texts.Count == 0 ? ScopeNames.None : new ScopeNames(texts);

    private static ScopeAnswer Least(ScopeAnswer left, ScopeAnswer right) => left < right ? left : right;

    private static ScopeAnswer Sure(bool isIn) => isIn ? ScopeAnswer.Yes : ScopeAnswer.No;

    /// <summary>The NSG that decided.</summary>
    private static string? NsgOf(FlowGroup group) => group.Entry.Kind == FlowLogKind.Nsg ? group.Entry.TargetResourceId : group.AclId;

    private bool MatchesNames(FlowGroup group)
    {
        var entry = group.Entry;
        var target = entry.TargetResourceId;
        var nsg = NsgOf(group);
        return (_nsg.IsEmpty || _nsg.Matches(nsg, "networkSecurityGroups"))
            && (_virtualNetwork.IsEmpty || _virtualNetwork.Matches(target, "virtualNetworks"))
            && (_subnet.IsEmpty || _subnet.Matches(target, "subnets"))
            && (_networkInterface.IsEmpty || _networkInterface.Matches(target, "networkInterfaces"))
            && (_resourceGroup.IsEmpty || _resourceGroup.Matches(new ResourceId(target).ResourceGroup))
            && (_subscriptionId.IsEmpty || _subscriptionId.Matches(new ResourceId(target).SubscriptionId))
            && (_resourceId.IsEmpty || _resourceId.MatchesIdOrParent(target)
                || _resourceId.MatchesIdOrParent(entry.FlowLogResourceId) || _resourceId.MatchesIdOrParent(nsg));
    }

    private ScopeAnswer Answer(FlowLogKind? kind, string? id, string? group, string? subscription, string? mac)
    {
        if (IsEverything)
        {
            return ScopeAnswer.Yes;
        }

        var answer = ScopeAnswer.Yes;
        foreach (var resources in Resources)
        {
            answer = Least(answer, resources.Answer(kind, id, mac));
        }

        if (!_subscriptionId.IsEmpty)
        {
            // A flow log stands in its target's subscription, so a VNet blob's name tells this too.
            answer = Least(answer, subscription is null ? ScopeAnswer.Maybe : Sure(_subscriptionId.Matches(subscription)));
        }

        if (!_resourceId.IsEmpty && !_resourceId.MayLieIn(subscription))
        {
            return ScopeAnswer.No;
        }

        if (kind == FlowLogKind.Nsg)
        {
            return Least(answer, AnswerForNsg(id, group));
        }

        // A VNet blob's name holds the flow log and the watcher's resource group, neither of which tells target, NSG or the target's group.
        var isOnlySubscription = _nsg.IsEmpty && _virtualNetwork.IsEmpty && _subnet.IsEmpty && _networkInterface.IsEmpty
            && _resourceId.IsEmpty && _resourceGroup.IsEmpty;
        return isOnlySubscription ? answer : Least(answer, ScopeAnswer.Maybe);
    }

    private ScopeAnswer AnswerForNsg(string? id, string? group)
    {
        // An NSG log's target is the NSG: it is on no virtual network, subnet or interface that it would name.
        if (!_virtualNetwork.IsEmpty || !_subnet.IsEmpty || !_networkInterface.IsEmpty)
        {
            return ScopeAnswer.No;
        }

        var answer = ScopeAnswer.Yes;
        if (!_resourceGroup.IsEmpty)
        {
            answer = Least(answer, group is null ? ScopeAnswer.Maybe : Sure(_resourceGroup.Matches(group)));
        }

        if (!_nsg.IsEmpty)
        {
            answer = Least(answer, id is null ? ScopeAnswer.Maybe : Sure(_nsg.Matches(id, "networkSecurityGroups")));
        }

        if (!_resourceId.IsEmpty)
        {
            answer = Least(answer, id is null ? ScopeAnswer.Maybe : Sure(_resourceId.MatchesIdOrParent(id)));
        }

        return answer;
    }
}
