using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests;

/// <summary>A flow log from its creation to its end, by Microsoft's client.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class FlowLogTests(MicrosoftClients clients)
{
    private const string Prod = "/subscriptions/" + SampleWorld.ProdId;
    private const string Network = Prod + "/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/spoke-vnet";
    private const string Storage = Prod + "/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/stflows";
    private static readonly object s_atOnce = new { updateIntervalInMs = 10 };

    [ClientFact]
    public async Task Its_poller_creates_a_flow_log_by_way_of_the_operation()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var made = await Create(azure);

        Assert.Equal("Succeeded", (string?)made!["provisioningState"]);
        Assert.Equal("spoke-log", (string?)made["name"]);
        Assert.Equal("westeurope", (string?)made["location"]);
        Assert.Equal(Network, (string?)made["targetResourceId"]);
        Assert.Equal(7, (int?)made["retentionPolicy"]!["days"]);
        Assert.True((bool?)made["flowAnalyticsConfiguration"]!["networkWatcherFlowAnalyticsConfiguration"]!["enabled"]);
        Assert.Equal(
            ["PUT 201", "GET 200", "GET 200", "GET 200"],
            azure.Requests.All.Select(static r => $"{r.Method} {r.Status}"));
        Assert.Equal(2, azure.Requests.All.Count(static r => r.Path.Contains("/westeurope/operations/", StringComparison.Ordinal)));
    }

    [ClientFact]
    public async Task It_reads_lists_and_tags_what_it_created()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create(), new SimulatorOptions { PageSize = 1 });
        await Create(azure);

        var tagged = await Call(azure, "updateTags", "spoke-log", new { tags = new { owner = "net" } });
        var read = await Call(azure, "get", "spoke-log");
        var listed = await clients.CallAsync(azure, "network", "flowLogs.list", "NetworkWatcherRG", "NetworkWatcher_westeurope");

        Assert.Equal("net", (string?)tagged!["tags"]!["owner"]);
        Assert.Equal("net", (string?)read!["tags"]!["owner"]);
        Assert.Equal(["spoke-log", "web-nsg-rg-net-flowlog"], listed!.AsArray().Select(static f => (string?)f!["name"]).Order());
        Assert.Equal(2, azure.Requests.All.Count(static r => r.Path.EndsWith("/flowLogs", StringComparison.OrdinalIgnoreCase)));
    }

    [ClientFact]
    public async Task Its_poller_deletes_it_and_a_second_deletion_is_no_error()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        await Create(azure);

        await Call(azure, "beginDeleteAndWait", "spoke-log", s_atOnce);
        var gone = await Assert.ThrowsAsync<ClientException>(() => Call(azure, "get", "spoke-log"));
        await Call(azure, "beginDeleteAndWait", "spoke-log", s_atOnce);

        Assert.Equal((404, "ResourceNotFound"), (gone.Status, gone.Code));
        Assert.Equal([202, 204], azure.Requests.All.Where(static r => r.Method == "DELETE").Select(static r => r.Status));
    }

    [ClientFact]
    public async Task Its_poller_raises_what_an_operation_failed_of()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        azure.Faults.FailOperation("CannotGetWorkspace", "Cannot get workspace.");

        var failure = await Assert.ThrowsAsync<ClientException>(() => Create(azure));

        Assert.Contains("Cannot get workspace.", failure.Text, StringComparison.Ordinal);
        Assert.Contains("CannotGetWorkspace", failure.Message, StringComparison.Ordinal);
        Assert.All(azure.Requests.All.Where(static r => r.Method == "GET"), static r => Assert.Equal(200, r.Status));
    }

    [ClientFact]
    public async Task It_is_told_that_flow_logs_of_nsgs_are_no_longer_made()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        var nsg = Network.Replace("virtualNetworks/spoke-vnet", "networkSecurityGroups/db-nsg", StringComparison.Ordinal);

        var body = new { location = "westeurope", targetResourceId = nsg, storageId = Storage, enabled = true };
        var refused = await Assert.ThrowsAsync<ClientException>(() => Call(azure, "beginCreateOrUpdateAndWait", "db-log", body, s_atOnce));

        Assert.Equal(("RestError", 400, "NsgFlowLogCreationBlocked"), (refused.Name, refused.Status, refused.Code));
    }

    private Task<JsonNode?> Create(AzureSimulator azure) => Call(azure, "beginCreateOrUpdateAndWait", "spoke-log", Body(azure), s_atOnce);

    private Task<JsonNode?> Call(AzureSimulator azure, string method, string name, params object[] more) =>
        clients.CallAsync(azure, "network", "flowLogs." + method, ["NetworkWatcherRG", "NetworkWatcher_westeurope", name, .. more]);

    private static object Body(AzureSimulator azure)
    {
        var workspace = azure.World.State.OfType("Microsoft.OperationalInsights/workspaces").Single();
        return new
        {
            location = "westeurope",
            targetResourceId = Network,
            storageId = Storage,
            enabled = true,
            retentionPolicy = new { days = 7, enabled = true },
            format = new { type = "JSON", version = 2 },
            flowAnalyticsConfiguration = new
            {
                networkWatcherFlowAnalyticsConfiguration = new
                {
                    enabled = true,
                    workspaceId = (string?)workspace["properties"]!["customerId"],
                    workspaceRegion = (string?)workspace["location"],
                    workspaceResourceId = (string?)workspace["id"],
                    trafficAnalyticsInterval = 10,
                },
            },
        };
    }
}
