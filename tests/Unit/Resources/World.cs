namespace NsgFlow.Unit.Resources;

/// <summary>A subscription with a network that is logged in every way, and an AKS cluster in each of its two forms.</summary>
internal static class World
{
    public const string Subscription = "11111111-1111-1111-1111-111111111111";
    public const string Root = "/subscriptions/" + Subscription + "/resourceGroups/";
    public const string Hub = Root + "rg-net/providers/Microsoft.Network/virtualNetworks/hub";
    public const string Nic1 = Root + "rg-net/providers/Microsoft.Network/networkInterfaces/vm1-nic";
    public const string Nic2 = Root + "rg-net/providers/Microsoft.Network/networkInterfaces/vm2-nic";
    public const string Watcher = Root + "NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
    public const string Storage = Root + "rg-net/providers/Microsoft.Storage/storageAccounts/stflows";
    public const string WebNsg = Root + "rg-net/providers/Microsoft.Network/networkSecurityGroups/web-nsg";
    public const string WebGuid = "7f5a1b9e-0000-0000-0000-000000000001";
    public const string Managed = Root + "MC_rg_prod/providers/Microsoft.Network/virtualNetworks/aks-vnet-1";
    public const string ManagedNsg = Root + "MC_rg_prod/providers/Microsoft.Network/networkSecurityGroups/aks-agentpool-1-nsg";
    public const string Cluster = Root + "rg-aks/providers/Microsoft.ContainerService/managedClusters/prod";
    public const string OwnCluster = Root + "rg-aks/providers/Microsoft.ContainerService/managedClusters/byo";

    /// <summary>Without any flow log.</summary>
    public static FakeArm Create() => new FakeArm()
        .AddSubscription(Subscription, "prod")
        .Add(Watcher)
        .Add(Watcher.Replace("_westeurope", "_northeurope"), "northeurope")
        .Add(Storage, properties: """{"primaryEndpoints":{"blob":"https://stflows.blob.core.windows.net/"} }""")
        .Add(Hub, properties: $$"""
            {"subnets":[
              {"id":"{{Hub}}/subnets/web","name":"web","properties":{"addressPrefix":"10.0.1.0/24","networkSecurityGroup":{"id":"{{WebNsg}}"} } },
              {"id":"{{Hub}}/subnets/db","name":"db","properties":{"addressPrefixes":["10.0.2.0/24","fd00:2::/64"]} },
              {"id":"{{Hub}}/subnets/nodes","name":"nodes","properties":{"addressPrefix":"10.0.8.0/22","networkSecurityGroup":{"id":"{{WebNsg}}"} } },
              {"id":"{{Hub}}/subnets/nodes2","name":"nodes2","properties":{"addressPrefix":"10.0.16.0/24"} },
              {"id":"{{Hub}}/subnets/pods","name":"pods","properties":{"addressPrefix":"10.0.32.0/20"} }]}
            """)
        .Add(Hub + "/subnets/db", null, """{"addressPrefixes":["10.0.2.0/24","fd00:2::/64"]}""")
        .Add(Nic1, properties: Nic("00-0D-3A-F8-80-1A", "web", "10.0.1.4"))
        .Add(Nic2, properties: Nic("", "db", "10.0.2.4"))
        .Add(WebNsg, properties: $$"""{"resourceGuid":"{{WebGuid}}","subnets":[{"id":"{{Hub}}/subnets/web"},{"id":"{{Hub}}/subnets/nodes"}]}""")
        .Add(Nsg("db-nsg"), properties: $$"""{"networkInterfaces":[{"id":"{{Nic2}}"}]}""")
        .Add(Nsg("idle-nsg"))
        .Add(Cluster, properties: """{"nodeResourceGroup":"MC_rg_prod","agentPoolProfiles":[{"name":"agentpool"}]}""")
        .Add(ManagedNsg, properties: $$"""{"resourceGuid":"7f5a1b9e-0000-0000-0000-00000000000a","subnets":[{"id":"{{Managed}}/subnets/aks-subnet"}]}""")
        .Add(Managed, properties: $$"""{"subnets":[{"id":"{{Managed}}/subnets/aks-subnet","name":"aks-subnet","properties":{"addressPrefix":"10.224.0.0/16"} }]}""")
        .Add(Root + "MC_rg_prod/providers/Microsoft.Compute/virtualMachineScaleSets/aks-agentpool-1-vmss", properties: ScaleSet(Managed + "/subnets/aks-subnet"))
        .Add(OwnCluster, properties: $$"""
            {"nodeResourceGroup":"MC_rg_byo","agentPoolProfiles":[
              {"name":"system","vnetSubnetID":"{{Hub}}/subnets/nodes","podSubnetID":"{{Hub}}/subnets/pods"},{"name":"user","vnetSubnetID":"{{Hub.ToUpperInvariant()}}/subnets/nodes2"}]}
            """)
        .Add(Root + "MC_rg_byo/providers/Microsoft.Network/networkSecurityGroups/aks-agentpool-2-nsg", properties: $$"""
            {"resourceGuid":"7f5a1b9e-0000-0000-0000-00000000000b","networkInterfaces":[
              {"id":"{{ByoScaleSet}}/virtualMachines/0/networkInterfaces/nic"},{"id":"{{ByoScaleSet}}/virtualMachines/1/networkInterfaces/nic"}]}
            """)
        .Add(ByoScaleSet, properties: ScaleSet(Hub + "/subnets/nodes"));

    public const string ByoScaleSet = Root + "MC_rg_byo/providers/Microsoft.Compute/virtualMachineScaleSets/aks-system-2-vmss";

    public static string Nsg(string name) => Root + "rg-net/providers/Microsoft.Network/networkSecurityGroups/" + name;

    /// <summary>Adds a flow log.</summary>
    public static FakeArm Log(this FakeArm arm, string name, string target, bool enabled = true, string storage = Storage) =>
        arm.Add($"{Watcher}/flowLogs/{name}", properties: $$"""{"targetResourceId":"{{target}}","storageId":"{{storage}}","enabled":{{(enabled ? "true" : "false")}} }""");

    private static string Nic(string mac, string subnet, string address) => $$"""
        {"macAddress":"{{mac}}","ipConfigurations":[{"properties":{"privateIPAddress":"{{address}}","subnet":{"id":"{{Hub}}/subnets/{{subnet}}"} } }]}
        """;

    private static string ScaleSet(string subnet) => $$"""
        {"virtualMachineProfile":{"networkProfile":{"networkInterfaceConfigurations":[{"properties":{"ipConfigurations":[{"properties":{"subnet":{"id":"{{subnet}}"} } }]} }]} } }
        """;
}
