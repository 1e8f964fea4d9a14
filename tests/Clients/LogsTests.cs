using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests;

/// <summary>The simulator's Log Analytics, as Microsoft's client for it understands it.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class LogsTests(MicrosoftClients clients)
{
    private static readonly DateTime s_nine = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    private static readonly object s_all = new { startTime = s_nine, endTime = s_nine.AddHours(1) };

    private static readonly KqlTable s_rows = new(
        [new("TimeGenerated", KqlType.DateTime), new("n", KqlType.Long), new("d", KqlType.Dynamic), new("r", KqlType.Real), new("s", KqlType.String)],
        [
            [s_nine, 1L, new Dictionary<string, object?> { ["a"] = 1L }, 0.5, "x"],
            [s_nine.AddHours(1), null, new object?[] { "b" }, double.NaN, string.Empty],
        ]);

    [ClientFact]
    public async Task A_query_gets_its_table()
    {
        await using var azure = await StartAsync();

        var result = await AskAsync(azure, "T");

        Assert.Equal("Success", (string?)result["status"]);
        var table = Assert.Single(result["tables"]!.AsArray())!;
        Assert.Equal("PrimaryResult", (string?)table["name"]);
        Assert.Equal(
            ["TimeGenerated datetime", "n long", "d dynamic", "r real", "s string"],
            table["columnDescriptors"]!.AsArray().Select(static c => $"{c!["name"]} {c["type"]}"));
        Assert.Equal(
            """[["2026-11-23T09:00:00.000Z",1,{"a":1},0.5,"x"],["2026-11-23T10:00:00.000Z",null,["b"],"NaN",""]]""",
            table["rows"]!.ToJsonString());
    }

    [ClientTheory]
    [InlineData(null, "2026-11-23T08:00:00Z", "2026-11-23T09:30:00Z", 1)]
    [InlineData("PT4H", "2026-11-23T08:00:00Z", null, 2)]
    [InlineData("PT30M", null, "2026-11-23T10:00:00Z", 1)]
    [InlineData("PT1S", null, null, 0)]
    public async Task Its_timespans_are_understood(string? duration, string? startTime, string? endTime, int rows)
    {
        await using var azure = await StartAsync();
        var timespan = new JsonObject();
        foreach (var (name, value) in new[] { ("duration", duration), ("startTime", startTime), ("endTime", endTime) })
        {
            if (value is not null)
            {
                timespan[name] = value;
            }
        }

        var result = await AskAsync(azure, "T", timespan);

        Assert.Equal(rows, result["tables"]![0]!["rows"]!.AsArray().Count);
    }

    [ClientFact]
    public async Task Several_workspaces_are_one()
    {
        await using var azure = await StartAsync();
        azure.World.AddWorkspace($"/subscriptions/{SampleWorld.DevId}/resourceGroups/rg-dev", "law-dev");
        var other = azure.World.Workspace("law-dev")!;
        other.Database = new KqlDatabase().Add("T", s_rows);

        foreach (var name in new[] { other.CustomerId, other.Id, "law-dev" })
        {
            var result = await AskAsync(azure, "T", s_all, new { additionalWorkspaces = new[] { name } });
            Assert.Equal(4, result["tables"]![0]!["rows"]!.AsArray().Count);
        }
    }

    [ClientFact]
    public async Task Statistics_and_drawings_come_when_asked_for()
    {
        await using var azure = await StartAsync();

        var plain = await AskAsync(azure, "T | render timechart");
        var rich = await AskAsync(azure, "T | render timechart", s_all, new { includeQueryStatistics = true, includeVisualization = true, serverTimeoutInSeconds = 600 });

        Assert.Null(plain["statistics"]);
        Assert.Null(plain["visualization"]);
        Assert.Equal("timechart", (string?)rich["visualization"]!["visualization"]);
        Assert.Equal(2, (int?)rich["statistics"]!["query"]!["datasetStatistics"]![0]!["tableRowCount"]);
        Assert.Equal("wait=600,include-statistics=true,include-render=true", azure.Requests.All[^1].Headers["Prefer"]);
    }

    [ClientFact]
    public async Task What_is_cut_off_is_a_partial_failure()
    {
        await using var azure = await StartAsync();
        azure.Options.Logs.MostRows = 1;

        var result = await AskAsync(azure, "T");

        Assert.Equal("PartialFailure", (string?)result["status"]);
        Assert.Single(result["partialTables"]![0]!["rows"]!.AsArray());
        Assert.Equal("PartialError", (string?)result["partialError"]!["code"]);
        Assert.Equal("EngineError", (string?)Assert.Single(result["partialError"]!["details"]!.AsArray())!["code"]);
    }

    [ClientFact]
    public async Task What_is_wrong_is_thrown_with_its_code()
    {
        await using var azure = await StartAsync();
        var nobody = azure.World.AddPrincipal("nobody");

        var syntax = await Assert.ThrowsAsync<ClientException>(() => AskAsync(azure, "T |"));
        var rights = await Assert.ThrowsAsync<ClientException>(() => clients.CallAsync(azure, nobody, "query", "queryWorkspace", Workspace(azure), "T", s_all));
        var workspace = await Assert.ThrowsAsync<ClientException>(() => clients.CallAsync(azure, "query", "queryWorkspace", SampleWorld.DevId, "T", s_all));

        Assert.Equal((400, "BadArgumentError"), (syntax.Status, syntax.Code));
        Assert.Equal((403, "InsufficientAccessError"), (rights.Status, rights.Code));
        Assert.Equal((404, "WorkspaceNotFoundError"), (workspace.Status, workspace.Code));
    }

    [ClientFact]
    public async Task That_a_workspace_is_empty_is_an_error_to_it_alone()
    {
        await using var azure = await StartAsync();
        azure.World.Workspace("law-net")!.Database = null;

        var empty = await Assert.ThrowsAsync<ClientException>(() => AskAsync(azure, "T"));

        // It looks for an error in a body that is not there.
        Assert.Equal("TypeError", empty.Name);
        Assert.Equal(204, Assert.Single(azure.Requests.All).Status);
    }

    [ClientFact]
    public async Task The_servers_time_is_over_when_they_said()
    {
        await using var azure = await StartAsync();
        azure.Options.Logs.QueryTime = TimeSpan.FromMinutes(5);

        var late = await Assert.ThrowsAsync<ClientException>(() => AskAsync(azure, "T", s_all, new { serverTimeoutInSeconds = 1 }));

        Assert.Equal((504, "GatewayTimeout"), (late.Status, late.Code));
        Assert.All(azure.Requests.All, static request => Assert.Equal("wait=1", request.Headers["Prefer"]));
    }

    [ClientFact]
    public async Task It_waits_as_long_as_it_is_told()
    {
        await using var azure = await StartAsync();
        azure.Faults.Fail("POST", "/v1/*", 429, "ThrottledError", retryAfter: 1);

        await AskAsync(azure, "T");

        Assert.Equal([429, 200], azure.Requests.All.Select(static r => r.Status));
        Assert.InRange((azure.Requests.All[1].Time - azure.Requests.All[0].Time).TotalSeconds, 0.9, 10);
    }

    private static string Workspace(AzureSimulator azure) => azure.World.Workspace("law-net")!.CustomerId;

    private static async Task<AzureSimulator> StartAsync()
    {
        var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        azure.World.Workspace("law-net")!.Database = new KqlDatabase().Add("T", s_rows);
        return azure;
    }

    private async Task<JsonNode> AskAsync(AzureSimulator azure, string query, object? timespan = null, object? options = null) =>
        (await clients.CallAsync(azure, "query", "queryWorkspace", Workspace(azure), query, timespan ?? s_all, options))!;
}
