using NsgFlow.Network;

namespace NsgFlow;

/// <summary>What is known of an address.</summary>
public sealed class AddressInfo
{
    private readonly NetworkPlace? _place;

    internal AddressInfo(string? ipAddress, string? macAddress, NetworkPlace? place)
    {
        IPAddress = ipAddress;
        MacAddress = macAddress;
        _place = place;
    }

    /// <summary>The address; null for a MAC that nobody knows. (Not called Address: arrays have a member of that name, so <c>$infos.Address</c> would not be it.)</summary>
    public string? IPAddress { get; }

    /// <summary>What sort of place it is in; null for a MAC that nobody knows.</summary>
    public PlaceKind? Kind => _place?.Kind;

    /// <summary>MAC of the network interface that has it, as flow logs write it, or null.</summary>
    public string? MacAddress { get; }

    /// <summary>Name of the virtual network; null when it is in none, or virtual networks that overlap both have it.</summary>
    public string? VirtualNetwork => _place?.VirtualNetwork;

    /// <summary>Name of the subnet, or null.</summary>
    public string? Subnet => _place?.Subnet;

    /// <summary>Name of the network interface that has it, or null.</summary>
    public string? NetworkInterface => _place?.NetworkInterface;

    /// <summary>Name of the virtual machine of that network interface, or null.</summary>
    public string? VirtualMachine => _place?.VirtualMachine;

    /// <summary>Name of the load balancer that answers at it, or null.</summary>
    public string? LoadBalancer => _place?.LoadBalancer;

    /// <summary>Name of the AKS cluster of which it is a node, a pod or a service, or null.</summary>
    public string? AksCluster => _place?.AksCluster;

    /// <summary>Name of the node's pool, or null.</summary>
    public string? NodePool => _place?.NodePool;

    /// <summary>Whether it is one of an AKS cluster's pods or services; null when it is not, or not known.</summary>
    public AksRange? AksRange => _place?.AksRange;

    /// <summary>Name of the site or point-to-site gateway, or null.</summary>
    public string? Site => _place?.Site;

    /// <summary>The most specific service tag, or null.</summary>
    public string? ServiceTag => _place?.ServiceTag;

    /// <summary>The threat's kind, or null.</summary>
    public string? ThreatType => _place?.ThreatType;

    /// <summary>Name of the threat list that has it, or null.</summary>
    public string? ThreatList => _place?.ThreatList;

    /// <summary>The Azure region, or null.</summary>
    public string? Location => _place?.Location;

    /// <summary>ARM id of the most specific resource that has it, or null.</summary>
    public string? ResourceId => _place?.ResourceId;

    /// <summary>Resource group of that resource, or null.</summary>
    public string? ResourceGroup => _place?.ResourceGroup;

    /// <summary>Subscription of that resource, or null.</summary>
    public string? SubscriptionId => _place?.SubscriptionId;

    /// <summary>The address and what it is.</summary>
    public override string ToString() => $"{IPAddress ?? MacAddress}: {_place?.ToString() ?? "unknown"}";
}
