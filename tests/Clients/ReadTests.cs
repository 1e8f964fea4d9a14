using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests;

/// <summary>Everything else that is read, by Microsoft's clients. Their models must have a place for every value they are sent.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class ReadTests(MicrosoftClients clients)
{
    private const string Nodes = SampleWorld.NodeGroup;

    [ClientTheory]
    [InlineData("network", "networkWatchers.list", "NetworkWatcherRG", 1)]
    [InlineData("network", "networkWatchers.listAll", null, 1)]
    [InlineData("network", "networkSecurityGroups.list", "rg-net", 2)]
    [InlineData("network", "networkSecurityGroups.listAll", null, 3)]
    [InlineData("network", "virtualNetworks.list", "rg-net", 2)]
    [InlineData("network", "virtualNetworks.listAll", null, 3)]
    [InlineData("network", "networkInterfaces.list", "rg-net", 2)]
    [InlineData("network", "networkInterfaces.listAll", null, 2)]
    [InlineData("network", "publicIPAddresses.listAll", null, 2)]
    [InlineData("network", "publicIPPrefixes.listAll", null, 1)]
    [InlineData("network", "loadBalancers.listAll", null, 1)]
    [InlineData("network", "virtualNetworkGateways.list", "rg-net", 1)]
    [InlineData("network", "localNetworkGateways.list", "rg-net", 1)]
    [InlineData("aks", "managedClusters.list", null, 1)]
    [InlineData("aks", "managedClusters.listByResourceGroup", "rg-aks", 1)]
    [InlineData("storage", "storageAccounts.list", null, 2)]
    [InlineData("storage", "storageAccounts.listByResourceGroup", "rg-net", 2)]
    [InlineData("logs", "workspaces.list", null, 1)]
    [InlineData("logs", "workspaces.listByResourceGroup", "rg-net", 1)]
    [InlineData("resources", "resourceGroups.list", null, 4)]
    [InlineData("resources", "resources.listByResourceGroup", "rg-aks", 1)]
    [InlineData("subscriptions", "subscriptions.list", null, 2)]
    [InlineData("subscriptions", "tenants.list", null, 1)]
    public async Task A_list_has_all_there_is(string client, string call, string? group, int count)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var listed = await clients.ReadAsync(azure, client, call, group is null ? [] : [group]);

        Assert.Equal(count, listed.AsArray().Count);
        Assert.All(listed.AsArray(), static item => Assert.StartsWith("/", (string?)item!["id"]));
    }

    [ClientTheory]
    [InlineData("network", "networkWatchers.get", "NetworkWatcherRG", "NetworkWatcher_westeurope")]
    [InlineData("network", "flowLogs.get", "NetworkWatcherRG", "NetworkWatcher_westeurope", "web-nsg-rg-net-flowlog")]
    [InlineData("network", "networkSecurityGroups.get", "rg-net", "web-nsg")]
    [InlineData("network", "securityRules.get", "rg-net", "web-nsg", "AllowHttps")]
    [InlineData("network", "virtualNetworks.get", "rg-net", "hub-vnet")]
    [InlineData("network", "subnets.get", "rg-net", "spoke-vnet", "web")]
    [InlineData("network", "virtualNetworkPeerings.list", "rg-net", "spoke-vnet")]
    [InlineData("network", "networkInterfaces.get", "rg-net", "web-1-nic")]
    [InlineData("network", "networkInterfaces.listVirtualMachineScaleSetNetworkInterfaces", Nodes, "aks-agentpool-12345678-vmss")]
    [InlineData("network", "networkInterfaces.listVirtualMachineScaleSetVMNetworkInterfaces", Nodes, "aks-agentpool-12345678-vmss", "1")]
    [InlineData("network", "loadBalancers.get", Nodes, "kubernetes")]
    [InlineData("network", "publicIPAddresses.get", "rg-net", "web-1-ip")]
    [InlineData("network", "virtualNetworkGateways.get", "rg-net", "hub-vpn")]
    [InlineData("aks", "managedClusters.get", "rg-aks", "prod-weu")]
    [InlineData("aks", "agentPools.list", "rg-aks", "prod-weu")]
    [InlineData("storage", "storageAccounts.getProperties", "rg-net", "stflows")]
    [InlineData("storage", "storageAccounts.listKeys", "rg-net", "stflows")]
    [InlineData("logs", "workspaces.get", "rg-net", "law-net")]
    [InlineData("resources", "resourceGroups.get", "rg-net")]
    [InlineData("resources", "providers.get", "Microsoft.Insights")]
    [InlineData("subscriptions", "subscriptions.get", SampleWorld.ProdId)]
    public async Task Its_models_have_a_place_for_every_value(string client, string call, params string[] args)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var read = await clients.ReadAsync(azure, client, call, args);

        Assert.NotEmpty(read is JsonArray list ? list : read.AsObject().Select(static p => p.Value));
    }

    [ClientFact]
    public async Task Ids_in_any_case_are_nothing_to_them()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create(), new SimulatorOptions { VaryIdCase = true, PageSize = 1 });

        var listed = (await clients.CallAsync(azure, "network", "virtualNetworks.listAll"))!.AsArray();

        var ids = listed.Select(static network => (string)network!["id"]!).ToArray();
        var known = azure.World.State.OfType("Microsoft.Network/virtualNetworks", "/subscriptions/" + SampleWorld.ProdId)
            .Select(static network => (string)network["id"]!).ToArray();
        Assert.Equal(known, ids, System.StringComparer.OrdinalIgnoreCase);
        Assert.NotEqual(known, ids);
    }

    [ClientFact]
    public async Task Rules_and_their_default_ones_are_read()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var nsg = await clients.ReadAsync(azure, "network", "networkSecurityGroups.get", "rg-net", "web-nsg");

        var rule = nsg["securityRules"]!.AsArray().Single()!;
        Assert.Equal("AllowHttps: Allow 443", $"{rule["name"]}: {rule["access"]} {rule["destinationPortRange"]}");
        string[] priorities = ["Inbound 65000", "Inbound 65001", "Inbound 65500", "Outbound 65000", "Outbound 65001", "Outbound 65500"];
        Assert.Equal(priorities, nsg["defaultSecurityRules"]!.AsArray().Select(static r => $"{r!["direction"]} {r["priority"]}").Order());
        Assert.EndsWith("/web-nsg-rg-net-flowlog", (string?)nsg["flowLogs"]!.AsArray().Single()!["id"]);
    }

    [ClientFact]
    public async Task Network_interfaces_in_a_scale_set_have_addresses_and_macs()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var nics = await clients.ReadAsync(
            azure, "network", "networkInterfaces.listVirtualMachineScaleSetNetworkInterfaces", Nodes, "aks-agentpool-12345678-vmss");

        string[] macs = ["00-0D-3A-E7-5B-CA", "00-22-48-23-CA-BC", "60-45-BD-85-93-43"];
        Assert.Equal(macs, nics.AsArray().Select(static n => (string?)n!["macAddress"]).Order());
        Assert.All(nics.AsArray(), static nic => Assert.Equal(31, nic!["ipConfigurations"]!.AsArray().Count));
    }

    [ClientFact]
    public async Task A_cluster_names_its_node_group_and_a_workspace_its_customer_id()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var cluster = await clients.ReadAsync(azure, "aks", "managedClusters.get", "rg-aks", "prod-weu");
        var workspace = await clients.ReadAsync(azure, "logs", "workspaces.get", "rg-net", "law-net");
        var account = await clients.ReadAsync(azure, "storage", "storageAccounts.getProperties", "rg-net", "stpremium");
        var keys = await clients.ReadAsync(azure, "storage", "storageAccounts.listKeys", "rg-net", "stflows");

        Assert.Equal((Nodes, "10.0.0.0/16"), ((string?)cluster["nodeResourceGroup"], (string?)cluster["networkProfile"]!["serviceCidr"]));
        Assert.True(System.Guid.TryParse((string?)workspace["customerId"], out _));
        Assert.Equal(("BlockBlobStorage", "Premium"), ((string?)account["kind"], (string?)account["sku"]!["tier"]));
        Assert.Equal(["key1", "key2"], keys["keys"]!.AsArray().Select(static k => (string?)k!["keyName"]));
    }
}
