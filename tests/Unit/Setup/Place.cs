using System;
using NsgFlow.Arm;
using NsgFlow.Setup;

namespace NsgFlow.Unit.Setup;

/// <summary>A small piece of Azure: ids and JSON that the tests share.</summary>
internal static class Place
{
    public const string Sub = "11111111-1111-1111-1111-111111111111";
    public const string Net = $"/subscriptions/{Sub}/resourceGroups/net/providers/Microsoft.Network";
    public const string Hub = Net + "/virtualNetworks/hub-vnet";
    public const string Apps = Hub + "/subnets/apps";
    public const string Nic = Net + "/networkInterfaces/web-nic";
    public const string Nsg = Net + "/networkSecurityGroups/web-nsg";
    public const string Watcher = $"/subscriptions/{Sub}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
    public const string HubLog = Watcher + "/flowLogs/hub-vnet-net-flowlog";
    public const string NsgLog = Watcher + "/flowLogs/old-nsg-log";
    public const string Storage = $"/subscriptions/{Sub}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/stflows";
    public const string Law = $"/subscriptions/{Sub}/resourcegroups/data/providers/microsoft.operationalinsights/workspaces/law-net";
    public const string CustomerId = "45d0c39a-046e-4a55-bbea-a026747f4496";
    public const string Insights = $"/subscriptions/{Sub}/providers/Microsoft.Insights";

    public static string VnetJson(string location = "westeurope") => $$$$"""{"id":"{id}","type":"Microsoft.Network/virtualNetworks","location":"{{{{location}}}}","properties":{}}""";

    public static string StorageJson(string location = "westeurope", string kind = "StorageV2", string sku = "Standard_LRS", string tier = "Standard") =>
        $$$$"""{"id":"{id}","name":"stflows","kind":"{{{{kind}}}}","location":"{{{{location}}}}","sku":{"name":"{{{{sku}}}}","tier":"{{{{tier}}}}"},"properties":{}}""";

    public static string WorkspaceJson(string location = "northeurope") =>
        $$$"""{"id":"{id}","name":"law-net","location":"{{{location}}}","properties":{"customerId":"{{{CustomerId}}}"}}""";

    /// <summary>A flow log as Azure answers, with members that nobody here knows.</summary>
    public static string LogJson(string target, string analytics = "{}", bool enabled = true, int days = 0, string more = "") => $$$"""
        {"id":"{id}","name":"NAME","type":"Microsoft.Network/networkWatchers/FlowLogs","etag":"W/\"1\"","location":"westeurope",
         "tags":{"owner":"net"},"futureTop":{"a":[1,2.50]},
         "properties":{"provisioningState":"Succeeded","targetResourceId":"{{{target}}}","targetResourceGuid":"22222222-2222-2222-2222-222222222222",
          "storageId":"{{{Storage}}}","enabled":{{{(enabled ? "true" : "false")}}},"flowAnalyticsConfiguration":{{{analytics}}},
          "retentionPolicy":{"days":{{{days}}},"enabled":{{{(days > 0 ? "true" : "false")}}}},"format":{"type":"JSON","version":2},"futureSetting":{"deep":true}{{{more}}}}}
        """;

    public static string Analytics(bool enabled = true, int interval = 60, string region = "northeurope") => $$$"""
        {"networkWatcherFlowAnalyticsConfiguration":{"enabled":{{{(enabled ? "true" : "false")}}},"workspaceId":"{{{CustomerId}}}",
         "workspaceRegion":"{{{region}}}","workspaceResourceId":"{{{Law}}}","trafficAnalyticsInterval":{{{interval}}}}}
        """;

    /// <summary>An Azure with a network, a subnet, an NSG, a watcher, an account and a workspace; no flow logs.</summary>
    public static FakeArm Azure() => new FakeArm()
        .Add(Hub, VnetJson())
        .Add(Apps, """{"id":"{id}","name":"apps","properties":{}}""")
        .Add(Nic, """{"id":"{id}","location":"westeurope","properties":{"ipConfigurations":[{"properties":{"subnet":{"id":"SUBNET"}}}]}}""".Replace("SUBNET", Apps, StringComparison.Ordinal))
        .Add(Nsg, """{"id":"{id}","location":"westeurope","properties":{"subnets":[{"id":"SUBNET"}]}}""".Replace("SUBNET", Apps, StringComparison.Ordinal))
        .Add(Watcher, """{"id":"{id}","name":"NetworkWatcher_westeurope","location":"westeurope","properties":{}}""")
        .Add(Storage, StorageJson())
        .Add(Law, WorkspaceJson())
        .Add(Insights, """{"id":"{id}","registrationState":"Registered"}""");

    public static FlowLog Log(string id, string json) => new(ArmResource.Parse(json.Replace("{id}", id, StringComparison.Ordinal).Replace("NAME", id.Split("/")[^1], StringComparison.Ordinal)));

    public static Workspace LawNet() => new(ArmResource.Parse(WorkspaceJson().Replace("{id}", Law, StringComparison.Ordinal)));
}
