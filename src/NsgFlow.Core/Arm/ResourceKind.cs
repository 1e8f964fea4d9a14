using System;
using System.Collections.Generic;

namespace NsgFlow.Arm;

/// <summary>A kind of resource that the module asks for: its ARM type, the api-version it is asked with (the only place where these stand), and its word in messages.</summary>
public sealed class ResourceKind
{
    private const string Network = "2025-05-01";

    private ResourceKind(string word, string type, string apiVersion)
    {
        Word = word;
        Type = type;
        ApiVersion = apiVersion;
    }

    /// <summary>Network security groups.</summary>
    public static ResourceKind Nsg { get; } = new("network security group", "Microsoft.Network/networkSecurityGroups", Network);

    /// <summary>Virtual networks.</summary>
    public static ResourceKind VirtualNetwork { get; } = new("virtual network", "Microsoft.Network/virtualNetworks", Network);

    /// <summary>Subnets; Resource Graph has them inside their virtual networks only.</summary>
    public static ResourceKind Subnet { get; } = new("subnet", "Microsoft.Network/virtualNetworks/subnets", Network);

    /// <summary>Network interfaces, those of scale sets excepted.</summary>
    public static ResourceKind NetworkInterface { get; } = new("network interface", "Microsoft.Network/networkInterfaces", Network);

    /// <summary>Network watchers.</summary>
    public static ResourceKind NetworkWatcher { get; } = new("network watcher", "Microsoft.Network/networkWatchers", Network);

    /// <summary>Flow logs, which lie in network watchers.</summary>
    public static ResourceKind FlowLog { get; } = new("flow log", "Microsoft.Network/networkWatchers/flowLogs", Network);

    /// <summary>Public addresses.</summary>
    public static ResourceKind PublicAddress { get; } = new("public address", "Microsoft.Network/publicIPAddresses", Network);

    /// <summary>Prefixes of public addresses.</summary>
    public static ResourceKind PublicPrefix { get; } = new("public address prefix", "Microsoft.Network/publicIPPrefixes", Network);

    /// <summary>Load balancers.</summary>
    public static ResourceKind LoadBalancer { get; } = new("load balancer", "Microsoft.Network/loadBalancers", Network);

    /// <summary>VPN and ExpressRoute gateways of virtual networks.</summary>
    public static ResourceKind VirtualNetworkGateway { get; } =
        new("virtual network gateway", "Microsoft.Network/virtualNetworkGateways", Network) { IsListedByGroup = true };

    /// <summary>Sites behind VPN gateways.</summary>
    public static ResourceKind LocalNetworkGateway { get; } =
        new("local network gateway", "Microsoft.Network/localNetworkGateways", Network) { IsListedByGroup = true };

    /// <summary>Virtual machines.</summary>
    public static ResourceKind VirtualMachine { get; } = new("virtual machine", "Microsoft.Compute/virtualMachines", "2024-07-01");

    /// <summary>Scale sets.</summary>
    public static ResourceKind ScaleSet { get; } = new("virtual machine scale set", "Microsoft.Compute/virtualMachineScaleSets", "2024-07-01");

    /// <summary>Network interfaces of a scale set's instances, listed under <c>{scale set}/networkInterfaces</c>; not in Resource Graph.</summary>
    public static ResourceKind ScaleSetNetworkInterface { get; } =
        new("network interface of a scale set", "Microsoft.Compute/virtualMachineScaleSets/networkInterfaces", "2018-10-01");

    /// <summary>AKS clusters.</summary>
    public static ResourceKind AksCluster { get; } = new("AKS cluster", "Microsoft.ContainerService/managedClusters", "2025-05-01");

    /// <summary>Storage accounts.</summary>
    public static ResourceKind StorageAccount { get; } = new("storage account", "Microsoft.Storage/storageAccounts", "2023-05-01");

    /// <summary>Lifecycle policies of storage accounts; the name of each is <c>default</c>.</summary>
    public static ResourceKind LifecyclePolicy { get; } = new("lifecycle policy", "Microsoft.Storage/storageAccounts/managementPolicies", "2023-05-01");

    /// <summary>Log Analytics workspaces.</summary>
    public static ResourceKind Workspace { get; } = new("Log Analytics workspace", "Microsoft.OperationalInsights/workspaces", "2023-09-01");

    /// <summary>Subscriptions.</summary>
    public static ResourceKind Subscription { get; } = new("subscription", "Microsoft.Resources/subscriptions", "2022-12-01");

    /// <summary>Resource groups.</summary>
    public static ResourceKind ResourceGroup { get; } = new("resource group", "Microsoft.Resources/subscriptions/resourceGroups", "2022-09-01");

    /// <summary>Resource providers of a subscription.</summary>
    public static ResourceKind Provider { get; } = new("resource provider", "Microsoft.Resources/providers", "2021-04-01");

    /// <summary>What the caller may do at a scope.</summary>
    public static ResourceKind Permission { get; } = new("permission", "Microsoft.Authorization/permissions", "2022-04-01");

    /// <summary>Locks.</summary>
    public static ResourceKind Lock { get; } = new("lock", "Microsoft.Authorization/locks", "2020-05-01");

    /// <summary>Queries over all of them.</summary>
    public static ResourceKind ResourceGraph { get; } = new("Resource Graph", "Microsoft.ResourceGraph/resources", "2022-10-01");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        Nsg, VirtualNetwork, Subnet, NetworkInterface, NetworkWatcher, FlowLog, PublicAddress, PublicPrefix, LoadBalancer, VirtualNetworkGateway,
        LocalNetworkGateway, VirtualMachine, ScaleSet, ScaleSetNetworkInterface, AksCluster, StorageAccount, LifecyclePolicy, Workspace, Subscription,
        ResourceGroup, Provider, Permission, Lock, ResourceGraph,
    ];

    /// <summary>The word for one of them in a message.</summary>
    public string Word { get; }

    /// <summary>The ARM type.</summary>
    public string Type { get; }

    /// <summary>The api-version of requests about it.</summary>
    public string ApiVersion { get; }

    /// <summary>Whether ARM lists it resource group by resource group only, and not of a whole subscription.</summary>
    public bool IsListedByGroup { get; private init; }

    /// <summary>The kind of an ARM type, compared without case; null when the module knows nothing of it.</summary>
    public static ResourceKind? OfType(string? type)
    {
        foreach (var kind in All)
        {
            if (string.Equals(kind.Type, type, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        return null;
    }

    /// <summary>The word.</summary>
    public override string ToString() => Word;
}
