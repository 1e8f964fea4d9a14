using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.ClientTests.Infrastructure;
using NsgFlow.Query;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.ClientTests.Requests;

/// <summary>Log Analytics is asked as Microsoft's client does for the same intent.</summary>
[Collection(ClientsDefinition.Name)]
public sealed class LogsRequestTests(MicrosoftClients clients)
{
    private const string Query = "T | where s == \"a\\\"b\\\\c\\nd\" // \u00fc";

    private static readonly string[] s_headers = ["Accept", "Accept-Encoding", "Content-Type", "Prefer"];
    private static readonly DateTime s_start = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);
    private static readonly object s_timespan = new { startTime = s_start, endTime = s_start.AddHours(1.5) };

    [ClientFact]
    public async Task A_query_in_a_time_is_asked_alike()
    {
        await using var azure = await StartAsync();
        var reasons = Reasons(("header Prefer", "ours always says how long the service may work, so that its default can change without us"));

        await Compare(azure, new LogsRequest { Query = Query, Workspaces = [Id(azure, "law-net")], Start = s_start, End = s_start.AddHours(1.5) }, null, reasons);
    }

    [ClientFact]
    public async Task Several_workspaces_and_a_longer_time_are_asked_for_alike()
    {
        await using var azure = await StartAsync();
        var request = new LogsRequest
        {
            Query = Query,
            Workspaces = [Id(azure, "law-net"), Id(azure, "law-dev")],
            Start = s_start,
            End = s_start.AddHours(1.5),
            ServerTimeout = TimeSpan.FromMinutes(10),
        };

        await Compare(azure, request, new { serverTimeoutInSeconds = 600, additionalWorkspaces = new[] { Id(azure, "law-dev") } }, Reasons());
    }

    private async Task Compare(AzureSimulator azure, LogsRequest request, object? options, Dictionary<string, string> reasons)
    {
        var answer = OurLogs.Open(azure).Query(request, default);
        var ours = Assert.Single(azure.Requests.All);
        azure.Requests.Clear();

        var result = await clients.CallAsync(azure, "query", "queryWorkspace", request.Workspaces[0], request.Query, s_timespan, options);

        Assert.Equal(result!["tables"]![0]!["rows"]!.AsArray().Count, answer.Primary.Rows.Count());
        RequestDifference.Explained([ours], [Assert.Single(azure.Requests.All)], reasons, s_headers);
    }

    private static Dictionary<string, string> Reasons(params (string Place, string Why)[] more)
    {
        var reasons = more.ToDictionary(static reason => reason.Place, static reason => reason.Why);
        reasons["header Accept-Encoding"] = "ours asks for gzip alone: deflate is the name of two forms, and no service lacks gzip";
        reasons["body.timespan"] = "the same times: theirs have milliseconds, ours none where there are none";
        return reasons;
    }

    private static string Id(AzureSimulator azure, string workspace) => azure.World.Workspace(workspace)!.CustomerId;

    private static async Task<AzureSimulator> StartAsync()
    {
        var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        azure.World.AddWorkspace($"/subscriptions/{SampleWorld.DevId}/resourceGroups/rg-dev", "law-dev");
        var table = new KqlTable([new("TimeGenerated", KqlType.DateTime), new("s", KqlType.String)], [[s_start, "a\"b\\c\nd"]]);
        azure.World.Workspace("law-net")!.Database = new KqlDatabase().Add("T", table);
        return azure;
    }
}
