using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Arm;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Resources;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests.Requests;

/// <summary>Resource Graph is asked as Microsoft's client does when it is given the same query.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class GraphRequestTests(MicrosoftClients clients)
{
    private static readonly Dictionary<string, string> s_reasons = new()
    {
        ["api-version"] = "ours is newer; this client is the last that needs no newer Node, and its answers have the same form",
    };

    [ClientFact]
    public async Task Names_in_some_subscriptions_are_asked_for_alike()
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        var question = new ResourceQuestion { Kind = ResourceKind.Nsg, Names = ["web-*", "db-nsg"], Subscriptions = ["prod"] };
        new ResourceFinder(OurArm.Open(azure)).Find(question, default);
        var ours = azure.Requests.All.First(static r => r.Method == "POST");
        azure.Requests.Clear();

        await Ask(azure, ours, skipToken: null);

        Assert.Equal([SampleWorld.ProdId], ours.Json!["subscriptions"]!.AsArray().Select(static s => (string?)s));
        RequestDifference.Explained([ours], azure.Requests.All, s_reasons);
    }

    [ClientFact]
    public async Task The_next_page_is_asked_for_alike()
    {
        await using var azure = await AzureSimulator.StartAsync(ManyWorld.Create(nsgs: 1001, subscriptions: 2, regions: 2));
        var query = new GraphQuery("Resources | where type =~ 'Microsoft.Network/networkSecurityGroups' | project id | order by id asc");
        Assert.Equal(1001, OurArm.Open(azure).Query(query, default).Count());
        var ours = azure.Requests.All;
        azure.Requests.Clear();

        var first = await Ask(azure, ours[0], skipToken: null);
        var second = await Ask(azure, ours[1], first);

        Assert.Null(second);
        Assert.Equal(2, ours.Count);
        RequestDifference.Explained([ours[0]], [azure.Requests.All[0]], s_reasons);
        RequestDifference.Explained([ours[1]], [azure.Requests.All[1]], s_reasons);
    }

    private async Task<string?> Ask(AzureSimulator azure, RecordedRequest like, string? skipToken)
    {
        var answer = await clients.CallAsync(azure, "graph", "resources", new
        {
            subscriptions = like.Json!["subscriptions"],
            query = (string?)like.Json["query"],
            options = new { top = 1000, skipToken, resultFormat = "objectArray" },
        });
        return (string?)answer!["skipToken"];
    }
}
