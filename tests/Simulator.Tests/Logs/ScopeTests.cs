using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.SimulatorTests.Logs;

/// <summary>Which rows a query sees: of which workspaces, and of which time.</summary>
public sealed class ScopeTests
{
    private static readonly DateTime s_nine = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(null, null, "0 1 2 3")]
    [InlineData("2026-11-23T10:00:00Z/2026-11-23T11:00:00Z", null, "1 2")]
    [InlineData("2026-11-23T10:00:00Z/PT30M", null, "1")]
    [InlineData("PT90M/2026-11-23T12:00:00Z", null, "2 3")]
    [InlineData("2026-11-23/2026-11-23T09:00:00Z", null, "0")]
    [InlineData("2026-11-23T10:00:00Z/2026-11-24", "2026-11-22/2026-11-23T11:30:00Z", "1 2")]
    [InlineData("PT1S", null, "")]
    public async Task Timespans_meet(string? body, string? url, string numbers)
    {
        var (azure, workspace) = await Workspaces.StartAsync(
            ("T", Workspaces.Table("TimeGenerated:datetime n:long", [.. Enumerable.Range(0, 4).Select(static i => new object?[] { s_nine.AddHours(i), (long)i })])));
        await using var running = azure;
        using var caller = new LogsCaller(azure);

        var path = $"/v1/workspaces/{workspace}/query" + (url is null ? string.Empty : "?timespan=" + Uri.EscapeDataString(url));
        var content = new JsonObject { ["query"] = "T", ["timespan"] = body };
        var answer = await caller.SendAsync(HttpMethod.Post, path, System.Net.Http.Json.JsonContent.Create(content));

        Assert.Equal(200, answer.Status);
        Assert.Equal(numbers, string.Join(' ', answer.Body!["tables"]![0]!["rows"]!.AsArray().Select(static r => r![1]!.ToString())));
    }

    [Fact]
    public async Task Several_workspaces_are_one()
    {
        var (azure, first) = await Workspaces.StartAsync(("T", Workspaces.Table("n:long a:string", [1L, "x"])), ("OnlyHere", Workspaces.Table("n:long")));
        await using var running = azure;
        var id = azure.World.AddWorkspace($"/subscriptions/{SampleWorld.DevId}/resourceGroups/rg-dev", "law-dev");
        var second = Workspaces.Fill(azure.World, "law-dev", ("T", Workspaces.Table("b:real n:long", [0.5, 2L])));
        using var caller = new LogsCaller(azure);

        foreach (var name in new[] { second, id, "law-dev" })
        {
            var answer = await caller.QueryAsync(first, "T", new JsonObject { ["workspaces"] = new JsonArray(name, name, first) });
            var table = answer.Body!["tables"]![0]!;
            Assert.Equal(["n", "a", "b"], table["columns"]!.AsArray().Select(static c => c!["name"]!.ToString()));
            Assert.Equal("""[[1,"x",null],[2,"",0.5]]""", table["rows"]!.ToJsonString());
        }

        Assert.Equal(200, (await caller.QueryAsync(first, "OnlyHere", new JsonObject { ["workspaces"] = new JsonArray(second) })).Status);
    }

    [Fact]
    public async Task A_workspace_may_be_asked_by_its_id_in_azure_and_with_get()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", Workspaces.Table("n:long", [1L])));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        var id = azure.World.Workspace(workspace)!.Id;

        var byId = await caller.SendAsync(HttpMethod.Get, $"/v1{id}/query?query=T&timespan=P1D");
        var byGet = await caller.SendAsync(HttpMethod.Get, $"/v1/workspaces/{workspace}/query?query=T");

        Assert.Equal((200, 200), (byId.Status, byGet.Status));
        Assert.Equal(byGet.Body!.ToJsonString(), byId.Body!.ToJsonString());
    }
}
