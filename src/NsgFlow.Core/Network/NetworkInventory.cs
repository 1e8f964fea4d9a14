using System;
using System.Collections.Generic;
using System.IO;

namespace NsgFlow.Network;

/// <summary>
/// What belongs to the customer's network: virtual networks, network interfaces, public addresses, sites. Its JSON form is this
/// project's own (about_NsgFlow_Network has an example); all of it is optional.
/// </summary>
public sealed class NetworkInventory
{
    /// <summary>The virtual networks, peered or not. Theirs may overlap; see <see cref="NetworkPlace.VirtualNetwork"/>.</summary>
    public IReadOnlyList<InventoryVirtualNetwork> VirtualNetworks { get; init; } = [];

    /// <summary>The network interfaces.</summary>
    public IReadOnlyList<InventoryNetworkInterface> NetworkInterfaces { get; init; } = [];

    /// <summary>The customer's own public addresses and public address prefixes.</summary>
    public IReadOnlyList<InventoryPublicAddress> PublicAddresses { get; init; } = [];

    /// <summary>Places behind a VPN gateway or ExpressRoute (in Azure: local network gateways).</summary>
    public IReadOnlyList<InventorySite> Sites { get; init; } = [];

    /// <summary>Address pools of point-to-site gateways.</summary>
    public IReadOnlyList<InventorySite> PointToSite { get; init; } = [];

    /// <summary>Reads an inventory's JSON.</summary>
    /// <param name="stream">UTF-8, or UTF-16 with a byte order mark; read to its end, not closed.</param>
    /// <exception cref="FormatException">It is no JSON, or an element is wrong; the message says which (<c>virtualNetworks[0].addressPrefixes[1]</c>) and why.</exception>
    public static NetworkInventory Read(Stream stream) => NetworkInventoryReader.Read(NetworkFile.ReadAll(stream, "The inventory"));

    /// <summary>Reads an inventory's JSON.</summary>
    /// <exception cref="FormatException">As for <see cref="Read"/>.</exception>
    public static NetworkInventory Parse(string json) =>
        NetworkInventoryReader.Read(System.Text.Encoding.UTF8.GetBytes(json ?? throw new ArgumentNullException(nameof(json))));
}
