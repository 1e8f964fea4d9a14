namespace NsgFlow.Network;

/// <summary>What an inventory says of the addresses of a prefix; equal when it says the same, so that places are few.</summary>
internal sealed record KnownPlace
{
    public PlaceKind Kind { get; init; }

    /// <summary>Tells virtual networks apart; -1 for none or not known which.</summary>
    public int NetworkNumber { get; init; } = -1;

    public string? VirtualNetwork { get; init; }

    public string? Subnet { get; init; }

    public string? NetworkInterface { get; init; }

    public string? VirtualMachine { get; init; }

    public string? LoadBalancer { get; init; }

    public string? AksCluster { get; init; }

    public string? NodePool { get; init; }

    public AksRange? AksRange { get; init; }

    public string? Site { get; init; }

    public string? Location { get; init; }

    public string? ResourceId { get; init; }

    public string? SubscriptionId { get; init; }

    public string? ResourceGroup { get; init; }
}
