using System.Collections.Generic;
using NsgFlow.Arm;
using NsgFlow.Simulator;

namespace NsgFlow.ClientTests.Requests;

/// <summary>Something that the module reads from ARM, and the same by a client of Microsoft's.</summary>
/// <param name="Kind">What it reads.</param>
/// <param name="Path">How the module asks for it.</param>
/// <param name="Client">Which client; see clients.mjs.</param>
/// <param name="Call">Its method.</param>
/// <param name="Args">What that takes.</param>
internal sealed record ReadRequest(ResourceKind Kind, string Path, string Client, string Call, params string[] Args)
{
    private const string Prod = "/subscriptions/" + SampleWorld.ProdId;
    private const string Net = Prod + "/resourceGroups/rg-net/providers/Microsoft.Network";
    private const string WatcherGroup = "NetworkWatcherRG";
    private const string WatcherName = "NetworkWatcher_westeurope";
    private const string Watcher = $"{Prod}/resourceGroups/{WatcherGroup}/providers/Microsoft.Network/networkWatchers/{WatcherName}";
    private const string Storage = Prod + "/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts";
    private const string Workspaces = Prod + "/resourceGroups/rg-net/providers/Microsoft.OperationalInsights/workspaces";
    private const string ScaleSet = "aks-agentpool-12345678-vmss";

    private const string Case = "ours is the id that Azure gives, and Azure compares ids without case";
    private const string Segment = "their way for all kinds leaves an empty segment where a part's owner would stand";

    private static readonly Dictionary<string, string> s_case = new() { ["path (case)"] = Case };

    private static readonly Dictionary<string, string> s_tenant = new()
    {
        ["api-version"] = "what is read of groups and providers is older than ours, and not every cloud has the newest version",
    };

    private static readonly Dictionary<string, string> s_group = new(s_tenant) { ["path (case)"] = Case };

    private static readonly Dictionary<string, string> s_aks = new()
    {
        ["api-version"] = "AKS has a new version each month and drops old ones after years; what is read of clusters is in all of them",
    };

    private static readonly Dictionary<string, string> s_storage = new()
    {
        ["api-version"] = "that of the specification's examples, by which our reading is tested; what is read is older still",
    };

    private static readonly Dictionary<string, string> s_logs = new()
    {
        ["api-version"] = "ours is that of the specification's examples; this client is the last that needs no newer Node, and older",
    };

    private static readonly Dictionary<string, string> s_workspace = new(s_logs) { ["path (case)"] = Case };

    private static readonly Dictionary<string, string> s_scope = new() { ["path (case)"] = Case, ["path (empty segment)"] = Segment };

