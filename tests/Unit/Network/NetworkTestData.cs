using System;
using System.IO;
using System.Text;
using NsgFlow.Filtering;
using NsgFlow.Network;

namespace NsgFlow.Unit.Network;

internal static class NetworkTestData
{
    public const string Hub = "/subscriptions/s1/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/hub";

    /// <summary>Two virtual networks, a site, a gateway's pool, a machine with a public address.</summary>
    public const string Inventory = """
        {
          "virtualNetworks": [
            { "id": "/subscriptions/s1/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/hub", "location": "westeurope",
              "addressPrefixes": [ "10.1.0.0/16", "fd00:1::/48" ],
              "subnets": [ { "name": "web", "addressPrefixes": [ "10.1.1.0/24" ] }, { "name": "db", "addressPrefixes": [ "10.1.2.0/24" ] } ] },
            { "name": "spoke", "location": "northeurope", "addressPrefixes": [ "10.2.0.0/16" ] }
          ],
          "networkInterfaces": [
            { "id": "/subscriptions/s1/resourceGroups/rg-vm/providers/Microsoft.Network/networkInterfaces/vm1-nic", "macAddress": "00-0D-3A-F8-80-1A",
              "addresses": [ "10.1.1.4" ],
              "subnet": "/subscriptions/S1/resourceGroups/RG-NET/providers/Microsoft.Network/virtualNetworks/hub/subnets/web",
              "virtualMachine": "/subscriptions/s1/resourceGroups/rg-vm/providers/Microsoft.Compute/virtualMachines/vm1" }
          ],
          "publicAddresses": [
            { "name": "vm1-ip", "location": "westeurope", "addresses": [ "20.50.0.1" ], "networkInterface": "vm1-nic" },
            { "name": "spare", "location": "westeurope", "addresses": [ "20.50.0.16/28" ] }
          ],
          "sites": [ { "name": "Berlin", "addressPrefixes": [ "192.168.0.0/16" ] } ],
          "pointToSite": [ { "name": "gw", "addressPools": [ "172.16.201.0/24" ] } ]
        }
        """;

    public const string Tags = """
        {
          "changeNumber": 345, "cloud": "Public",
          "values": [
            { "name": "AzureCloud", "id": "AzureCloud", "properties": { "region": "", "platform": "Azure", "systemService": "", "addressPrefixes": [ "20.50.0.0/16", "20.60.0.0/16", "2603:1000::/24" ] } },
            { "name": "AzureCloud.westeurope", "id": "AzureCloud.westeurope", "properties": { "region": "westeurope", "systemService": "", "addressPrefixes": [ "20.50.0.0/16", "20.60.1.0/24" ] } },
            { "name": "Storage", "id": "Storage", "properties": { "region": "", "systemService": "AzureStorage", "addressPrefixes": [ "20.60.0.0/20", "2603:1000:1::/48" ] } },
            { "name": "Storage.WestEurope", "id": "Storage.WestEurope", "properties": { "region": "westeurope", "systemService": "AzureStorage", "addressPrefixes": [ "20.60.0.0/20" ] } },
            { "name": "Sql", "id": "Sql", "properties": { "region": "", "systemService": "AzureSQL", "addressPrefixes": [ "20.60.16.0/24", "20.60.1.0/24" ] } },
            { "name": "AzurePlatformDNS", "id": "AzurePlatformDNS", "properties": { "region": "", "addressPrefixes": [ "168.63.129.16/32" ] } }
          ]
        }
        """;

    public const string Threats = """
        # bad ones
        203.0.113.0/24
        203.0.113.7
        20.60.0.66
        """;

    public static FlowAddress Address(string text) => FlowAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    public static AddressRange Range(string text) => AddressSet.TryParse(text, out var range, out var error) ? range : throw new FormatException(error);

    public static Stream Utf8(string text) => new MemoryStream(Encoding.UTF8.GetBytes(text));

    public static ServiceTagFile ReadTags(string json = Tags) => ServiceTagFile.Read(Utf8(json), "tags");

    public static ThreatList ReadThreats(string text = Threats, string name = "list") => ThreatList.Read(Utf8(text), name);

    public static NetworkMap Full() => new NetworkMapBuilder().Add(NetworkInventory.Parse(Inventory)).Add(ReadTags()).Add(ReadThreats()).Build();

    public static NetworkPlace Place(this NetworkMap map, string address) => map.PlaceOf(Address(address));

    public static FlowType Type(this NetworkMap map, string source, string destination) =>
        map.TypeOf(map.IndexOf(Address(source)), map.IndexOf(Address(destination)));

    public static FlowType Type(this NetworkMap map, string source, string destination, FlowDirection direction) =>
        map.TypeOf(map.IndexOf(Address(source)), map.IndexOf(Address(destination)), direction);
}
