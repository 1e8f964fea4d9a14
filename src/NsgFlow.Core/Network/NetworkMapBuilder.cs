using System;
using System.Collections.Generic;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>
/// Makes a <see cref="NetworkMap"/> of what is known. Where several hold for an address, in this order: 168.63.129.16 is Azure's; a
/// network interface, then virtual networks, sites and point-to-site pools by the longest prefix; private ranges; then, of public
/// addresses, threat lists, the customer's own public addresses, service tags.
/// </summary>
public sealed class NetworkMapBuilder
{
    private readonly List<NetworkInventory> _inventories = [];
    private readonly List<ServiceTagFile> _tags = [];
    private readonly List<ThreatList> _threats = [];
    private readonly List<AddressRange> _privateRanges = [];

    /// <summary>Adds an inventory; several make up one network.</summary>
    public NetworkMapBuilder Add(NetworkInventory inventory)
    {
        _inventories.Add(inventory ?? throw new ArgumentNullException(nameof(inventory)));
        return this;
    }

    /// <summary>Adds a file of service tags; several add up.</summary>
    public NetworkMapBuilder Add(ServiceTagFile tags)
    {
        _tags.Add(tags ?? throw new ArgumentNullException(nameof(tags)));
        return this;
    }

    /// <summary>Adds a threat list. Of the same prefix in two lists, one that says what the threat is comes before one that does not, else the first.</summary>
    public NetworkMapBuilder Add(ThreatList list)
    {
        _threats.Add(list ?? throw new ArgumentNullException(nameof(list)));
        return this;
    }

    /// <summary>Adds addresses that are used as private ones though they are public by their number; Azure and threat lists are then not asked about them.</summary>
    public NetworkMapBuilder AddPrivate(AddressRange range)
    {
        _privateRanges.Add(range);
        return this;
    }

    /// <summary>Makes the map. The builder can go on being used.</summary>
    /// <exception cref="FormatException">An inventory made in code has a wrong element; the message says which and why.</exception>
    public NetworkMap Build()
    {
        var inventory = new InventoryLayers(_inventories);
        var tags = new ServiceTagLayers(_tags);
        var threats = new ThreatLayer(_threats);
        var issues = new List<NetworkIssue>();
        _tags.ForEach(file => issues.AddRange(file.Issues));
        _threats.ForEach(list => issues.AddRange(list.Issues));
        return new NetworkMap(new NetworkPlaces(inventory, tags, threats, AddressSpaces.Layer(_privateRanges)), issues.AsReadOnly());
    }
}