    public static IReadOnlyList<ReadRequest> All { get; } =
    [
        new(ResourceKind.Subscription, "/subscriptions", "subscriptions", "subscriptions.list"),
        new(ResourceKind.Subscription, Prod, "subscriptions", "subscriptions.get", SampleWorld.ProdId),
        new(ResourceKind.ResourceGroup, Prod + "/resourcegroups", "resources", "resourceGroups.list") { Reasons = s_tenant },
        new(ResourceKind.ResourceGroup, Prod + "/resourceGroups/rg-net", "resources", "resourceGroups.get", "rg-net") { Reasons = s_group },
        new(
            ResourceKind.Provider,
            Prod + "/providers/Microsoft.Insights",
            "resources",
            "providers.get",
            "Microsoft.Insights")
        {
            Reasons = s_tenant,
        },
        new(ResourceKind.NetworkWatcher, Prod + "/providers/Microsoft.Network/networkWatchers", "network", "networkWatchers.listAll"),
        new(ResourceKind.FlowLog, Watcher + "/flowLogs", "network", "flowLogs.list", WatcherGroup, WatcherName),
        new(ResourceKind.FlowLog, Watcher + "/flowLogs/x", "network", "flowLogs.get", WatcherGroup, WatcherName, "x"),
        new(ResourceKind.Nsg, Prod + "/providers/Microsoft.Network/networkSecurityGroups", "network", "networkSecurityGroups.listAll"),
        new(ResourceKind.Nsg, Net + "/networkSecurityGroups", "network", "networkSecurityGroups.list", "rg-net"),
        new(ResourceKind.Nsg, Net + "/networkSecurityGroups/web-nsg", "network", "networkSecurityGroups.get", "rg-net", "web-nsg"),
        new(ResourceKind.VirtualNetwork, Prod + "/providers/Microsoft.Network/virtualNetworks", "network", "virtualNetworks.listAll"),
        new(ResourceKind.VirtualNetwork, Net + "/virtualNetworks/hub-vnet", "network", "virtualNetworks.get", "rg-net", "hub-vnet"),
        new(ResourceKind.Subnet, Net + "/virtualNetworks/spoke-vnet/subnets", "network", "subnets.list", "rg-net", "spoke-vnet"),
        new(ResourceKind.Subnet, Net + "/virtualNetworks/spoke-vnet/subnets/web", "network", "subnets.get", "rg-net", "spoke-vnet", "web"),
        new(ResourceKind.NetworkInterface, Prod + "/providers/Microsoft.Network/networkInterfaces", "network", "networkInterfaces.listAll"),
        new(ResourceKind.NetworkInterface, Net + "/networkInterfaces/web-1-nic", "network", "networkInterfaces.get", "rg-net", "web-1-nic"),
        new(
            ResourceKind.ScaleSetNetworkInterface,
            $"{Prod}/resourceGroups/{SampleWorld.NodeGroup}/providers/{ResourceKind.ScaleSet.Type}/{ScaleSet}/networkInterfaces",
            "network",
            "networkInterfaces.listVirtualMachineScaleSetNetworkInterfaces",
            SampleWorld.NodeGroup,
            ScaleSet)
        {
            Reasons = s_case,
        },
        new(ResourceKind.PublicAddress, Prod + "/providers/Microsoft.Network/publicIPAddresses", "network", "publicIPAddresses.listAll"),
        new(ResourceKind.PublicPrefix, Prod + "/providers/Microsoft.Network/publicIPPrefixes", "network", "publicIPPrefixes.listAll"),
        new(ResourceKind.LoadBalancer, Prod + "/providers/Microsoft.Network/loadBalancers", "network", "loadBalancers.listAll"),
        // By group only: of a whole subscription they are not listed, here as in Azure.
        new(ResourceKind.VirtualNetworkGateway, Net + "/virtualNetworkGateways", "network", "virtualNetworkGateways.list", "rg-net"),
        new(ResourceKind.LocalNetworkGateway, Net + "/localNetworkGateways", "network", "localNetworkGateways.list", "rg-net"),
        new(
            ResourceKind.AksCluster,
            Prod + "/providers/Microsoft.ContainerService/managedClusters",
            "aks",
            "managedClusters.list")
        {
            Reasons = s_aks,
        },
        new(
            ResourceKind.AksCluster,
            Prod + "/resourceGroups/rg-aks/providers/Microsoft.ContainerService/managedClusters/prod-weu",
            "aks",
            "managedClusters.get",
            "rg-aks",
            "prod-weu")
        {
            Reasons = s_aks,
        },
        new(
            ResourceKind.StorageAccount,
            Prod + "/providers/Microsoft.Storage/storageAccounts",
            "storage",
            "storageAccounts.list")
        {
            Reasons = s_storage,
        },
        new(
            ResourceKind.StorageAccount,
            Storage + "/stflows",
            "storage",
            "storageAccounts.getProperties",
            "rg-net",
            "stflows")
        {
            Reasons = s_storage,
        },
        new(
            ResourceKind.LifecyclePolicy,
            Storage + "/stflows/managementPolicies/default",
            "storage",
            "managementPolicies.get",
            "rg-net",
            "stflows",
            "default")
        {
            Reasons = s_storage,
        },
        new(
            ResourceKind.Workspace,
            Prod + "/providers/Microsoft.OperationalInsights/workspaces",
            "logs",
            "workspaces.list")
        {
            Reasons = s_logs,
        },
        new(ResourceKind.Workspace, Workspaces + "/law-net", "logs", "workspaces.get", "rg-net", "law-net") { Reasons = s_workspace },
        new(
            ResourceKind.Lock,
            Storage + "/stflows/providers/Microsoft.Authorization/locks",
            "locks",
            "managementLocks.listAtResourceLevel",
            "rg-net",
            "Microsoft.Storage",
            string.Empty,
            "storageAccounts",
            "stflows")
        {
            Reasons = s_scope,
        },
        new(
            ResourceKind.Permission,
            Storage + "/stflows/providers/Microsoft.Authorization/permissions",
            "roles",
            "permissions.listForResource",
            "rg-net",
            "Microsoft.Storage",
            string.Empty,
            "storageAccounts",
            "stflows")
        {
            Reasons = s_scope,
        },
    ];

    /// <summary>Where the two differ, and why.</summary>
    public IReadOnlyDictionary<string, string> Reasons { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether it is a list.</summary>
    public bool IsList => Call.Contains(".list", System.StringComparison.Ordinal);

    /// <summary>What a test of it is called.</summary>
    public override string ToString() => $"{Kind} by {Call}";
}
