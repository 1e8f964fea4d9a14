using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Infrastructure;
using Xunit;

namespace NsgFlow.SimulatorTests;

public sealed class GraphTests
{
    [Theory]
    [InlineData("Resources | where type =~ 'Microsoft.Network/networkSecurityGroups' | order by name asc | project name", "aks-agentpool-12345678-nsg db-nsg dev-nsg web-nsg")]
    [InlineData("resources | where type == 'microsoft.network/networksecuritygroups' and name startswith 'DB' | project name", "db-nsg")]
    [InlineData("Resources | where type == 'Microsoft.Network/networkSecurityGroups' | project name", "")]
    [InlineData("Resources | where type in~ ('Microsoft.Storage/storageAccounts') and sku.tier !~ 'premium' | project name", "stflows stdev")]
    [InlineData("Resources | where type in ('microsoft.storage/storageaccounts') and not(name has 'st') and location != 'northeurope' | project name", "stflows stpremium")]
    [InlineData("Resources | where (name == 'hub-vnet' or name == \"spoke-vnet\") and isnotempty(properties.addressSpace.addressPrefixes[0]) | project n = tolower(name)", "hub-vnet spoke-vnet")]
    [InlineData("Resources | where properties['addressSpace']['addressPrefixes'] contains '10.2.0.0' // one\n | project name", "spoke-vnet")]
    [InlineData("Resources | where name endswith '-vnet' and name !contains 'spoke' | order by name | project name", "hub-vnet dev-vnet")]
    [InlineData("Resources | where type =~ 'microsoft.network/networkinterfaces' | count", "3")]
    [InlineData("Resources | where type contains 'virtualmachinescalesets' | project type", "microsoft.compute/virtualmachinescalesets")]
    [InlineData("Resources | where type =~ 'microsoft.network/networkwatchers/flowlogs' | project name", "web-nsg-rg-net-flowlog")]
    [InlineData("ResourceContainers | where type =~ 'microsoft.resources/subscriptions' | project name", "prod dev")]
    [InlineData("ResourceContainers | where resourceGroup == 'rg-net' | take 1 | project type", "microsoft.resources/subscriptions/resourcegroups")]
    [InlineData("Resources | where name == 'it\\'s \\\\ here' | project name", "it's \\ here")]
    public async Task Queries_find_what_they_should(string query, string names)
    {
        var world = SampleWorld.Create();
        world.Add(world.State.Subscriptions[0].Scope + "/resourceGroups/rg-net", "Microsoft.Network/routeTables", "it's \\ here", new { });
        await using var azure = await AzureSimulator.StartAsync(world);
        using var caller = new Caller(azure);
        Assert.Equal(names, string.Join(' ', await caller.QueryAsync(query)));
    }

    [Theory]
    [InlineData("Resources | where nam == 'x'", "Failed to resolve column or scalar expression named 'nam'")]
    [InlineData("Resources | where name == 'x", "Unterminated string literal at position 26.")]
    [InlineData("Resources | where name == 'a\\q'", "Unknown escape '\\q' in a string literal at position 26.")]
    [InlineData("Resources | summarize count() by type", "The simulator does not know the operator 'summarize' at position 12.")]
    [InlineData("SecurityResources | take 1", "Table SecurityResources is invalid, unsupported or disallowed.")]
    [InlineData("Resources | project id | where name == 'x'", "Failed to resolve column or scalar expression named 'name'")]
    public async Task What_it_does_not_know_it_refuses(string query, string message)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => caller.QueryAsync(query));
        Assert.EndsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_hundred_come_in_pages()
    {
        await using var azure = await AzureSimulator.StartAsync(ManyWorld.Create());
        using var caller = new Caller(azure);
        var body = new JsonObject
        {
            ["query"] = "Resources | where type =~ 'microsoft.network/networksecuritygroups' | project id",
            ["options"] = new JsonObject { ["$top"] = 300 },
        };

        var first = await AskAsync(caller, body);
        body["options"]!["$skipToken"] = first.Body!["$skipToken"]!.ToString();
        var second = await AskAsync(caller, body);

        Assert.Equal((500, 300, "true"), (first.Body!["totalRecords"]!.GetValue<int>(), first.Body["count"]!.GetValue<int>(), first.Body["resultTruncated"]!.ToString()));
        Assert.Equal((200, "false"), (second.Body!["count"]!.GetValue<int>(), second.Body["resultTruncated"]!.ToString()));
        Assert.Null(second.Body["$skipToken"]);
        var ids = first.Body["data"]!.AsArray().Concat(second.Body["data"]!.AsArray()).Select(static r => r!["id"]!.ToString()).ToHashSet();
        Assert.Equal(500, ids.Count);
        Assert.Equal(20, ids.Select(static id => id.Split('/')[2]).Distinct().Count());
        Assert.Equal(30, ids.Select(static id => id.Split('/')[4]).Distinct().Count());

        body["query"] = "Resources | project name";
        body["options"] = new JsonObject();
        var withoutId = await AskAsync(caller, body);
        Assert.Equal((100, "true"), (withoutId.Body!["count"]!.GetValue<int>(), withoutId.Body["resultTruncated"]!.ToString()));
        Assert.Null(withoutId.Body["$skipToken"]);
    }

    [Fact]
    public async Task Only_the_subscriptions_asked_for()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new Caller(azure);
        var body = new JsonObject { ["subscriptions"] = new JsonArray(SampleWorld.DevId.ToUpperInvariant()), ["query"] = "Resources | where name endswith 'nsg'" };
        Assert.Equal("dev-nsg", (await AskAsync(caller, body)).Body!["data"]!.AsArray().Single()!["name"]!.ToString());
        body["subscriptions"] = new JsonArray(Guid.NewGuid().ToString());
        Assert.Equal(400, (await AskAsync(caller, body)).Status);
    }

    private static Task<Answer> AskAsync(Caller caller, JsonObject body) =>
        caller.SendAsync("POST", "/providers/Microsoft.ResourceGraph/resources", body, "2022-10-01");
}
