using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>An address at which a load balancer answers.</summary>
public sealed class InventoryFrontend
{
    /// <summary>The name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Its private addresses; none when it is public.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM id of the subnet of its private address, or null.</summary>
    public string? Subnet { get; init; }

    /// <summary>ARM id of its public address or prefix, or null.</summary>
    public string? PublicAddress { get; init; }
}
