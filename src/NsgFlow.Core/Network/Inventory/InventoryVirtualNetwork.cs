using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A virtual network of an inventory. It needs an id or a name.</summary>
public sealed class InventoryVirtualNetwork : INamedResource
{
    /// <summary>The ARM id, or null. Two entries of one id are one virtual network.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region (<c>westeurope</c>), or null.</summary>
    public string? Location { get; init; }

    /// <summary>Its address space, as prefixes.</summary>
    public IReadOnlyList<string> AddressPrefixes { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Its subnets.</summary>
    public IReadOnlyList<InventorySubnet> Subnets { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Its peerings.</summary>
    public IReadOnlyList<InventoryPeering> Peerings { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Its gateways.</summary>
    public IReadOnlyList<InventoryGateway> Gateways { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Minutes after which an idle flow ends; null for Azure's default.</summary>
    public int? FlowTimeoutInMinutes { get; init; }
}
