using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using NsgFlow.Network;
using NsgFlow.Simulator;

namespace NsgFlow.EqualityTests;

/// <summary>Two virtual networks with machines that log, and the same twice over: as Traffic Analytics finds it, and as an inventory tells it.</summary>
internal static class EqualityWorld
{
    public const string Subscription = "5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07";
    public const string Group = "/subscriptions/" + Subscription + "/resourceGroups/rg-net";
    private const string Providers = Group + "/providers/Microsoft.Network";

    /// <summary>Logged by an NSG's flow log and a virtual network's.</summary>
    public static Machine Web { get; } = new("web-1", "000D3A112233", ["10.0.1.4", "fd12:3456:0:1::4"], "hub", "web", "web-nsg", IsNsgLogged: true, IsNetworkLogged: true);

    /// <summary>Logged by its NSG's flow log.</summary>
    public static Machine Db { get; } = new("db-1", "000D3A445566", ["10.0.2.4"], "hub", "db", "db-nsg", IsNsgLogged: true, IsNetworkLogged: false);

    /// <summary>Logged by its virtual network's flow log.</summary>
    public static Machine App { get; } = new("app-1", "6045BD778899", ["10.9.1.4", "fd12:9999:0:1::4"], "spoke", "app", "app-nsg", IsNsgLogged: false, IsNetworkLogged: true);

    public static IReadOnlyList<Machine> Machines { get; } = [Web, Db, App];

    public static AnalyticsOptions Options { get; } = new()
    {
        Azure = [("20.50.0.0/16", "westeurope", "AzureCloud.westeurope"), ("40.64.0.0/10", "northeurope", "AzureCloud.northeurope"), ("2603:1000::/24", "westeurope", "AzureCloud.westeurope")],
        Threats = [("203.0.113.66", "Botnet", "A bot", "bad.example")],
    };

    public static NetworkMap Map { get; } = new NetworkMapBuilder()
        .Add(NetworkInventory.Parse(Inventory()))
        .Add(ServiceTagFile.Read(Stream(Tags()), "tags.json"))
        .Add(ThreatList.Read(Stream("address,threat_type\n203.0.113.66,Botnet\n"), "threats.csv"))
        .Build();

    public static SimulatedWorld Create()
    {
        var world = new SimulatedWorld();
        var group = world.AddGroup(world.AddSubscription("prod", Subscription), "rg-net", "westeurope");
        var networks = new Dictionary<string, string>
        {
            ["hub"] = world.AddVirtualNetwork(group, "hub", ["10.0.0.0/16", "fd12:3456::/48"]),
            ["spoke"] = world.AddVirtualNetwork(group, "spoke", ["10.9.0.0/16", "fd12:9999::/48"]),
        };
        foreach (var machine in Machines)
        {
            var nsg = world.AddNsg(group, machine.Nsg);
            var subnet = world.AddSubnet(networks[machine.Network], machine.Subnet, machine.SubnetPrefix, nsg);
            world.AddVirtualMachine(group, machine.Name, world.AddNetworkInterface(group, machine.Nic, subnet, machine.Mac, machine.Addresses));
        }

        world.Peer(networks["hub"], networks["spoke"]);
        world.AddLocalGateway(group, "office", "198.51.100.10", "10.60.0.0/16");
        return world;
    }

    public static Machine? Of(string address) => Machines.FirstOrDefault(machine => machine.Addresses.Contains(address));

    public static string NetworkId(string name) => $"{Providers}/virtualNetworks/{name}";

    public static string NsgId(string name) => $"{Providers}/networkSecurityGroups/{name}";

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static string Inventory() => JsonSerializer.Serialize(new
    {
        subscriptions = new[] { new { id = Subscription, name = "prod" } },
        virtualNetworks = new[] { ("hub", "10.0.0.0/16", "fd12:3456::/48"), ("spoke", "10.9.0.0/16", "fd12:9999::/48") }.Select(static network => new
        {
            id = NetworkId(network.Item1),
            location = "westeurope",
            addressPrefixes = new[] { network.Item2, network.Item3 },
            subnets = Machines.Where(machine => machine.Network == network.Item1).Select(static machine => new { name = machine.Subnet, addressPrefixes = new[] { machine.SubnetPrefix } }),
        }),
        networkInterfaces = Machines.Select(static machine => new
        {
            id = $"{Providers}/networkInterfaces/{machine.Nic}",
            macAddress = machine.Mac,
            addresses = machine.Addresses,
            subnet = $"{NetworkId(machine.Network)}/subnets/{machine.Subnet}",
            virtualMachine = machine.Name,
            location = "westeurope",
        }),
        sites = new[] { new { name = "office", addressPrefixes = new[] { "10.60.0.0/16" } } },
    });

    private static string Tags() => JsonSerializer.Serialize(new
    {
        cloud = "Public",
        values = Options.Azure.GroupBy(static range => (range.Service, range.Region)).Select(static tag => new
        {
            name = tag.Key.Service,
            properties = new { region = tag.Key.Region, addressPrefixes = tag.Select(static range => range.Prefix) },
        }),
    });

    /// <summary>A machine of one network interface.</summary>
    internal sealed record Machine(string Name, string Mac, string[] Addresses, string Network, string Subnet, string Nsg, bool IsNsgLogged, bool IsNetworkLogged)
    {
        public string Nic => Name + "-nic";

        public string SubnetPrefix => Addresses[0][..Addresses[0].LastIndexOf('.')] + ".0/24";
    }
}
