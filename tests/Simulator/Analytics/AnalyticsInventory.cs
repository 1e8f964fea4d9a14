using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>What Traffic Analytics finds out about addresses: of a simulated world, and of what is told of the internet.</summary>
internal sealed class AnalyticsInventory
{
    private const string Platform = "168.63.129.16";

    private static readonly IPNetwork[] s_private = [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7" }.Select(IPNetwork.Parse)];
    private static readonly IPNetwork[] s_reserved =
        [.. new[] { "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3", "::/127", "fe80::/10", "ff00::/8" }.Select(IPNetwork.Parse)];

    private readonly AnalyticsOptions _options;

    // Longest prefixes first.
    private readonly List<(IPNetwork Prefix, AnalyticsEnd End)> _networks;
    private readonly Dictionary<string, AnalyticsEnd> _interfaces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AnalyticsEnd> _macs = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _own;
    private readonly Dictionary<string, AnalyticsEnd> _known = new(StringComparer.Ordinal);

    public AnalyticsInventory(SimulatedWorld world, AnalyticsOptions options)
    {
        _options = options;
        var networks = world.State.OfType("Microsoft.Network/virtualNetworks").SelectMany(Networks)
            .Concat(world.State.OfType("Microsoft.Network/localNetworkGateways").SelectMany(static site =>
                Prefixes(site.Properties().Child("localNetworkAddressSpace"), new AnalyticsEnd(AnalyticsEndKind.Site))))
            .Concat(world.State.OfType("Microsoft.Network/virtualNetworkGateways").SelectMany(static gateway =>
                Prefixes(gateway.Properties().Child("vpnClientConfiguration")?.Child("vpnClientAddressPool"), new AnalyticsEnd(AnalyticsEndKind.PointToSite))));
        _networks = [.. networks.OrderByDescending(static network => network.Prefix.PrefixLength)];
        _own = [.. world.State.OfType("Microsoft.Network/publicIPAddresses").Select(static address => address.Properties().Text("ipAddress") ?? string.Empty)];
        foreach (var nic in world.State.OfType("Microsoft.Network/networkInterfaces").Concat(world.State.OfType(ScaleSets.InterfaceType)))
        {
            Add(world, nic);
        }
    }

    /// <param name="mac">Of the network interface that logged, when the address is at its side; else null.</param>
    public AnalyticsEnd End(string address, string? mac)
    {
        if (mac is not null && _macs.TryGetValue(mac, out var logging) && _networks.Any(network => network.End.Network == logging.Network && network.Prefix.Contains(IPAddress.Parse(address))))
        {
            // A pod's address, too, is the node's.
            return logging;
        }

        if (!_known.TryGetValue(address, out var end))
        {
            _known.Add(address, end = Find(address));
        }

        return end;
    }

    private AnalyticsEnd Find(string text)
    {
        if (_interfaces.TryGetValue(text, out var known))
        {
            return known;
        }

        var address = IPAddress.Parse(text);
        if (_networks.Find(network => network.Prefix.Contains(address)).End is { } end)
        {
            return end;
        }

        if (text == Platform)
        {
            return new AnalyticsEnd(AnalyticsEndKind.AzurePublic) { Location = "Global", Owner = "Microsoft Virtual Public IP" };
        }

        if (s_private.Any(range => range.Contains(address)))
        {
            return new AnalyticsEnd(AnalyticsEndKind.Private);
        }

        if (_own.Contains(text) || s_reserved.Any(range => range.Contains(address)))
        {
            return new AnalyticsEnd(AnalyticsEndKind.Unknown);
        }

        var country = _options.Countries.FirstOrDefault(range => IPNetwork.Parse(range.Prefix).Contains(address)).Country ?? "US";
        if (_options.Threats.Any(threat => threat.Address == text))
        {
            return new AnalyticsEnd(AnalyticsEndKind.Malicious) { Location = country, Owner = "Somebody" };
        }

        var azure = _options.Azure.FirstOrDefault(range => IPNetwork.Parse(range.Prefix).Contains(address));
        return azure.Prefix is null
            ? new AnalyticsEnd(AnalyticsEndKind.ExternalPublic) { Location = country, Owner = "Somebody" }
            : new AnalyticsEnd(AnalyticsEndKind.AzurePublic) { Location = azure.Region, Owner = azure.Service };
    }

    private static IEnumerable<(IPNetwork Prefix, AnalyticsEnd End)> Networks(JsonObject network)
    {
        var id = ResourceId.Parse(network.Text("id")!);
        var end = new AnalyticsEnd(AnalyticsEndKind.VirtualNetwork) { Subscription = id.Subscription!, Region = network.Text("location")!, Network = id.Text };
        foreach (var prefix in Prefixes(network.Properties().Child("addressSpace"), end))
        {
            yield return prefix;
        }

        foreach (var subnet in network.Properties().List("subnets"))
        {
            var properties = ((JsonObject)subnet!).Properties();
            foreach (var prefix in properties.List("addressPrefixes").Select(static one => one!.GetValue<string>()).Append(properties.Text("addressPrefix")).OfType<string>())
            {
                yield return (IPNetwork.Parse(prefix), end with { Subnet = $"{id.Group}/{id.Name}/{subnet.Text("name")}" });
            }
        }
    }

    private static IEnumerable<(IPNetwork Prefix, AnalyticsEnd End)> Prefixes(JsonObject? space, AnalyticsEnd end) =>
        space.List("addressPrefixes").Select(prefix => (IPNetwork.Parse(prefix!.GetValue<string>()), end));

    private void Add(SimulatedWorld world, JsonObject nic)
    {
        var id = ResourceId.Parse(nic.Text("id")!);
        var machine = nic.Properties().Child("virtualMachine").Text("id");
        foreach (var configuration in nic.Properties().List("ipConfigurations"))
        {
            var properties = ((JsonObject)configuration!).Properties();
            var subnet = ResourceId.Parse(properties.Child("subnet").Text("id")!);
            var network = world.State.Get(subnet.Parent.Text);
            var end = new AnalyticsEnd(AnalyticsEndKind.VirtualNetwork)
            {
                Subscription = id.Subscription!,
                Region = network.Text("location")!,
                Network = network.Text("id")!,
                Subnet = $"{subnet.Group}/{network.Text("name")}/{subnet.Name}",
                Nic = $"{id.Group}/{id.Name}",
                Vm = machine is null ? string.Empty : $"{id.Group}/{world.State.Find(machine).Text("name") ?? ResourceId.Parse(machine).Name}",
            };
            _interfaces.TryAdd(properties.Text("privateIPAddress")!, end);
            if (properties.Child("publicIPAddress").Text("id") is { } address && world.State.Find(address)?.Properties().Text("ipAddress") is { } text)
            {
                _interfaces.TryAdd(text, end);
            }

            _macs.TryAdd((nic.Properties().Text("macAddress") ?? string.Empty).Replace("-", string.Empty, StringComparison.Ordinal), end);
        }
    }
}
