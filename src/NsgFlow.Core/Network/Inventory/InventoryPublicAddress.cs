using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A public address, or a prefix of them, that is the customer's own.</summary>
public sealed class InventoryPublicAddress : INamedResource
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region, or null.</summary>
    public string? Location { get; init; }

    /// <summary>The addresses or prefixes.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM id or name of the network interface of the inventory to which it leads, or null.</summary>
    public string? NetworkInterface { get; init; }

    /// <summary>ARM id of what it belongs to (load balancer, gateway, firewall, NAT gateway …), or null.</summary>
    public string? Resource { get; init; }
}
