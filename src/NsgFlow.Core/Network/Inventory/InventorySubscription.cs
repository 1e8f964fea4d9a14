namespace NsgFlow.Network;

/// <summary>A subscription of which an inventory tells.</summary>
public sealed class InventorySubscription : INamedResource
{
    /// <summary>Its id, a GUID.</summary>
    public string? Id { get; init; }

    /// <summary>Its name, or null.</summary>
    public string? Name { get; init; }
}
