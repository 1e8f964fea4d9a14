using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NsgFlow.Display;

namespace NsgFlow.Network;

/// <summary>
/// What belongs to the customer's network: virtual networks, network interfaces, public addresses, sites, AKS clusters. Its JSON form is this
/// project's own (about_NsgFlow_Network has an example): the properties of these classes; all of it is optional.
/// </summary>
public sealed class NetworkInventory
{
    /// <summary>When it was read from Azure, UTC; null when it was written by hand.</summary>
    public DateTime? Time { get; init; }

    /// <summary>The version of NsgFlow that read it, or null.</summary>
    public string? ToolVersion { get; init; }

    /// <summary>What could not be read, in sentences; all else is there.</summary>
    public IReadOnlyList<string> Issues { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The subscriptions of which it tells.</summary>
    public IReadOnlyList<InventorySubscription> Subscriptions { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The Azure regions of what is in it.</summary>
    public IReadOnlyList<string> Locations => OutputList.Of(InventoryText.Sorted(
        VirtualNetworks.Select(static one => one.Location).Concat(NetworkInterfaces.Select(static one => one.Location)).Concat(Nsgs.Select(static one => one.Location))
            .Concat(LoadBalancers.Select(static one => one.Location)).Concat(PublicAddresses.Select(static one => one.Location)).Concat(AksClusters.Select(static one => one.Location))));

    /// <summary>The virtual networks, peered or not. Theirs may overlap; see <see cref="NetworkPlace.VirtualNetwork"/>.</summary>
    public IReadOnlyList<InventoryVirtualNetwork> VirtualNetworks { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The network interfaces, those of scale sets included.</summary>
    public IReadOnlyList<InventoryNetworkInterface> NetworkInterfaces { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The virtual machines, instances of scale sets included.</summary>
    public IReadOnlyList<InventoryVirtualMachine> VirtualMachines { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The network security groups.</summary>
    public IReadOnlyList<InventoryNsg> Nsgs { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The load balancers.</summary>
    public IReadOnlyList<InventoryLoadBalancer> LoadBalancers { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The customer's own public addresses and public address prefixes.</summary>
    public IReadOnlyList<InventoryPublicAddress> PublicAddresses { get; init => field = OutputList.Of(value); } = [];

    /// <summary>The AKS clusters.</summary>
    public IReadOnlyList<InventoryAksCluster> AksClusters { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Places behind a VPN gateway or ExpressRoute (in Azure: local network gateways).</summary>
    public IReadOnlyList<InventorySite> Sites { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Address pools of point-to-site gateways.</summary>
    public IReadOnlyList<InventorySite> PointToSite { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Reads an inventory's JSON.</summary>
    /// <param name="stream">UTF-8, or UTF-16 with a byte order mark; read to its end, not closed.</param>
    /// <exception cref="FormatException">It is no JSON, or an element is wrong; the message says which (<c>virtualNetworks[0].addressPrefixes[1]</c>) and why.</exception>
    public static NetworkInventory Read(Stream stream) => NetworkInventoryReader.Read(NetworkFile.ReadAll(stream, "The inventory"));

    /// <summary>Reads an inventory's JSON.</summary>
    /// <exception cref="FormatException">As for <see cref="Read"/>.</exception>
    public static NetworkInventory Parse(string json) =>
        NetworkInventoryReader.Read(System.Text.Encoding.UTF8.GetBytes(json ?? throw new ArgumentNullException(nameof(json))));

    /// <summary>Writes the JSON, UTF-8 and indented: what <see cref="Read"/> reads, with what is null or empty left out.</summary>
    public void Write(Stream stream) => NetworkInventoryWriter.Write(this, stream);

    /// <summary>Writes a JSON file, whole or not at all: who reads it meanwhile sees the old one.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Save(string path) => NetworkInventoryWriter.Save(this, path);
}
