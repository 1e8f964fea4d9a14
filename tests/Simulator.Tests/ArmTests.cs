using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Infrastructure;
using Xunit;

namespace NsgFlow.SimulatorTests;

public sealed class ArmTests
{
    private const string Prod = "/subscriptions/" + SampleWorld.ProdId;
    private const string Net = Prod + "/resourceGroups/rg-net/providers/Microsoft.Network/";

    [Fact]
    public async Task Scale_sets_keep_their_inside_to_themselves()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var scaleSet = $"{Prod}/resourceGroups/{SampleWorld.NodeGroup}/providers/Microsoft.Compute/virtualMachineScaleSets/aks-agentpool-12345678-vmss";

        var inside = (await caller.GetAsync(scaleSet + "/networkInterfaces", "2018-10-01")).Body!["value"]!.AsArray();
        var listed = (await caller.GetAsync(Prod + "/providers/Microsoft.Network/networkInterfaces")).Body!["value"]!.AsArray();

        Assert.Equal(["00-0D-3A-E7-5B-CA", "60-45-BD-85-93-43", "00-22-48-23-CA-BC"], inside.Select(static n => n!["properties"]!["macAddress"]!.ToString()));
        Assert.Equal("10.224.0.35", inside[1]!["properties"]!["ipConfigurations"]![0]!["properties"]!["privateIPAddress"]!.ToString());
        Assert.Equal(3, (await caller.GetAsync(scaleSet + "/virtualMachines", "2024-07-01")).Body!["value"]!.AsArray().Count);
        Assert.Equal(["db-1-nic", "web-1-nic"], listed.Select(static n => n!["name"]!.ToString()));
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create(), new SimulatorOptions { PageSize = 1 });
        using var caller = new Caller(azure);
        var names = string.Empty;
        for (var next = Net + "virtualNetworks?api-version=2025-05-01"; next is not null;)
        {
            var page = await caller.GetAsync(next);
            names += Assert.Single(page.Body!["value"]!.AsArray())!["name"] + " ";
            next = page.Body["nextLink"]?.ToString();
        }

        Assert.Equal("hub-vnet spoke-vnet ", names);
    }

    [Theory]
    [InlineData(Net + "virtualNetworks?x=1", 400, "MissingApiVersionParameter")]
    [InlineData(Net + "virtualNetworks?api-version=2001-01-01", 400, "NoRegisteredProviderFound")]
    [InlineData("/subscriptions?api-version=2001-01-01", 400, "InvalidApiVersionParameter")]
    [InlineData(Net + "nothings?api-version=2025-05-01", 404, "InvalidResourceType")]
    [InlineData(Prod + "/providers/Microsoft.Nothing/x?api-version=2025-05-01", 404, "InvalidResourceNamespace")]
    [InlineData("/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups?api-version=2021-04-01", 404, "SubscriptionNotFound")]
    [InlineData(Prod + "/resourceGroups/none/providers/Microsoft.Network/virtualNetworks?api-version=2025-05-01", 404, "ResourceGroupNotFound")]
    [InlineData(Net + "virtualNetworks/none?api-version=2025-05-01", 404, "ResourceNotFound")]
    [InlineData(Net + "virtualNetworks/hub-vnet/subnets/none?api-version=2025-05-01", 404, "NotFound")]
    public async Task What_is_wrong_has_azures_code(string path, int status, string code)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var answer = await caller.GetAsync(path);
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.True(Guid.TryParse(answer.Headers["x-ms-request-id"], out _) && Guid.TryParse(answer.Headers["x-ms-correlation-request-id"], out _));
    }

    [Fact]
    public async Task Rights_decide_what_is_seen_and_done()
    {
        var world = SampleWorld.Create();
        var reader = world.AddPrincipal("reader").Grant("Reader", Prod + "/resourceGroups/rg-net");
        await using var azure = await AzureSimulator.StartAsync(world);
        using var caller = new Caller(azure, reader);

        Assert.Equal("prod", Assert.Single((await caller.GetAsync("/subscriptions", "2022-12-01")).Body!["value"]!.AsArray())!["displayName"]!.ToString());
        Assert.Equal(2, (await caller.GetAsync(Prod + "/providers/Microsoft.Network/virtualNetworks")).Body!["value"]!.AsArray().Count);
        Assert.Equal(["db-nsg", "web-nsg"], await caller.QueryAsync("Resources | where type contains 'networksecuritygroups' | project name"));
        var refused = await caller.SendAsync("PUT", Net + "networkSecurityGroups/x", new JsonObject { ["location"] = "westeurope" });
        Assert.Equal((403, "AuthorizationFailed"), (refused.Status, refused.Code));
        Assert.Contains("'Microsoft.Network/networkSecurityGroups/write' over scope '" + Net + "networkSecurityGroups/x'", refused.Message, StringComparison.Ordinal);
        var keys = await caller.SendAsync("POST", Prod + "/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/stflows/listKeys", null, "2023-05-01");
        Assert.Contains("'Microsoft.Storage/storageAccounts/listKeys/action'", keys.Message, StringComparison.Ordinal);
        var mine = await caller.GetAsync(Net + "networkSecurityGroups/web-nsg/providers/Microsoft.Authorization/permissions", "2022-04-01");
        Assert.Equal("*/read", Assert.Single(mine.Body!["value"]!.AsArray())!["actions"]![0]!.ToString());
        var grants = await caller.GetAsync($"{Prod}/resourceGroups/rg-net/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=principalId eq '{reader.ObjectId}'");
        Assert.Equal(Prod + "/resourceGroups/rg-net", Assert.Single(grants.Body!["value"]!.AsArray())!["properties"]!["scope"]!.ToString());
    }

    [Fact]
    public async Task A_lock_stops_writing()
    {
        var world = SampleWorld.Create();
        world.AddLock(Net + "networkSecurityGroups/web-nsg", "ReadOnly");
        await using var azure = await AzureSimulator.StartAsync(world);
        using var caller = new Caller(azure);
        var watcher = Prod + "/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
        var body = (await caller.GetAsync(watcher + "/flowLogs/web-nsg-rg-net-flowlog")).Body;

        Assert.Equal("ScopeLocked", (await caller.SendAsync("DELETE", Net + "networkSecurityGroups/web-nsg")).Code);
        Assert.Equal("ScopeLocked", (await caller.SendAsync("PUT", watcher + "/flowLogs/web-nsg-rg-net-flowlog", body)).Code);
        Assert.Equal("ReadOnly", Assert.Single((await caller.GetAsync(Prod + "/providers/Microsoft.Authorization/locks", "2020-05-01")).Body!["value"]!.AsArray())!["properties"]!["level"]!.ToString());
    }

    [Fact]
    public async Task Faults_happen_to_whom_they_should()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var until = DateTimeOffset.UtcNow.AddSeconds(30);
        azure.Faults.Fail("GET", "*/virtualNetworks", 429, "TooManyRequests", retryAfter: 7);
        azure.Faults.ThrottleUntil("GET", "*/VIRTUALNETWORKS", until);
        azure.Faults.Cut(null, "*/virtualNetworks");

        var first = await caller.GetAsync(Net + "virtualNetworks");
        var second = await caller.GetAsync(Net + "virtualNetworks");
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.GetAsync(Net + "virtualNetworks"));
        var fourth = await caller.GetAsync(Net + "virtualNetworks");

        Assert.Equal((429, "TooManyRequests", "7"), (first.Status, first.Code, first.Headers["Retry-After"]));
        Assert.Equal(until.ToString("R", null), second.Headers["Retry-After"]);
        Assert.Equal(200, fourth.Status);
        Assert.Equal([429, 429, 0, 200], azure.Requests.All.Where(static r => r.Path.EndsWith("/virtualNetworks", StringComparison.Ordinal)).Select(static r => r.Status));
        Assert.Empty(azure.Requests.Writes);
    }

    [Fact]
    public async Task Ids_may_come_back_in_another_case()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create(), new SimulatorOptions { VaryIdCase = true });
        using var caller = new Caller(azure);
        var ids = (await caller.GetAsync(Prod + "/resources", "2021-04-01")).Body!["value"]!.AsArray().Select(static r => r!["id"]!.ToString()).ToArray();
        Assert.Contains(ids, static id => id.Contains("/RG-NET/", StringComparison.Ordinal));
        Assert.Contains(ids, static id => id.Contains("/resourcegroups/", StringComparison.Ordinal) && !id.Contains("workspaces", StringComparison.Ordinal));
        Assert.Contains(ids, static id => id.Contains("/microsoft.network/", StringComparison.Ordinal));
        Assert.All(ids, id => Assert.NotNull(azure.World.State.Find(id)));
    }

    [Fact]
    public async Task What_the_service_made_up_stays_when_a_client_puts_again()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create("https://127.0.0.1:10000/stflows"));
        using var caller = new Caller(azure);
        var storage = Prod + "/resourceGroups/rg-net/providers/Microsoft.Storage/storageAccounts/stflows";
        var body = new JsonObject { ["location"] = "westeurope" };

        var account = await caller.SendAsync("PUT", storage, body, "2023-05-01");
        var nsg = await caller.SendAsync("PUT", Net + "networkSecurityGroups/web-nsg", body);

        Assert.Equal("https://127.0.0.1:10000/stflows", account.Properties["primaryEndpoints"]!["blob"]!.ToString());
        Assert.Single(nsg.Properties["flowLogs"]!.AsArray());
        Assert.Single(nsg.Properties["subnets"]!.AsArray());
    }

    [Fact]
    public async Task Anything_can_be_put_patched_and_deleted()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var table = Net + "routeTables/rt";
        Assert.Equal("LocationRequired", (await caller.SendAsync("PUT", table, new JsonObject())).Code);
        Assert.Equal(201, (await caller.SendAsync("PUT", table, new JsonObject { ["location"] = "West Europe", ["properties"] = new JsonObject { ["a"] = 1 } })).Status);
        Assert.Equal(200, (await caller.SendAsync("PATCH", table, new JsonObject { ["tags"] = new JsonObject { ["t"] = "v" } })).Status);
        var read = await caller.GetAsync(table);
        Assert.Equal(("westeurope", "v", 1), (read.Body!["location"]!.ToString(), read.Body["tags"]!["t"]!.ToString(), read.Properties["a"]!.GetValue<int>()));
        Assert.Equal(201, (await caller.SendAsync("PUT", Net + "virtualNetworks/hub-vnet/subnets/new", new JsonObject { ["properties"] = new JsonObject { ["addressPrefix"] = "10.1.9.0/24" } })).Status);
        Assert.Contains((await caller.GetAsync(Net + "virtualNetworks/hub-vnet")).Properties["subnets"]!.AsArray(), static s => s!["name"]!.ToString() == "new");
        var nsg = await caller.SendAsync("PUT", Net + "networkSecurityGroups/new-nsg", new JsonObject { ["location"] = "westeurope" });
        Assert.EndsWith("/new-nsg/defaultSecurityRules/AllowVnetInBound", nsg.Properties["defaultSecurityRules"]![0]!["id"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(200, (await caller.SendAsync("DELETE", table)).Status);
        Assert.Equal(204, (await caller.SendAsync("DELETE", table)).Status);
        Assert.Equal(["PUT", "PUT", "PATCH", "PUT", "PUT", "DELETE", "DELETE"], azure.Requests.Writes.Select(static r => r.Method));
    }
}
