using System.Collections.Generic;

namespace NsgFlow.Network;

/// <summary>Of what an inventory is wanted. Names take wildcards; what is empty does not narrow it; what is given must all fit.</summary>
public sealed class InventoryScope
{
    /// <summary>Subscriptions by id or name; empty for all that the caller sees.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>Resource groups, in which the resources themselves are: the nodes of an AKS cluster are in a group of their own.</summary>
    public IReadOnlyList<string> ResourceGroups { get; init; } = [];

    /// <summary>Virtual networks by name or ARM id, with what is in them.</summary>
    public IReadOnlyList<string> VirtualNetworks { get; init; } = [];

    /// <summary>AKS clusters by name or ARM id, with their nodes and the virtual networks in which these are.</summary>
    public IReadOnlyList<string> AksClusters { get; init; } = [];

    /// <summary>Azure regions, by name (<c>westeurope</c>) or title (<c>West Europe</c>).</summary>
    public IReadOnlyList<string> Locations { get; init; } = [];
}
