namespace NsgFlow.Network;

/// <summary>A VPN or ExpressRoute gateway in a virtual network.</summary>
public sealed class InventoryGateway
{
    /// <summary>The ARM id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The name; null when the id has it.</summary>
    public string? Name { get; init; }

    /// <summary><c>Vpn</c> or <c>ExpressRoute</c>; null when not known.</summary>
    public string? Type { get; init; }
}
