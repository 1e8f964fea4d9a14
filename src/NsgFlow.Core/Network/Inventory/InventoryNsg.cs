using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A network security group.</summary>
public sealed class InventoryNsg : INamedResource
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region (<c>westeurope</c>), or null.</summary>
    public string? Location { get; init; }

    /// <summary>Its own rules by direction and priority, then Azure's default ones.</summary>
    public IReadOnlyList<InventoryRule> Rules { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM ids of the subnets to which it is attached.</summary>
    public IReadOnlyList<string> Subnets { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM ids of the network interfaces to which it is attached.</summary>
    public IReadOnlyList<string> NetworkInterfaces { get; init => field = OutputList.Of(value); } = [];
}
