using System.Collections.Generic;

namespace NsgFlow.Network;

/// <summary>What is known of an address. Addresses of which the same is known share a place.</summary>
public sealed class NetworkPlace
{
    internal NetworkPlace()
    {
    }

    /// <summary>The place's number in <see cref="NetworkMap.Places"/>.</summary>
    public int Index { get; internal init; }

    /// <summary>What sort of place it is; it decides the flow type.</summary>
    public PlaceKind Kind { get; internal init; }

    /// <summary>Name of the virtual network; null when the address is in none, or virtual networks that overlap both have it.</summary>
    public string? VirtualNetwork { get; internal init; }

    /// <summary>Name of the subnet, or null.</summary>
    public string? Subnet { get; internal init; }

    /// <summary>Name of the network interface that has the address, or null.</summary>
    public string? NetworkInterface { get; internal init; }

    /// <summary>Name of the virtual machine of that network interface, or null.</summary>
    public string? VirtualMachine { get; internal init; }

    /// <summary>Name of the load balancer that answers at the address, or null.</summary>
    public string? LoadBalancer { get; internal init; }

    /// <summary>Name of the AKS cluster: of the node that has the address, or whose <see cref="AksRange"/> it is in; null when several have the range.</summary>
    public string? AksCluster { get; internal init; }

    /// <summary>Name of the node's pool in its AKS cluster, or null.</summary>
    public string? NodePool { get; internal init; }

    /// <summary>Whether the address is one of an AKS cluster's pods or services; null when it is not, or not known.</summary>
    public AksRange? AksRange { get; internal init; }

    /// <summary>Name of the site or point-to-site gateway; null elsewhere, and when two have the same prefix.</summary>
    public string? Site { get; internal init; }

    /// <summary>
    /// The Azure region, in the inventory's spelling or, for a public address, that of the service tag (<c>westeurope</c>); null when
    /// it is not known or the service is global.
    /// </summary>
    public string? Location { get; internal init; }

    /// <summary>ARM id of the inventory's most specific resource that has the address (that to which a public address belongs, else itself), or null.</summary>
    public string? ResourceId { get; internal init; }

    /// <summary>Subscription of the inventory's most specific resource (network interface, else virtual network, public address, site), or null.</summary>
    public string? SubscriptionId { get; internal init; }

    /// <summary>Resource group of that resource, or null.</summary>
    public string? ResourceGroup { get; internal init; }

    /// <summary>The most specific service tag, as <c>Storage.WestEurope</c>, or null.</summary>
    public string? ServiceTag { get; internal init; }

    /// <summary>The threat's kind, one of Traffic Analytics' words (<c>Botnet</c>) or the list's own; null when in no list, or the list does not say.</summary>
    public string? ThreatType { get; internal init; }

    /// <summary>Name of the threat list that has the address, or null.</summary>
    public string? ThreatList { get; internal init; }

    internal NetworkEnd End { get; init; }

    /// <summary>Tells virtual networks apart; -1 for none or not known which.</summary>
    internal int NetworkNumber { get; init; } = -1;

    /// <summary>The kind and the most telling names, for people.</summary>
    public override string ToString()
    {
        var parts = new List<string>();
        foreach (var part in new[] { VirtualNetwork, Subnet, NetworkInterface, VirtualMachine, LoadBalancer, AksCluster, Site, ServiceTag, ThreatList, ThreatType })
        {
            if (part is not null)
            {
                parts.Add(part);
            }
        }

        return parts.Count == 0 ? Kind.ToString() : Kind + " " + string.Join("/", parts);
    }
}
