using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A peering of a virtual network.</summary>
public sealed class InventoryPeering
{
    /// <summary>The peering's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>ARM id of the virtual network at the other end.</summary>
    public string? VirtualNetwork { get; init; }

    /// <summary>The other end's address space: known even when the caller may not see that virtual network.</summary>
    public IReadOnlyList<string> AddressPrefixes { get; init => field = OutputList.Of(value); } = [];

    /// <summary><c>Connected</c>, <c>Initiated</c> or <c>Disconnected</c>; null when not known.</summary>
    public string? State { get; init; }
}
