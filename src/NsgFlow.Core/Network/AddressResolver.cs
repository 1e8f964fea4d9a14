using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Filtering;

namespace NsgFlow.Network;

/// <summary>Tells what addresses are, and which addresses the network interface of a MAC has.</summary>
public sealed class AddressResolver
{
    private readonly NetworkMap _map;
    private readonly ILookup<string, InventoryNetworkInterface> _byMac;
    private readonly Dictionary<string, string> _macs = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a resolver.</summary>
    /// <param name="map">What is known of addresses.</param>
    /// <param name="inventories">Those of which the map was made: they know MACs.</param>
    public AddressResolver(NetworkMap map, IEnumerable<NetworkInventory> inventories)
    {
        _map = map ?? throw new ArgumentNullException(nameof(map));
        var known = (inventories ?? throw new ArgumentNullException(nameof(inventories))).SelectMany(static inventory => inventory.NetworkInterfaces)
            .Select(static nic => (Nic: nic, Mac: MacSet.TryNormalize(nic.MacAddress, out var mac, out _) ? mac : null)).Where(static one => one.Mac is not null).ToList();
        _byMac = known.ToLookup(static one => one.Mac!, static one => one.Nic, StringComparer.Ordinal);
        foreach (var (nic, mac) in known)
        {
            if ((InventoryText.Trim(nic.Id) ?? nic.Name) is { } key)
                _macs[key] = mac!;
        }
    }

    /// <summary>What an address is; of every one something is known, if only that it is public.</summary>
    public AddressInfo Resolve(in FlowAddress address)
    {
        var place = _map.PlaceOf(in address);

        // A public address leads to a network interface, too.
        var mac = (place.ResourceId ?? place.NetworkInterface) is { } key && _macs.TryGetValue(key, out var found) ? found : null;
        return new AddressInfo(address.ToString(), mac, place);
    }

    /// <summary>The addresses of a MAC's network interface, or one answer without address when no inventory knows it.</summary>
    /// <param name="mac">12 upper-case hex digits, as <see cref="MacSet.TryNormalize(string, out string, out string)"/> makes them.</param>
    public IReadOnlyList<AddressInfo> ResolveMac(string mac)
    {
        var addresses = _byMac[mac].SelectMany(static nic => nic.Addresses)
            .Select(static text => AddressSet.TryParse(text, out var range, out _) ? range.First : default(FlowAddress?)).OfType<FlowAddress>().Distinct()
            .Select(address => new AddressInfo(address.ToString(), mac, _map.PlaceOf(in address))).ToList();
        return addresses.Count > 0 ? addresses : [new AddressInfo(null, mac, null)];
    }
}
