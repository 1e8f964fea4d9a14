using System.Threading.Tasks;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests;

/// <summary>What a flow log needs beside itself, made by Microsoft's clients.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class SetupTests(MicrosoftClients clients)
{
    private const string Group = "NetworkWatcherRG";
    private static readonly object s_westus = new { location = "westus" };

    [ClientFact]
    public async Task A_network_watcher_is_created_once_per_region()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var made = await clients.ReadAsync(azure, "network", "networkWatchers.createOrUpdate", Group, "NetworkWatcher_westus", s_westus);
        var again = await clients.ReadAsync(azure, "network", "networkWatchers.createOrUpdate", Group, "NetworkWatcher_westus", s_westus);
        var second = await Assert.ThrowsAsync<ClientException>(() =>
            clients.CallAsync(azure, "network", "networkWatchers.createOrUpdate", Group, "another", s_westus));

        Assert.Equal(("Succeeded", "westus"), ((string?)made["provisioningState"], (string?)made["location"]));
        Assert.Equal((string?)made["id"], (string?)again["id"]);
        Assert.Equal("NetworkWatcherCountLimitReached", second.Code);
    }

    [ClientFact]
    public async Task A_provider_registers_in_a_moment()
    {
        var world = SampleWorld.Create();
        world.State.Subscription(SampleWorld.ProdId)!.Registrations["Microsoft.Insights"] = "NotRegistered";
        await using var azure = await AzureSimulator.StartAsync(world);

        var asked = await clients.ReadAsync(azure, "resources", "providers.register", "Microsoft.Insights");
        await clients.ReadAsync(azure, "resources", "providers.get", "Microsoft.Insights");
        var read = await clients.ReadAsync(azure, "resources", "providers.get", "Microsoft.Insights");

        Assert.Equal(("Registering", "Registered"), ((string?)asked["registrationState"], (string?)read["registrationState"]));
    }

    [ClientFact]
    public async Task A_group_and_a_workspace_are_made_and_deleted()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        await clients.ReadAsync(azure, "resources", "resourceGroups.createOrUpdate", "rg-new", s_westus);
        var workspace = new { location = "westus", sku = new { name = "PerGB2018" } };
        var made = await clients.ReadAsync(azure, "logs", "workspaces.beginCreateOrUpdateAndWait", "rg-new", "law-new", workspace);
        await clients.CallAsync(azure, "logs", "workspaces.beginDeleteAndWait", "rg-new", "law-new");
        await clients.CallAsync(azure, "resources", "resourceGroups.beginDeleteAndWait", "rg-new");

        Assert.True(System.Guid.TryParse((string?)made["customerId"], out _));
        Assert.Null(azure.World.State.Find($"/subscriptions/{SampleWorld.ProdId}/resourceGroups/rg-new"));
    }
}
