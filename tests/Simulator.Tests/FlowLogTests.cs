using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Infrastructure;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.SimulatorTests;

public sealed class FlowLogTests
{
    private const string Prod = "/subscriptions/" + SampleWorld.ProdId;
    private const string Net = Prod + "/resourceGroups/rg-net/providers/";
    private const string Watcher = Prod + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
    private const string Spoke = Net + "Microsoft.Network/virtualNetworks/spoke-vnet";

    [Fact]
    public async Task It_lives_from_put_to_delete()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);

        var created = await caller.SendAsync("PUT", Watcher + "/flowLogs/new", Body(Spoke));
        var operation = created.Headers["Azure-AsyncOperation"];
        Assert.Equal(201, created.Status);
        Assert.Equal("Updating", created.Properties["provisioningState"]!.ToString());
        Assert.EndsWith("/FlowLogs/new", created.Body!["id"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("InProgress", (await caller.GetAsync(operation)).Body!["status"]!.ToString());
        Assert.Equal("Succeeded", (await caller.GetAsync(operation)).Body!["status"]!.ToString());
        Assert.Equal("Succeeded", (await caller.GetAsync(Watcher.ToUpperInvariant() + "/FLOWLOGS/NEW")).Properties["provisioningState"]!.ToString());
        Assert.Single((await caller.GetAsync(Spoke)).Properties["flowLogs"]!.AsArray());

        Assert.Equal(200, (await caller.SendAsync("PUT", Watcher + "/flowLogs/new", Body(Spoke, enabled: false))).Status);
        azure.EndOperations();
        var deleted = await caller.SendAsync("DELETE", Watcher + "/flowLogs/new");
        Assert.Equal(202, deleted.Status);
        Assert.False(deleted.Headers.ContainsKey("Retry-After"));
        Assert.Equal("Deleting", (await caller.GetAsync(Watcher + "/flowLogs/new")).Properties["provisioningState"]!.ToString());
        Assert.Equal(202, (await caller.GetAsync(deleted.Headers["Location"])).Status);
        Assert.Equal(204, (await caller.GetAsync(deleted.Headers["Location"])).Status);
        Assert.Equal("ResourceNotFound", (await caller.GetAsync(Watcher + "/flowLogs/new")).Code);
        Assert.Equal(204, (await caller.SendAsync("DELETE", Watcher + "/flowLogs/new")).Status);
        Assert.Null((await caller.GetAsync(Spoke)).Properties["flowLogs"]);
    }

    [Theory]
    [InlineData(BusyAnswer.Conflict, 409)]
    [InlineData(BusyAnswer.TooManyRequests, 429)]
    public async Task One_write_under_a_watcher_at_a_time(BusyAnswer busy, int status)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create(), new SimulatorOptions { Busy = busy });
        using var caller = new Caller(azure);
        _ = await caller.SendAsync("PUT", Watcher + "/flowLogs/one", Body(Spoke));

        var second = await caller.SendAsync("PUT", Watcher + "/flowLogs/two", Body(Net + "Microsoft.Network/virtualNetworks/hub-vnet"));
        Assert.Equal((status, "AnotherOperationInProgress"), (second.Status, second.Code));
        azure.EndOperations();
        Assert.Equal(201, (await caller.SendAsync("PUT", Watcher + "/flowLogs/two", Body(Net + "Microsoft.Network/virtualNetworks/hub-vnet"))).Status);
    }

    [Fact]
    public async Task Or_the_second_one_is_taken_and_fails()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create(), new SimulatorOptions { Busy = BusyAnswer.FailedOperation });
        using var caller = new Caller(azure);
        _ = await caller.SendAsync("PUT", Watcher + "/flowLogs/one", Body(Spoke));
        var second = await caller.SendAsync("PUT", Watcher + "/flowLogs/two", Body(Net + "Microsoft.Network/virtualNetworks/hub-vnet"));
        azure.EndOperations();
        Assert.Equal(201, second.Status);
        Assert.Equal("AnotherOperationInProgress", (await caller.GetAsync(second.Headers["Azure-AsyncOperation"])).Code);
    }

    [Fact]
    public async Task A_failed_operation_is_http_200_and_says_so()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create(), new SimulatorOptions { OperationPolls = 0 });
        using var caller = new Caller(azure);
        var analytics = Analytics("gone", "westeurope");

        var created = await caller.SendAsync("PUT", Watcher + "/flowLogs/new", Body(Spoke, analytics: analytics));
        var ended = await caller.GetAsync(created.Headers["Azure-AsyncOperation"]);

        Assert.Equal((201, 200, "Failed"), (created.Status, ended.Status, ended.Body!["status"]!.ToString()));
        Assert.Equal("CannotGetWorkspace", ended.Code);
        Assert.Equal("Failed", (await caller.GetAsync(Watcher + "/flowLogs/new")).Properties["provisioningState"]!.ToString());

        azure.Faults.FailOperation("InternalServerError", "An error occurred.");
        created = await caller.SendAsync("PUT", Watcher + "/flowLogs/new", Body(Spoke));
        Assert.Equal("InternalServerError", (await caller.GetAsync(created.Headers["Azure-AsyncOperation"])).Code);
    }

    [Fact]
    public async Task Traffic_analytics_sent_without_enabled_is_off()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var analytics = Analytics("law-net", "westeurope");
        analytics["networkWatcherFlowAnalyticsConfiguration"]!.AsObject().Remove("enabled");

        var created = await caller.SendAsync("PUT", Watcher + "/flowLogs/new", Body(Spoke, analytics: analytics));

        Assert.False(created.Properties["flowAnalyticsConfiguration"]!["networkWatcherFlowAnalyticsConfiguration"]!["enabled"]!.GetValue<bool>());
    }

    [SamplesFact]
    public async Task Errors_are_those_that_users_saw()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);

        var blocked = await caller.SendAsync("PUT", Watcher + "/flowLogs/new", Body(Net + "Microsoft.Network/networkSecurityGroups/db-nsg"));
        var region = await caller.SendAsync("PUT", Watcher + "/flowLogs/new", Body(Spoke, analytics: Analytics("law-net", "eastus2")));

        var sample = Sample.Read("arm_error_NsgFlowLogCreationBlocked.json");
        Assert.Equal((400, sample["code"]!.ToString(), sample["message"]!.ToString()), (blocked.Status, blocked.Code, blocked.Message));
        var error = Sample.Read("arm_error_InvalidTAWorkspaceRegion.json")["error"]!;
        Assert.Equal((400, error["code"]!.ToString()), (region.Status, region.Code));
        Assert.Equal(Words(error["message"]!.ToString()), Words(region.Message!));
    }

    [Theory]
    [InlineData(Spoke, "nowhere", 400, "InvalidResourceReference")]
    [InlineData(Spoke, "stpremium", 400, "UnsupportedStorageAccountType")]
    [InlineData(Net + "Microsoft.Network/virtualNetworks/none", "stflows", 400, "InvalidResourceReference")]
    [InlineData(Net + "Microsoft.Network/virtualNetworks/spoke-vnet/subnets/none", "stflows", 400, "InvalidResourceReference")]
    [InlineData("/subscriptions/" + SampleWorld.DevId + "/resourceGroups/rg-dev/providers/Microsoft.Network/virtualNetworks/dev-vnet", "stflows", 400, "InvalidResourceReference")]
    [InlineData(Net + "Microsoft.Network/publicIPAddresses/web-1-ip", "stflows", 400, "InvalidResourceReference")]
    [InlineData(Spoke + "/subnets/web", "stflows", 201, null)]
    [InlineData(Net + "Microsoft.Network/networkInterfaces/web-1-nic", "stflows", 201, null)]
    public async Task Targets_and_storage_are_checked(string target, string storage, int status, string? code)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var answer = await caller.SendAsync("PUT", Watcher + "/flowLogs/new", Body(target, storage: storage));
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task What_is_missing_before_is_said()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var dev = "/subscriptions/" + SampleWorld.DevId;
        var watchers = dev + "/resourceGroups/rg-dev/providers/Microsoft.Network/networkWatchers";
        var body = Body(dev + "/resourceGroups/rg-dev/providers/Microsoft.Network/virtualNetworks/dev-vnet");
        body["location"] = "northeurope";
        body["properties"]!["storageId"] = dev + "/resourceGroups/rg-dev/providers/Microsoft.Storage/storageAccounts/stdev";

        Assert.Equal("ParentResourceNotFound", (await caller.SendAsync("PUT", watchers + "/w/flowLogs/new", body)).Code);
        Assert.Equal(201, (await caller.SendAsync("PUT", watchers + "/w", new JsonObject { ["location"] = "northeurope" })).Status);
        Assert.Equal("NetworkWatcherCountLimitReached", (await caller.SendAsync("PUT", watchers + "/x", new JsonObject { ["location"] = "North Europe" })).Code);
        Assert.Equal("GatewayAuthenticationFailed", (await caller.SendAsync("PUT", watchers + "/w/flowLogs/new", body)).Code);

        var insights = dev + "/providers/Microsoft.Insights";
        Assert.Equal("NotRegistered", (await caller.GetAsync(insights, "2021-04-01")).Body!["registrationState"]!.ToString());
        Assert.Equal("Registering", (await caller.SendAsync("POST", insights + "/register", null, "2021-04-01")).Body!["registrationState"]!.ToString());
        Assert.Equal("Registering", (await caller.GetAsync(insights, "2021-04-01")).Body!["registrationState"]!.ToString());
        Assert.Equal("Registered", (await caller.GetAsync(insights, "2021-04-01")).Body!["registrationState"]!.ToString());
        Assert.Equal(201, (await caller.SendAsync("PUT", watchers + "/w/flowLogs/new", body)).Status);
    }

    private static JsonObject Body(string target, bool enabled = true, string storage = "stflows", JsonObject? analytics = null)
    {
        var body = new JsonObject
        {
            ["location"] = "westeurope",
            ["properties"] = new JsonObject
            {
                ["targetResourceId"] = target,
                ["storageId"] = Net + "Microsoft.Storage/storageAccounts/" + storage,
                ["enabled"] = enabled,
            },
        };
        if (analytics is not null)
        {
            body["properties"]!["flowAnalyticsConfiguration"] = analytics;
        }

        return body;
    }

    private static JsonObject Analytics(string workspace, string region) => new()
    {
        ["networkWatcherFlowAnalyticsConfiguration"] = new JsonObject
        {
            ["enabled"] = true,
            ["workspaceRegion"] = region,
            ["workspaceResourceId"] = Net + "Microsoft.OperationalInsights/workspaces/" + workspace,
            ["trafficAnalyticsInterval"] = 10,
        },
    };

    /// <summary>A message without the names in it.</summary>
    private static string Words(string message) => string.Join(' ', message.Split(' ').Where(static w => !w.Contains('/', StringComparison.Ordinal) && !w.Contains("eu", StringComparison.Ordinal) && !w.Contains("us2", StringComparison.Ordinal)));
}
