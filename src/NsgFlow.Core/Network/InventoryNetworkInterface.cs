using System.Collections.Generic;

namespace NsgFlow.Network;

/// <summary>A network interface of an inventory. It needs an id or a name.</summary>
public sealed class InventoryNetworkInterface
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region, or null: then its virtual network's.</summary>
    public string? Location { get; init; }

    /// <summary>The MAC, with any separators or none, or null. Checked, and not used by the map: addresses are looked up, not MACs.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Its private addresses.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>ARM id of its subnet, or null: then the virtual network is told by the address.</summary>
    public string? Subnet { get; init; }

    /// <summary>ARM id or name of its virtual machine, or null.</summary>
    public string? VirtualMachine { get; init; }
}
