using System.Globalization;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>
/// The world of the sandbox and of most tests. "prod" has an AKS cluster whose nodes are the machines of samples/, a hub and a spoke with an
/// old NSG flow log, and everything a new one needs; "dev" lacks a network watcher and is not registered with Microsoft.Insights.
/// </summary>
public static class SampleWorld
{
    /// <summary>The subscription of samples/.</summary>
    public const string ProdId = "5e0f3c1a-7b2d-4c68-9a41-d3b2f6e81c07";

    public const string DevId = "b8d1e0a4-3c5f-4e27-8f69-0a7c2d4b6e91";

    public const string NodeGroup = "MC_rg-aks_prod-weu_westeurope";

    /// <summary>What samples/ has for the first three network interfaces; see New-NsgFlowSample.</summary>
    private static readonly string[] s_macs = ["000D3AE75BCA", "6045BD859343", "00224823CABC"];

    /// <param name="blobEndpoint">Where the blobs of the account <c>stflows</c> are.</param>
    /// <param name="storageKey">The key of that account.</param>
    public static SimulatedWorld Create(string? blobEndpoint = null, string? storageKey = null)
    {
        var world = new SimulatedWorld();
        var prod = world.AddSubscription("prod", ProdId);
        AddCluster(world, prod);
        AddHubAndSpoke(world, prod, blobEndpoint, storageKey);
        AddDev(world);
        return world;
    }

    private static void AddCluster(SimulatedWorld world, SimulatedSubscription prod)
    {
        var group = world.AddGroup(prod, "rg-aks", "westeurope");
        var nodes = world.AddGroup(prod, NodeGroup, "westeurope");
        var nsg = world.AddNsg(nodes, "aks-agentpool-12345678-nsg");
        var network = world.AddVirtualNetwork(nodes, "aks-vnet-12345678", ["10.224.0.0/12"]);
        var subnet = world.AddSubnet(network, "aks-subnet", "10.224.0.0/16", nsg);
        var scaleSet = world.AddScaleSet(nodes, "aks-agentpool-12345678-vmss", subnet, nsg);
        for (var i = 0; i < s_macs.Length; i++)
        {
            // A node and 30 pods each, as in samples/.
            var first = 4 + (i * 31);
            var addresses = Enumerable.Range(first, 31).Select(static host => "10.224.0." + host.ToString(CultureInfo.InvariantCulture));
            world.AddInstance(scaleSet, i, subnet, s_macs[i], [.. addresses], nsg);
        }

        world.AddLoadBalancer(nodes, "kubernetes", world.AddPublicAddress(nodes, "aks-outbound", "20.61.4.17"));
        world.AddAksCluster(group, "prod-weu", NodeGroup);
    }

    private static void AddHubAndSpoke(SimulatedWorld world, SimulatedSubscription prod, string? blobEndpoint, string? storageKey)
    {
        var group = world.AddGroup(prod, "rg-net", "westeurope");
        var web = world.AddNsg(group, "web-nsg");
        world.AddRule(web, "AllowHttps", 100, "Inbound", "Allow", "Tcp", "Internet", "*", "443");
        var db = world.AddNsg(group, "db-nsg");
        world.AddRule(db, "AllowSqlFromWeb", 100, "Inbound", "Allow", "Tcp", "10.2.1.0/24", "*", "1433");

        var hub = world.AddVirtualNetwork(group, "hub-vnet", ["10.1.0.0/16"]);
        var gateways = world.AddSubnet(hub, "GatewaySubnet", "10.1.255.0/27");
        world.AddGateway(group, "hub-vpn", gateways, "172.16.10.0/24");
        world.AddLocalGateway(group, "office", "198.51.100.10", "10.60.0.0/16");
        var spoke = world.AddVirtualNetwork(group, "spoke-vnet", ["10.2.0.0/16"]);
        var webSubnet = world.AddSubnet(spoke, "web", "10.2.1.0/24", web);
        var dbSubnet = world.AddSubnet(spoke, "db", "10.2.2.0/24", db);
        world.Peer(hub, spoke);

        var address = world.AddPublicAddress(group, "web-1-ip", "20.61.4.18");
        var webNic = world.AddNetworkInterface(group, "web-1-nic", webSubnet, "000D3A112233", ["10.2.1.4"], publicAddress: address);
        world.AddVirtualMachine(group, "web-1", webNic);
        world.AddVirtualMachine(group, "db-1", world.AddNetworkInterface(group, "db-1-nic", dbSubnet, "000D3A445566", ["10.2.2.4"]));
        world.AddPublicPrefix(group, "egress", "20.61.5.0/28");

        var storage = world.AddStorageAccount(group, "stflows", blobEndpoint, key: storageKey);
        world.AddStorageAccount(group, "stpremium", kind: "BlockBlobStorage", sku: "Premium_LRS");
        var workspace = world.AddWorkspace(group, "law-net");
        var watcher = world.AddWatcher(prod, "westeurope");
        world.AddFlowLog(watcher, "web-nsg-rg-net-flowlog", web, storage, workspace, interval: 60, retentionDays: 30);
    }

    private static void AddDev(SimulatedWorld world)
    {
        var dev = world.AddSubscription("dev", DevId);
        dev.Registrations["Microsoft.Insights"] = "NotRegistered";
        var group = world.AddGroup(dev, "rg-dev", "northeurope");
        var nsg = world.AddNsg(group, "dev-nsg");
        var network = world.AddVirtualNetwork(group, "dev-vnet", ["10.3.0.0/16"]);
        var subnet = world.AddSubnet(network, "default", "10.3.0.0/24", nsg);
        world.AddVirtualMachine(group, "dev-1", world.AddNetworkInterface(group, "dev-1-nic", subnet, "6045BD778899", ["10.3.0.4"]));
        world.AddStorageAccount(group, "stdev");
    }
}
