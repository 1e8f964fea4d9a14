using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Arm;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Setup;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests.Requests;

/// <summary>The module writes as Microsoft's clients do, from the first request that writes to the last that waits.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class WriteRequestTests(MicrosoftClients clients)
{
    private const string Prod = "/subscriptions/" + SampleWorld.ProdId;
    private const string Net = Prod + "/resourceGroups/rg-net/providers/Microsoft.Network";
    private const string Spoke = Net + "/virtualNetworks/spoke-vnet";
    private const string WebNsg = Net + "/networkSecurityGroups/web-nsg";
    private const string Storage = Prod + "/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/stflows";
    private const string Workspace = Prod + "/resourcegroups/rg-net/providers/microsoft.operationalinsights/workspaces/law-net";
    private const string Identity = Prod + "/resourceGroups/rg-net/providers/Microsoft.ManagedIdentity/userAssignedIdentities/logs";
    private const string Analytics = "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration";
    private const string Group = "NetworkWatcherRG";
    private const string Watcher = "NetworkWatcher_westeurope";
    private const string WebLog = "web-nsg-rg-net-flowlog";
    private const string NewLog = "spoke-vnet-rg-net-flowlog";
    private const string Case = "ours is the id that Azure gives, and Azure compares ids without case";

    private static readonly Dictionary<string, string> s_changed = new()
    {
        ["body.id"] = "their model has the id, which the path says already; Azure makes nothing of it",
        ["path (case)"] = Case,
    };

    private static readonly object s_atOnce = new { updateIntervalInMs = 10 };

    [ClientFact]
    public async Task A_plain_flow_log_is_created_alike()
    {
        var ours = await Ours(arm => Apply(arm, Spoke, new FlowLogSettings { StorageId = Storage }));
        var log = new { location = "westeurope", targetResourceId = Spoke, storageId = Storage, enabled = true };
        var theirs = await Theirs(azure => Put(azure, NewLog, log));

        RequestDifference.Explained(ours, theirs, new Dictionary<string, string>
        {
            [$"body.properties.{Analytics}.enabled"] = "Traffic Analytics is said to be off, not left open",
            ["body.properties.retentionPolicy.days"] = "said, though it is Azure's default: for ever",
            ["body.properties.retentionPolicy.enabled"] = "said, though it is Azure's default: for ever",
            ["body.properties.format.type"] = "Azure's default is version 1",
            ["body.properties.format.version"] = "Azure's default is version 1",
        });
    }

    [ClientFact]
    public async Task A_flow_log_with_everything_is_created_alike()
    {
        var ours = await Ours(arm => Apply(arm, Spoke, new FlowLogSettings
        {
            StorageId = Storage,
            RetentionDays = 30,
            RecordTypes = ["B", "E"],
            FilteringCriteria = "dstip=10.2.2.4",
            TrafficAnalytics = true,
            Workspace = new Workspace(arm.Get(Workspace, ResourceKind.Workspace.ApiVersion, default)!),
            TrafficAnalyticsInterval = 10,
            IdentityId = Identity,
            Tags = new Dictionary<string, string> { ["owner"] = "net" },
        }));
        var theirs = await Theirs(azure =>
        {
            var workspace = azure.World.State.Get(Workspace);
            return Put(azure, NewLog, new
            {
                location = "westeurope",
                targetResourceId = Spoke,
                storageId = Storage,
                enabled = true,
                retentionPolicy = new { days = 30, enabled = true },
                format = new { type = "JSON", version = 2 },
                recordTypes = "B,E",
                enabledFilteringCriteria = "dstip=10.2.2.4",
                flowAnalyticsConfiguration = new
                {
                    networkWatcherFlowAnalyticsConfiguration = new
                    {
                        enabled = true,
                        workspaceId = (string?)workspace["properties"]!["customerId"],
                        workspaceRegion = (string?)workspace["location"],
                        workspaceResourceId = Workspace,
                        trafficAnalyticsInterval = 10,
                    },
                },
                identity = new { type = "UserAssigned", userAssignedIdentities = new Dictionary<string, object> { [Identity] = new { } } },
                tags = new { owner = "net" },
            });
        });

        RequestDifference.Explained(ours, theirs, new Dictionary<string, string>());
    }

    [ClientFact]
    public async Task A_flow_log_is_disabled_alike() => RequestDifference.Explained(
        await Ours(arm => Apply(arm, WebNsg, new FlowLogSettings { Enabled = false, TrafficAnalytics = false })),
        await Theirs(azure => Change(azure, static log =>
        {
            log["enabled"] = false;
            log["flowAnalyticsConfiguration"]!["networkWatcherFlowAnalyticsConfiguration"]!["enabled"] = false;
        })),
        s_changed);

    [ClientFact]
    public async Task Retention_and_interval_are_changed_alike() => RequestDifference.Explained(
        await Ours(arm => Apply(arm, WebNsg, new FlowLogSettings { RetentionDays = 90, TrafficAnalyticsInterval = 10 })),
        await Theirs(azure => Change(azure, static log =>
        {
            log["retentionPolicy"]!["days"] = 90;
            log["flowAnalyticsConfiguration"]!["networkWatcherFlowAnalyticsConfiguration"]!["trafficAnalyticsInterval"] = 10;
        })),
        s_changed);

    [ClientFact]
    public async Task Traffic_analytics_alone_is_switched_off_alike() => RequestDifference.Explained(
        await Ours(arm => Apply(arm, WebNsg, new FlowLogSettings { TrafficAnalytics = false })),
        await Theirs(azure => Change(azure, static log =>
            log["flowAnalyticsConfiguration"]!["networkWatcherFlowAnalyticsConfiguration"]!["enabled"] = false)),
        s_changed);

    [ClientFact]
    public async Task Tags_are_changed_alike() => RequestDifference.Explained(
        await Ours(arm => Apply(arm, WebNsg, new FlowLogSettings { Tags = new Dictionary<string, string> { ["owner"] = "net" } })),
        await Theirs(azure => Change(azure, static log => log["tags"] = new JsonObject { ["owner"] = "net" })),
        s_changed);

    [ClientFact]
    public async Task A_flow_log_is_deleted_alike() => RequestDifference.Explained(
        await Ours(arm =>
        {
            var id = $"{Prod}/resourceGroups/{Group}/providers/Microsoft.Network/networkWatchers/{Watcher}/flowLogs/{WebLog}";
            new FlowLogSetup(arm).Remove(new FlowLog(arm.Get(id, ResourceKind.FlowLog.ApiVersion, default)!), ArmWait.ToTheEnd, default);
        }),
        await Theirs(azure => clients.CallAsync(azure, "network", "flowLogs.beginDeleteAndWait", Group, Watcher, WebLog, s_atOnce)),
        new Dictionary<string, string> { ["path (case)"] = Case });

    [ClientFact]
    public async Task A_network_watcher_with_its_group_is_created_alike()
    {
        SimulatedWorld Empty()
        {
            var world = SampleWorld.Create();
            world.State.Remove($"{Prod}/resourceGroups/{Group}");
            return world;
        }

        RequestDifference.Explained(
            await Ours(arm => Prepare(arm), Empty()),
            await Theirs(
                async azure =>
                {
                    var body = new { location = "westeurope" };
                    await clients.CallAsync(azure, "resources", "resourceGroups.createOrUpdate", Group, body);
                    await clients.CallAsync(azure, "network", "networkWatchers.createOrUpdate", Group, Watcher, body);
                },
                Empty()),
            new Dictionary<string, string>
            {
                ["api-version"] = "what is written of a group is older than ours, and not every cloud has the newest version",
                ["path (case)"] = Case,
                ["body.properties"] = "an empty object says nothing more than none",
            });
    }

    [ClientFact]
    public async Task A_provider_is_registered_alike()
    {
        SimulatedWorld Unregistered()
        {
            var world = SampleWorld.Create();
            world.State.Subscription(SampleWorld.ProdId)!.Registrations["Microsoft.Insights"] = "NotRegistered";
            return world;
        }

        RequestDifference.Explained(
            await Ours(arm => Prepare(arm), Unregistered()),
            await Theirs(
                async azure =>
                {
                    await clients.CallAsync(azure, "resources", "providers.register", "Microsoft.Insights");
                    await clients.CallAsync(azure, "resources", "providers.get", "Microsoft.Insights");
                },
                Unregistered()),
            new Dictionary<string, string>
            {
                ["api-version"] = "registering is older than ours, and not every cloud has the newest version",
            });
    }

    private static void Apply(IArm arm, string target, FlowLogSettings settings)
    {
        var setup = new FlowLogSetup(arm);
        setup.Apply(setup.PlanTarget(Target(arm, target), settings, default), ArmWait.ToTheEnd, default);
    }

    private static void Prepare(IArm arm)
    {
        var setup = new FlowLogSetup(arm);
        var plan = setup.PlanTarget(Target(arm, Spoke), new FlowLogSettings { StorageId = Storage }, default);
        setup.Prepare(Assert.Single(plan.Prerequisites), ArmWait.ToTheEnd, default);
    }

    private static ArmResource Target(IArm arm, string id) => arm.Get(id, ResourceKind.VirtualNetwork.ApiVersion, default)!;

    private Task<JsonNode?> Put(AzureSimulator azure, string name, object log) =>
        clients.CallAsync(azure, "network", "flowLogs.beginCreateOrUpdateAndWait", Group, Watcher, name, log, s_atOnce);

    private async Task Change(AzureSimulator azure, Action<JsonNode> change)
    {
        var log = (await clients.CallAsync(azure, "network", "flowLogs.get", Group, Watcher, WebLog))!;
        change(log);
        await Put(azure, WebLog, log);
    }

    private static Task<List<RecordedRequest>> Ours(Action<IArm> act, SimulatedWorld? world = null) =>
        Requests(azure => Task.Run(() => act(OurArm.Open(azure))), world);

    private static Task<List<RecordedRequest>> Theirs(Func<AzureSimulator, Task> act, SimulatedWorld? world = null) => Requests(act, world);

    /// <summary>From the first that writes on: what is looked up before is everybody's own affair.</summary>
    private static async Task<List<RecordedRequest>> Requests(Func<AzureSimulator, Task> act, SimulatedWorld? world)
    {
        await using var azure = await AzureSimulator.StartAsync(world ?? SampleWorld.Create());
        await act(azure);
        return [.. azure.Requests.All.SkipWhile(static r => !r.Writes)];
    }
}
