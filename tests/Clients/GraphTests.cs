using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests;

/// <summary>Resource Graph, by Microsoft's client.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class GraphTests(MicrosoftClients clients)
{
    private const string Nsgs = "Resources | where type =~ 'Microsoft.Network/networkSecurityGroups' | project id, name | order by id asc";

    [ClientFact]
    public async Task Its_pages_follow_on_by_their_tokens()
    {
        await using var azure = await AzureSimulator.StartAsync(ManyWorld.Create(nsgs: 25, subscriptions: 3, regions: 2));
        var names = new List<string?>();
        string? skipToken = null;
        do
        {
            var page = await Ask(azure, Nsgs, new { top = 10, skipToken, resultFormat = "objectArray" });

            Assert.Equal(25, (int)page["totalRecords"]!);
            Assert.Equal((int)page["count"]!, page["data"]!.AsArray().Count);
            skipToken = (string?)page["skipToken"];
            Assert.Equal(skipToken is null ? "false" : "true", (string?)page["resultTruncated"]);
            names.AddRange(page["data"]!.AsArray().Select(static row => (string?)row!["name"]));
        }
        while (skipToken is not null);

        Assert.Equal(3, azure.Requests.All.Count);
        Assert.Equal(25, names.Distinct().Count());
    }

    [ClientFact]
    public async Task It_may_ask_for_some_subscriptions_only()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var all = await clients.CallAsync(azure, "graph", "resources", new { query = Nsgs });
        var dev = await clients.CallAsync(azure, "graph", "resources", new { query = Nsgs, subscriptions = new[] { SampleWorld.DevId } });

        Assert.Equal(4, all!["data"]!.AsArray().Count);
        Assert.Equal("dev-nsg", (string?)dev!["data"]!.AsArray().Single()!["name"]);
    }

    [ClientFact]
    public async Task A_query_that_is_wrong_is_a_bad_request()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());

        var query = new { query = "Resources | wher name == 'x'" };
        var wrong = await Assert.ThrowsAsync<ClientException>(() => clients.CallAsync(azure, "graph", "resources", query));

        Assert.Equal((400, "BadRequest"), (wrong.Status, wrong.Code));
        Assert.Contains("InvalidQuery", wrong.Message, StringComparison.Ordinal);
    }

    private async Task<JsonNode> Ask(AzureSimulator azure, string query, object options) =>
        (await clients.CallAsync(azure, "graph", "resources", new { query, options }))!;
}
