using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using NsgFlow.Arm;
using NsgFlow.Setup;

namespace NsgFlow.Unit.Setup;

/// <summary>A small network made by hand: virtual networks, subnets, network interfaces, NSGs on them, flow logs; as ARM would give them.</summary>
internal sealed class TestNetwork
{
    public const string Group = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-net";
    public const string Network = Group + "/providers/Microsoft.Network/";
    public const string Watcher = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";

    private readonly Dictionary<string, JsonObject> _networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _nsgs = new(StringComparer.Ordinal);

    public List<FlowLog> Logs { get; } = [];

    public NetworkLayout Layout => new(_networks.Values.Select(Resource), _nsgs.Values.Select(Resource), []);

    public IEnumerable<ArmResource> Resources => _networks.Values.Concat(_nsgs.Values).Select(Resource);

    public static string Nsg(string name) => Network + "networkSecurityGroups/" + name;

    public static string Net(string name) => Network + "virtualNetworks/" + name;

    public static string Subnet(string network, string name) => Net(network) + "/subnets/" + name;

    public static string Nic(string name) => Network + "networkInterfaces/" + name;

    public static string InstanceNic(string name) =>
        Group + "/providers/Microsoft.Compute/virtualMachineScaleSets/vmss/virtualMachines/" + name.Length + "/networkInterfaces/" + name;

    /// <summary>Adds a subnet with interfaces; a name that begins with <c>ss</c> is one of a scale set's instance, <c>gw</c> a gateway's address, <c>pe</c> a private endpoint's.</summary>
    public TestNetwork WithSubnet(string network, string subnet, string? nsg, params string[] nics)
    {
        if (!_networks.TryGetValue(network, out var resource))
        {
            _networks[network] = resource = new JsonObject
            {
                ["id"] = Net(network), ["name"] = network, ["type"] = "Microsoft.Network/virtualNetworks", ["location"] = "westeurope",
                ["properties"] = new JsonObject { ["subnets"] = new JsonArray() },
            };
        }

        var properties = new JsonObject { ["ipConfigurations"] = new JsonArray([.. nics.Select(nic => (JsonNode)new JsonObject { ["id"] = Configuration(nic) })]) };
        if (nsg is not null)
        {
            properties["networkSecurityGroup"] = new JsonObject { ["id"] = Nsg(nsg) };
            Attach(nsg, "subnets", Subnet(network, subnet));
        }

        ((JsonArray)resource["properties"]!["subnets"]!).Add(new JsonObject { ["id"] = Subnet(network, subnet), ["name"] = subnet, ["properties"] = properties });
        return this;
    }

    /// <summary>Puts an NSG on an interface; on nothing when none is given.</summary>
    public TestNetwork WithNsg(string nsg, params string[] nics)
    {
        Attach(nsg, "networkInterfaces", null);
        foreach (var nic in nics)
            Attach(nsg, "networkInterfaces", NicId(nic));
        return this;
    }

    /// <summary>Sets a property of a subnet.</summary>
    public TestNetwork With(string network, string subnet, string property, JsonNode value)
    {
        var all = (JsonArray)_networks[network]["properties"]!["subnets"]!;
        all.Single(item => (string?)item!["name"] == subnet)!["properties"]![property] = value;
        return this;
    }

    /// <summary>Sets a property of a virtual network.</summary>
    public TestNetwork With(string network, string property, JsonNode value)
    {
        _networks[network]["properties"]![property] = value;
        return this;
    }

    /// <summary>Adds a flow log of a target.</summary>
    public TestNetwork WithLog(string target, bool enabled = true, string storage = "stflows", int days = 30, string? workspace = null, int interval = 60, string? tag = null, string? records = null, string? filter = null)
    {
        Logs.Add(Log(target, enabled, storage, days, workspace, interval, tag, records, filter));
        return this;
    }

    public static FlowLog Log(string target, bool enabled = true, string storage = "stflows", int days = 30, string? workspace = null, int interval = 60, string? tag = null, string? records = null, string? filter = null)
    {
        var id = new ResourceId(target);
        var name = $"{id.Name}-log";
        var root = new JsonObject
        {
            ["id"] = $"{Watcher}/flowLogs/{name}", ["name"] = name, ["location"] = "westeurope",
            ["tags"] = tag is null ? null : new JsonObject { ["by"] = tag, [tag] = "x" },
            ["properties"] = new JsonObject
            {
                ["targetResourceId"] = target, ["storageId"] = Group + "/providers/Microsoft.Storage/storageAccounts/" + storage, ["enabled"] = enabled,
                ["provisioningState"] = "Succeeded", ["recordTypes"] = records, ["enabledFilteringCriteria"] = filter,
                ["retentionPolicy"] = new JsonObject { ["days"] = days, ["enabled"] = days > 0 }, ["format"] = new JsonObject { ["type"] = "JSON", ["version"] = 2 },
                ["flowAnalyticsConfiguration"] = new JsonObject
                {
                    ["networkWatcherFlowAnalyticsConfiguration"] = new JsonObject
                    {
                        ["enabled"] = workspace is not null, ["workspaceResourceId"] = workspace is null ? "-" : Group + "/providers/Microsoft.OperationalInsights/workspaces/" + workspace,
                        ["workspaceId"] = workspace is null ? "-" : "99999999-2222-3333-4444-555555555555", ["workspaceRegion"] = workspace is null ? "-" : "westeurope",
                        ["trafficAnalyticsInterval"] = interval,
                    },
                },
            },
        };
        return new FlowLog(Resource(root));
    }

    public FlowLogConversionPlan Plan(bool allowMore = false) =>
        new FlowLogConversion(Layout, Logs, allowMore).Plan(Logs);

    public static string NicId(string nic) => nic.StartsWith("ss", StringComparison.Ordinal) ? InstanceNic(nic) : Nic(nic);

    private static string Configuration(string nic) =>
        nic.StartsWith("gw", StringComparison.Ordinal) ? $"{Network}virtualNetworkGateways/{nic}/ipConfigurations/default"
        : nic.StartsWith("pe", StringComparison.Ordinal) ? $"{Nic(nic)}/ipConfigurations/privateEndpointIpConfig.0a1b"
        : $"{NicId(nic)}/ipConfigurations/ipconfig1";

    private static ArmResource Resource(JsonNode node) => ArmResource.Parse(node.ToJsonString());

    private void Attach(string nsg, string list, string? id)
    {
        if (!_nsgs.TryGetValue(nsg, out var resource))
        {
            _nsgs[nsg] = resource = new JsonObject
            {
                ["id"] = Nsg(nsg), ["name"] = nsg, ["type"] = "Microsoft.Network/networkSecurityGroups", ["location"] = "westeurope",
                ["properties"] = new JsonObject { ["subnets"] = new JsonArray(), ["networkInterfaces"] = new JsonArray() },
            };
        }

        if (id is not null)
            ((JsonArray)resource["properties"]![list]!).Add(new JsonObject { ["id"] = id });
    }
}
