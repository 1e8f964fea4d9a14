using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A load balancer. It needs an id or a name.</summary>
public sealed class InventoryLoadBalancer : INamedResource
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region (<c>westeurope</c>), or null.</summary>
    public string? Location { get; init; }

    /// <summary><c>Basic</c>, <c>Standard</c> or <c>Gateway</c>; null when not known.</summary>
    public string? Sku { get; init; }

    /// <summary>The addresses at which it answers.</summary>
    public IReadOnlyList<InventoryFrontend> Frontends { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM ids of the network interfaces behind it, and addresses where it was told these.</summary>
    public IReadOnlyList<string> Backends { get; init => field = OutputList.Of(value); } = [];
}
