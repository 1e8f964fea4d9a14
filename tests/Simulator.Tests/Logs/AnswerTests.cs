using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Infrastructure;
using Xunit;

namespace NsgFlow.SimulatorTests.Logs;

/// <summary>What the query service sends when it has an answer: against the documentation's samples.</summary>
public sealed class AnswerTests
{
    private static readonly KqlTable s_one = Workspaces.Table("n:long", [1L]);

    [Fact]
    public async Task It_has_the_form_of_the_documented_answer()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("AzureActivity", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        var documented = Sample.Read("la_query_response_docs.json");
        var rows = documented["tables"]![0]!["rows"]!.AsArray().Select(static r => new object?[] { r![0]!.ToString(), r[1]!.GetValue<long>() });
        azure.Options.Logs.Engine = (_, _, _) => Workspaces.Table("Category:string count_:long", [.. rows]);

        var answer = await caller.QueryAsync(workspace, "AzureActivity | summarize count() by Category");

        Assert.Equal(200, answer.Status);
        Assert.Equal(documented.ToJsonString(), answer.Body!.ToJsonString());
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.DoesNotContain("x-ms-request-id", answer.Headers.Keys);
    }

    [Fact]
    public async Task Every_type_has_its_own_writing()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        azure.Options.Logs.Engine = (_, _, _) => Workspaces.Table(
            "b:bool t:datetime d:dynamic g:guid i:int l:long r:real s:string p:timespan",
            [
                true, new DateTime(2026, 11, 23, 9, 0, 0, 120, DateTimeKind.Utc), new Dictionary<string, object?> { ["a"] = new object?[] { 1L, "x" } }, Guid.Empty, 7, long.MaxValue, 0.5, "ü\"",
                TimeSpan.FromMilliseconds(1500),
            ],
            [null, null, null, null, null, null, double.NaN, string.Empty, null],
            [false, new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), "x", null, -7, 0L, double.NegativeInfinity, null, TimeSpan.FromHours(25)]);

        var table = (await caller.QueryAsync(workspace, "T")).Body!["tables"]![0]!;

        Assert.Equal(
            ["bool", "datetime", "dynamic", "guid", "int", "long", "real", "string", "timespan"],
            table["columns"]!.AsArray().Select(static c => c!["type"]!.ToString()));
        JsonNode[] rows = [
            JsonNode.Parse("""
                [true,"2026-11-23T09:00:00.12Z","{\"a\":[1,\"x\"]}","00000000-0000-0000-0000-000000000000",7,9223372036854775807,0.5,"ü\"","00:00:01.5000000"]
                """)!,
            JsonNode.Parse("""[null,null,null,null,null,null,"NaN","",null]""")!,
            JsonNode.Parse("""[false,"2026-11-23T09:00:00Z","\"x\"",null,-7,0,"-Infinity",null,"1.01:00:00"]""")!,
        ];
        Assert.Equal(rows.Select(static r => r.ToJsonString()), table["rows"]!.AsArray().Select(static r => r!.ToJsonString()));

        azure.Options.Logs.LongsAsText = true;
        var text = (await caller.QueryAsync(workspace, "T")).Body!["tables"]![0]!["rows"]![0]!;
        Assert.Equal(("7", "\"9223372036854775807\""), (text[4]!.ToJsonString(), text[5]!.ToJsonString()));
    }

    [Fact]
    public async Task A_query_is_run()
    {
        var (azure, workspace) = await Workspaces.StartAsync(
            ("T", Workspaces.Table("TimeGenerated:datetime n:long", [new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), 3L], [new DateTime(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc), 4L])));
        await using var running = azure;
        using var caller = new LogsCaller(azure);

        var answer = await caller.QueryAsync(workspace, "T | summarize Sum = sum(n), All = make_list(n) by Hour = bin(TimeGenerated, 1h)");

        Assert.Equal("""[["2026-11-23T09:00:00Z",7,"[3,4]"]]""", answer.Body!["tables"]![0]!["rows"]!.ToJsonString());
    }

    [Fact]
    public async Task What_is_preferred_comes_and_nothing_else()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("Perf", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        var asked = new List<string>();
        azure.Options.Logs.Engine = (kql, _, _) =>
        {
            asked.Add(kql.Trim());
            return s_one;
        };
        const string Query = "Perf | summarize count() by bin(TimeGenerated, 1h) | render barchart with (title=\"24H Perf events\")";
        var documented = Sample.Read("la_query_response_render_docs.json");

        var plain = await caller.QueryAsync(workspace, Query);
        var rich = await caller.QueryAsync(workspace, Query, prefer: "wait=600, include-render=true,include-statistics=true");
        var none = await caller.QueryAsync(workspace, "Perf", prefer: "include-render=true");

        Assert.Equal(["tables"], plain.Body!.AsObject().Select(static p => p.Key));
        Assert.Equal(["Perf | summarize count() by bin(TimeGenerated, 1h)", "Perf | summarize count() by bin(TimeGenerated, 1h)", "Perf"], asked);
        Assert.Equal(documented["render"]!.ToJsonString(), rich.Body!["render"]!.ToJsonString());
        Assert.Equal(1, rich.Body["statistics"]!["query"]!["datasetStatistics"]![0]!["tableRowCount"]!.GetValue<int>());
        Assert.Equal("{}", none.Body!["render"]!.ToJsonString());
        Assert.Null(none.Body["statistics"]);
    }

    [Theory]
    [InlineData(3, 1_000_000, 3, "3 records")]
    [InlineData(1_000_000, 200, 5, "200 bytes")]
    public async Task Over_a_limit_rows_are_missing_and_an_error_says_so(int mostRows, long mostBytes, int rows, string limit)
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        azure.Options.Logs.MostRows = mostRows;
        azure.Options.Logs.MostBytes = mostBytes;
        var text = new string('x', 42);
        azure.Options.Logs.Engine = (_, _, _) => Workspaces.Table("s:string", [.. Enumerable.Range(0, 10).Select(_ => new object?[] { text })]);

        var answer = await caller.QueryAsync(workspace, "T");

        Assert.Equal((200, "PartialError", rows), (answer.Status, answer.Code, answer.Body!["tables"]![0]!["rows"]!.AsArray().Count));
        Assert.Equal("There were some errors when processing your query.", answer.Message);
        var detail = Assert.Single(answer.Body["error"]!["details"]!.AsArray())!;
        Assert.Equal("EngineError", detail["code"]!.ToString());
        Assert.Equal(("-2133196797", "Error"), (detail["innererror"]!["code"]!.ToString(), detail["innererror"]!["severityName"]!.ToString()));
        Assert.Contains($"exceed the set limit of {limit}", detail["innererror"]!["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("E_QUERY_RESULT_SET_TOO_LARGE", detail["innererror"]!["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exactly_the_limit_is_whole()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        azure.Options.Logs.MostRows = 1;
        azure.Options.Logs.Engine = (_, _, _) => s_one;
        Assert.Null((await caller.QueryAsync(workspace, "T")).Body!["error"]);
    }

    [Fact]
    public async Task A_query_can_fail_in_part()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        azure.Options.Logs.Engine = (_, _, _) => s_one;
        azure.Faults.FailQueryPartly("-2133196790", "A shard was not there.");

        var failed = await caller.QueryAsync(workspace, "T");
        var next = await caller.QueryAsync(workspace, "T");

        Assert.Equal((200, "PartialError"), (failed.Status, failed.Code));
        Assert.Single(failed.Body!["tables"]![0]!["rows"]!.AsArray());
        Assert.Null(next.Code);
    }

    [Fact]
    public async Task Tables_that_a_fuzzy_union_does_not_find_are_remarked()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);

        var answer = await caller.QueryAsync(workspace, "union isfuzzy=true T, (U | where n == 1)");

        Assert.Equal((200, "PartialError"), (answer.Status, answer.Code));
        Assert.Equal("[[1]]", answer.Body!["tables"]![0]!["rows"]!.ToJsonString());
        var remark = Assert.Single(answer.Body["error"]!["details"]!.AsArray())!["innererror"]!;
        Assert.Equal(("-2133196790", "Warning"), (remark["code"]!.ToString(), remark["severityName"]!.ToString()));
        Assert.EndsWith("named 'U'", remark["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_answered_with_nothing()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        var path = new Uri($"/v1/workspaces/{workspace}/query", UriKind.Relative).ToString();
        using var untyped = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"query":"T"}"""));

        var noType = await caller.SendAsync(HttpMethod.Post, path, untyped);
        var noBody = await caller.SendAsync(HttpMethod.Post, path);
        azure.World.Workspace(workspace)!.Database = null;
        var empty = await caller.QueryAsync(workspace, "T");

        Assert.Equal((200, null), (noType.Status, noType.Body));
        Assert.Equal((200, null), (noBody.Status, noBody.Body));
        Assert.DoesNotContain("Content-Type", noType.Headers.Keys);
        Assert.Equal((204, null), (empty.Status, empty.Body));
    }

    [Fact]
    public async Task It_is_compressed_for_whom_that_suits()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        azure.Options.Logs.Engine = (_, _, _) => s_one;
        using var handler = new HttpClientHandler { AutomaticDecompression = System.Net.DecompressionMethods.GZip };
        using var client = new HttpClient(handler);
        client.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", azure.IssueToken(LogsCaller.Audience));

        using var answer = await client.GetAsync(new Uri(azure.LogAnalytics, $"/v1/workspaces/{workspace}/query?query=T"));
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Contains("\"rows\":[[1]]", text, StringComparison.Ordinal);
        Assert.Equal("gzip", azure.Requests.All.Single().Headers["Accept-Encoding"]);
    }
}
