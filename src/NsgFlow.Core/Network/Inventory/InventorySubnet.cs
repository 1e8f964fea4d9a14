using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A subnet of a virtual network of an inventory. It needs an id or a name.</summary>
public sealed class InventorySubnet
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>Its prefixes.</summary>
    public IReadOnlyList<string> AddressPrefixes { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM id of its network security group, or null.</summary>
    public string? Nsg { get; init; }

    /// <summary>The services to which it is delegated (<c>Microsoft.Web/serverFarms</c>).</summary>
    public IReadOnlyList<string> Delegations { get; init => field = OutputList.Of(value); } = [];
}
