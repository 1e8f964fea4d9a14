namespace NsgFlow;

/// <summary>Of what it is asked whether it is logged.</summary>
public enum CoverageLevel
{
    /// <summary>Each network interface.</summary>
    NetworkInterface,

    /// <summary>Each subnet with the network interfaces in it.</summary>
    Subnet,

    /// <summary>Each pool of nodes of an AKS cluster, with the subnet of its pods if they have one.</summary>
    AksPool,

    /// <summary>Each virtual network with the network interfaces in it.</summary>
    VirtualNetwork,
}
