namespace NsgFlow.Network;

/// <summary>A virtual machine, or an instance of a scale set. It needs an id or a name.</summary>
public sealed class InventoryVirtualMachine : INamedResource
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary>The Azure region (<c>westeurope</c>), or null.</summary>
    public string? Location { get; init; }

    /// <summary>ARM id of its scale set, or null.</summary>
    public string? ScaleSet { get; init; }

    /// <summary>ARM id of the AKS cluster of which it is a node, or null.</summary>
    public string? AksCluster { get; init; }

    /// <summary>Name of the pool of that cluster, or null.</summary>
    public string? NodePool { get; init; }
}
