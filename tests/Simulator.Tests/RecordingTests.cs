using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Infrastructure;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.SimulatorTests;

/// <summary>The simulator against what Azure was recorded to answer, and against Azure's own examples.</summary>
public sealed class RecordingTests
{
    private const string Subscription = "00000000-0000-0000-0000-000000000000";

    // Made up anew by whoever answers.
    private static readonly string[] s_madeUp = ["etag", "targetResourceGuid"];

    [SamplesFact]
    public async Task The_recording_of_a_creation_comes_out_again()
    {
        var (world, watcher) = RecordedWorld();
        await using var azure = await AzureSimulator.StartAsync(world, new SimulatorOptions { OperationPolls = 0, BlocksNsgFlowLogs = false });
        using var caller = new Caller(azure);
        var operation = string.Empty;
        foreach (var exchange in Sample.Read("arm_recorded_flowlog_create_lro_azurecli_2020.json")["exchanges"]!.AsArray())
        {
            var request = exchange!["request"]!;
            var recorded = exchange["response"]!;
            var path = new Uri(request["uri"]!.ToString()).PathAndQuery;
            path = path.Contains("/operations/", StringComparison.Ordinal) ? operation : path;

            var answer = await caller.SendAsync(request["method"]!.ToString(), path, request["body"]?.DeepClone());

            Assert.Equal(recorded["status"]!.GetValue<int>(), answer.Status);
            Assert.Equal(recorded["headers"]?["azure-asyncoperation"] is not null, answer.Headers.TryGetValue("Azure-AsyncOperation", out var link));
            Assert.False(answer.Headers.ContainsKey("Retry-After") || answer.Headers.ContainsKey("Location"));
            operation = link ?? operation;
            if (!path.Contains("workspaces", StringComparison.Ordinal))
            {
                Assert.Equal(Comparable(recorded["body"]), Comparable(answer.Body));
            }
            else
            {
                // Of a workspace the simulator knows less, but nothing else.
                Assert.Equal(recorded["body"]!["id"]!.ToString(), answer.Body!["id"]!.ToString());
                Assert.Contains(answer.Properties["customerId"]!.ToString(), recorded["body"]!["properties"]!.ToJsonString(), StringComparison.Ordinal);
            }
        }

        Assert.NotNull(world.State.Find(watcher));
    }

    [SamplesFact]
    public async Task A_flow_log_has_what_the_specifications_example_has()
    {
        var sample = Sample.Read("arm_NetworkWatcherFlowLogCreate_2025-07-01.json");
        var sent = sample["parameters"]!["parameters"]!.AsObject();
        var world = new SimulatedWorld();
        var group = world.AddGroup(world.AddSubscription("spec", Subscription), "rg1", "centraluseuap");
        var watcher = world.AddWatcher(world.State.Subscriptions[0], "centraluseuap", "nw1", "rg1");
        world.AddNsg(group, "desmondcentral-nsg");
        world.AddStorageAccount(group, "nwtest1mgvbfmqsigdxe");
        await using var azure = await AzureSimulator.StartAsync(world, new SimulatorOptions { BlocksNsgFlowLogs = false });
        using var caller = new Caller(azure);

        var created = await caller.SendAsync("PUT", watcher + "/flowLogs/fl", sent, "2025-07-01");
        _ = await caller.GetAsync(created.Headers["Azure-AsyncOperation"]);
        _ = await caller.GetAsync(created.Headers["Azure-AsyncOperation"]);
        var tagged = await caller.SendAsync(
            "PATCH", watcher + "/flowLogs/fl", Sample.Read("arm_NetworkWatcherFlowLogUpdateTags_2025-05-01.json")["parameters"]!["parameters"]);

        var example = sample["responses"]!["201"]!["body"]!;
        Assert.Equal(201, created.Status);
        Assert.Equal(Names(example), Names(created.Body!));
        Assert.Equal(Names(example["properties"]!), Names(created.Properties));
        Assert.Equal(Comparable(example["properties"]!["retentionPolicy"]), Comparable(created.Properties["retentionPolicy"]));
        Assert.Equal(Comparable(example["properties"]!["flowAnalyticsConfiguration"]), Comparable(created.Properties["flowAnalyticsConfiguration"]));
        Assert.Equal(200, tagged.Status);
        Assert.Equal("""{"tag1":"value1","tag2":"value2"}""", tagged.Body!["tags"]!.ToJsonString());
        Assert.Equal("Succeeded", tagged.Properties["provisioningState"]!.ToString());
    }

