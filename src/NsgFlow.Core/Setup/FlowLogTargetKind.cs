namespace NsgFlow;

/// <summary>What a flow log logs.</summary>
public enum FlowLogTargetKind
{
    /// <summary>Something that this version does not know.</summary>
    Unknown,

    /// <summary>A network security group; none can be added since 2025-06-30.</summary>
    Nsg,

    /// <summary>A virtual network with everything in it.</summary>
    VirtualNetwork,

    /// <summary>A subnet.</summary>
    Subnet,

    /// <summary>One network interface.</summary>
    NetworkInterface,
}
