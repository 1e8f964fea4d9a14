namespace NsgFlow.Network;

/// <summary>A pool of nodes of an AKS cluster.</summary>
public sealed class InventoryNodePool
{
    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>How many nodes it has, or null.</summary>
    public int? Count { get; init; }

    /// <summary><c>System</c> or <c>User</c>; null when not known.</summary>
    public string? Mode { get; init; }

    /// <summary><c>VirtualMachineScaleSets</c>, <c>VirtualMachines</c> or <c>AvailabilitySet</c>; null when not known.</summary>
    public string? Type { get; init; }

    /// <summary>Size of its machines, or null.</summary>
    public string? VmSize { get; init; }

    /// <summary>ARM id of the subnet of its nodes; null when AKS made the virtual network and its nodes were not seen.</summary>
    public string? Subnet { get; init; }

    /// <summary>ARM id of the subnet of its pods; null when they have none of their own.</summary>
    public string? PodSubnet { get; init; }
}
