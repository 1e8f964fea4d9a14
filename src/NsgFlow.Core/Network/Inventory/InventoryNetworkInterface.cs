using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>A network interface of an inventory. It needs an id or a name.</summary>
public sealed class InventoryNetworkInterface : INamedResource
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region, or null: then its virtual network's.</summary>
    public string? Location { get; init; }

    /// <summary>The MAC, with any separators or none, or null.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Its private addresses, the primary one first.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = OutputList.Of(value); } = [];

    /// <summary>ARM id of its subnet, or null: then the virtual network is told by the address.</summary>
    public string? Subnet { get; init; }

    /// <summary>ARM id of its own network security group, or null. That of its subnet counts besides.</summary>
    public string? Nsg { get; init; }

    /// <summary>ARM id or name of its virtual machine, or null. An instance of a scale set has an id, too.</summary>
    public string? VirtualMachine { get; init; }

    /// <summary>Whether it is the first of its virtual machine; null when not known.</summary>
    public bool? IsPrimary { get; init; }

    /// <summary>ARM id of the private endpoint that it belongs to, or null.</summary>
    public string? PrivateEndpoint { get; init; }
}
