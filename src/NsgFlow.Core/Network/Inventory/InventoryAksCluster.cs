using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>An AKS cluster. It needs an id or a name.</summary>
public sealed class InventoryAksCluster : INamedResource
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region (<c>westeurope</c>), or null.</summary>
    public string? Location { get; init; }

    /// <summary>The resource group of its nodes, in the cluster's subscription.</summary>
    public string? NodeResourceGroup { get; init; }

    /// <summary><c>azure</c>, <c>kubenet</c> or <c>none</c>; null when not known.</summary>
    public string? NetworkPlugin { get; init; }

    /// <summary><c>overlay</c>, or null.</summary>
    public string? NetworkPluginMode { get; init; }

    /// <summary>How its nodes get out: <c>loadBalancer</c>, <c>userDefinedRouting</c>, <c>managedNATGateway</c> …</summary>
    public string? OutboundType { get; init; }

    /// <summary>The prefixes of pods that are not in a virtual network (overlay, kubenet).</summary>
    public IReadOnlyList<string> PodRanges { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The prefixes of services, which exist inside the cluster only.</summary>
    public IReadOnlyList<string> ServiceRanges { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The address of the cluster's DNS, in the range of services.</summary>
    public string? DnsServiceAddress { get; init; }

    /// <summary>Its pools of nodes.</summary>
    public IReadOnlyList<InventoryNodePool> NodePools { get; init => field = OutputList.Of(value); } = [];
}
