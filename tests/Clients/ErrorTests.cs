using System;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests;

/// <summary>What goes wrong, as three generations of Microsoft's clients understand it.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class ErrorTests(MicrosoftClients clients)
{
    [ClientTheory]
    [InlineData("network", "networkSecurityGroups.get", "ResourceNotFound", "rg-net", "no-such")]
    [InlineData("network", "networkSecurityGroups.get", "ResourceGroupNotFound", "no-such", "web-nsg")]
    [InlineData("network", "flowLogs.get", "ResourceNotFound", "NetworkWatcherRG", "NetworkWatcher_westeurope", "no-such")]
    [InlineData("network", "subnets.get", "NotFound", "rg-net", "spoke-vnet", "no-such")]
    [InlineData("aks", "managedClusters.get", "ResourceNotFound", "rg-aks", "no-such")]
    [InlineData("storage", "storageAccounts.getProperties", "ResourceNotFound", "rg-net", "no-such")]
    [InlineData("logs", "workspaces.get", "ResourceNotFound", "rg-net", "no-such")]
    [InlineData("resources", "resourceGroups.get", "ResourceGroupNotFound", "no-such")]
    [InlineData("subscriptions", "subscriptions.get", "SubscriptionNotFound", "00000000-0000-0000-0000-000000000001")]
    public async Task What_is_not_there_is_a_404_with_its_code(string client, string call, string code, params string[] args)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var missing = await Assert.ThrowsAsync<ClientException>(() => clients.CallAsync(azure, client, call, args));

        Assert.Equal(("RestError", 404, code), (missing.Name, missing.Status, missing.Code));
    }

    [ClientTheory]
    [InlineData("network", "networkSecurityGroups.listAll")]
    [InlineData("storage", "storageAccounts.list")]
    [InlineData("aks", "managedClusters.list")]
    [InlineData("logs", "workspaces.list")]
    public async Task Their_retry_policies_wait_as_long_as_they_are_told(string client, string call)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        azure.Faults.Fail(null, "*", 429, "TooManyRequests", "The request is being throttled.", times: 2, retryAfter: 1);

        await clients.CallAsync(azure, client, call);

        var requests = azure.Requests.All;
        Assert.Equal([429, 429, 200], requests.Select(static r => r.Status));
        var waits = requests.Zip(requests.Skip(1), static (first, second) => second.Time - first.Time);
        Assert.All(waits, static wait => Assert.InRange(wait.TotalSeconds, 0.95, 30));
    }

    [ClientFact]
    public async Task Their_retry_policy_survives_servers_that_fail_and_connections_that_are_cut()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        azure.Faults.Fail("GET", "*/virtualNetworks", 503, "ServiceUnavailable");
        azure.Faults.Cut("GET", "*/virtualNetworks");

        var listed = await clients.CallAsync(azure, "network", "virtualNetworks.listAll");

        Assert.Equal(3, listed!.AsArray().Count);
        Assert.Equal([503, 0, 200], azure.Requests.All.Select(static r => r.Status));
    }

    [ClientFact]
    public async Task Throttling_that_does_not_end_is_an_error_with_its_code()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        azure.Faults.Fail(null, "*", 429, "TooManyRequests", "The request is being throttled.", times: 100);

        var throttled = await Assert.ThrowsAsync<ClientException>(() => clients.CallAsync(azure, "network", "networkWatchers.listAll"));

        Assert.Equal((429, "TooManyRequests"), (throttled.Status, throttled.Code));
    }

    [ClientFact]
    public async Task A_busy_watcher_is_a_conflict()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        azure.Faults.Fail("PUT", "*/flowLogs/*", 409, "AnotherOperationInProgress", "Another operation is in progress.");

        object[] args = ["NetworkWatcherRG", "NetworkWatcher_westeurope", "x", new { location = "westeurope" }];
        var busy = await Assert.ThrowsAsync<ClientException>(() =>
            clients.CallAsync(azure, "network", "flowLogs.beginCreateOrUpdateAndWait", args));

        Assert.Equal((409, "AnotherOperationInProgress"), (busy.Status, busy.Code));
    }

    [ClientTheory]
    [InlineData("network", "networkSecurityGroups.get", "rg-net", "web-nsg")]
    [InlineData("aks", "managedClusters.get", "rg-aks", "prod-weu")]
    public async Task Who_has_no_role_is_refused_with_the_missing_action(string client, string call, params string[] args)
    {
        var world = SampleWorld.Create();
        var nobody = world.AddPrincipal("nobody");
        await using var azure = await AzureSimulator.StartAsync(world);

        var refused = await Assert.ThrowsAsync<ClientException>(() => clients.CallAsync(azure, nobody, client, call, args));

        Assert.Equal((403, "AuthorizationFailed"), (refused.Status, refused.Code));
        Assert.Contains("/read' over scope '/subscriptions/", refused.Text, StringComparison.Ordinal);
    }
}