    [SamplesFact]
    public async Task An_nsg_has_azures_default_rules()
    {
        var world = new SimulatedWorld();
        var nsg = world.AddNsg(world.AddGroup(world.AddSubscription("s", "subid"), "rg1", "westus"), "testnsg");
        await using var azure = await AzureSimulator.StartAsync(world);
        using var caller = new Caller(azure);

        var answer = await caller.GetAsync(nsg);

        var example = Sample.Read("arm_NetworkSecurityGroupGet_2025-05-01.json")["responses"]!["200"]!["body"]!;
        static string[] Rules(JsonNode resource) => [.. resource["properties"]!["defaultSecurityRules"]!.AsArray().Select(static r => r!["id"] + Comparable(r["properties"]))];
        Assert.Equal(Rules(example), Rules(answer.Body!));
        Assert.Equal(example["type"]!.ToString(), answer.Body!["type"]!.ToString());
    }

    [SamplesFact]
    public async Task Accounts_keys_workspaces_and_rows_look_like_the_examples()
    {
        var world = new SimulatedWorld();
        var group = world.AddGroup(world.AddSubscription("s"), "RG", "westus");
        var storage = world.AddStorageAccount(group, "acc");
        var workspace = world.AddWorkspace(group, "law");
        await using var azure = await AzureSimulator.StartAsync(world);
        using var caller = new Caller(azure);

        var account = await caller.GetAsync(storage, "2023-05-01");
        var keys = await caller.SendAsync("POST", storage + "/listKeys", null, "2023-05-01");
        var law = await caller.GetAsync(workspace, "2023-09-01");
        var graph = await caller.SendAsync(
            "POST",
            "/providers/Microsoft.ResourceGraph/resources",
            new JsonObject { ["query"] = Sample.Read("arg_ResourcesBasicQuery_2021-03-01_abridged.json")["request"]!["query"]!.ToString() },
            "2021-03-01");

        static JsonNode Example(string name) => Sample.Read(name)["responses"]!["200"]!["body"]!;
        Assert.Subset(Names(account.Body!), Names(Example("arm_StorageAccountGetProperties_2023-05-01_abridged.json")));
        Assert.Subset(Names(account.Properties), Names(Example("arm_StorageAccountGetProperties_2023-05-01_abridged.json")["properties"]!));
        Assert.Equal(Names(Example("arm_StorageAccountListKeys_2023-05-01.json")["keys"]![0]!), Names(keys.Body!["keys"]![0]!));
        Assert.Equal(Names(Example("arm_WorkspacesGet_2023-09-01.json")["properties"]!), Names(law.Properties));
        Assert.Contains("/resourcegroups/RG/providers/microsoft.operationalinsights/", law.Body!["id"]!.ToString(), StringComparison.Ordinal);
        var rows = Sample.Read("arg_ResourcesBasicQuery_2021-03-01_abridged.json")["response"]!["body"]!;
        Assert.Equal(Names(rows), Names(graph.Body!));
        Assert.Equal(Names(rows["data"]![0]!), Names(graph.Body!["data"]![0]!));
        Assert.Equal("false", graph.Body["resultTruncated"]!.GetValue<string>());
    }

    private static (SimulatedWorld World, string Watcher) RecordedWorld()
    {
        var world = new SimulatedWorld();
        var subscription = world.AddSubscription("recorded", Subscription);
        world.State.Get(world.AddWatcher(subscription, "westus"))["properties"]!["provisioningState"] = "Failed";
        var watcher = world.AddWatcher(subscription, "eastus");
        var group = world.AddGroup(subscription, "test_nw_flow_log_000001", "eastus");
        world.AddNsg(group, "nsg1");
        world.AddStorageAccount(group, "testflowlog000002");
        world.State.Get(world.AddWorkspace(group, "workspace0424"))["properties"]!["customerId"] = "45d0c39a-046e-4a55-bbea-a026747f4496";
        return (world, watcher);
    }

    /// <summary>JSON with its names in order and without what is made up anew.</summary>
    private static string Comparable(JsonNode? node) => node switch
    {
        JsonObject known => "{" + string.Join(',', known
            .OrderBy(static p => p.Key, StringComparer.Ordinal)
            .Select(static p => p.Key + ":" + (s_madeUp.Contains(p.Key) ? "…" : Comparable(p.Value)))) + "}",
        JsonArray list => "[" + string.Join(',', list.Select(Comparable).Order(StringComparer.Ordinal)) + "]",
        _ => node?.ToJsonString() ?? "null",
    };

    private static System.Collections.Generic.HashSet<string> Names(JsonNode node) => [.. node.AsObject().Select(static p => p.Key)];
}
