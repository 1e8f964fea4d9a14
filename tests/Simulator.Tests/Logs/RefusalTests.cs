using System;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Infrastructure;
using Xunit;

namespace NsgFlow.SimulatorTests.Logs;

/// <summary>What the query service sends when it has no answer: against the documentation's samples and what users have seen.</summary>
public sealed class RefusalTests
{
    private static readonly KqlTable s_one = Workspaces.Table("n:long", [1L]);

    [Fact]
    public async Task A_query_that_cannot_be_read_is_the_documented_400()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        var answer = await caller.QueryAsync(workspace, "completely invalid syntax");

        var documented = Documented("400_syntax");
        Assert.Equal((400, documented["code"]!.ToString(), documented["message"]!.ToString()), (answer.Status, answer.Code!, answer.Message!));
        var inner = answer.Body!["error"]!["innererror"]!;
        Assert.Equal(documented["innererror"]!["code"]!.ToString(), inner["code"]!.ToString());
        Assert.Equal(
            """{"message":"Query could not be parsed at 'invalid' on line [1,11]","code":"SYN0002","line":1,"pos":11,"token":"invalid"}""",
            inner["innererror"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.True(Guid.TryParse(answer.Body["error"]!["correlationId"]!.ToString(), out _));
    }

    [Fact]
    public async Task What_is_missing_is_a_semantic_error()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);

        var answer = await caller.QueryAsync(workspace, "X | where true");
        var column = await caller.QueryAsync(workspace, "T | where x == 1");

        var inner = answer.Body!["error"]!["innererror"]!;
        Assert.Equal((400, "BadArgumentError", "SemanticError"), (answer.Status, answer.Code, inner["code"]!.ToString()));
        Assert.Equal(("A semantic error occurred.", "SEM0100"), (inner["message"]!.ToString(), inner["innererror"]!["code"]!.ToString()));
        Assert.Equal("'where' operator: Failed to resolve table or column expression named 'X'", inner["innererror"]!["message"]!.ToString());
        Assert.Contains("named 'x'", column.Body!["error"]!["innererror"]!["innererror"]!["message"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_simulator_cannot_do_is_no_answer_of_azures()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        var answer = await caller.QueryAsync(workspace, "T | evaluate autocluster()");
        Assert.Equal((501, KqlException.NotSimulated), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData("""{"query":""}""")]
    [InlineData("""{"timespan":"P1D"}""")]
    [InlineData("""{"query":"T","timespan":"yesterday"}""")]
    [InlineData("""{"query":"T","timespan":"2026-11-23/2026-11-24/P1D"}""")]
    [InlineData("""{"query":"T","timespan":"P1D/P1D"}""")]
    [InlineData("""{"query":"T","workspaces":["nowhere"]}""")]
    [InlineData("""["T"]""")]
    [InlineData("""{"query":""")]
    public async Task What_cannot_be_understood_is_a_bad_argument(string body)
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        using var caller = new LogsCaller(azure);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await caller.SendAsync(HttpMethod.Post, $"/v1/workspaces/{workspace}/query", content);
        Assert.Equal((400, "BadArgumentError"), (answer.Status, answer.Code));
        Assert.NotNull(answer.Body!["error"]!["innererror"]);
    }

    [Fact]
    public async Task Tokens_have_to_be_there_good_and_for_this_service()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        azure.Options.Logs.Engine = (_, _, _) => s_one;
        foreach (var audience in new[] { "https://api.loganalytics.io", "https://api.loganalytics.io/", "https://api.loganalytics.azure.com/", azure.LogAnalytics.AbsoluteUri })
        {
            using var caller = new LogsCaller(azure, resource: audience);
            Assert.Equal(200, (await caller.QueryAsync(workspace, "T")).Status);
        }

        using var client = new HttpClient { BaseAddress = azure.LogAnalytics };
        var missing = await client.PostAsync(new Uri($"/v1/workspaces/{workspace}/query", UriKind.Relative), null);
        var error = JsonNode.Parse(await missing.Content.ReadAsStringAsync())!["error"]!;
        var documented = Documented("401");
        Assert.Equal((401, documented["code"]!.ToString(), documented["message"]!.ToString()), ((int)missing.StatusCode, error["code"]!.ToString(), error["message"]!.ToString()));

        client.DefaultRequestHeaders.Authorization = new("Bearer", "made.up.token");
        var bad = await client.PostAsync(new Uri($"/v1/workspaces/{workspace}/query", UriKind.Relative), null);
        error = JsonNode.Parse(await bad.Content.ReadAsStringAsync())!["error"]!;
        documented = Documented("403_token");
        Assert.Equal((403, documented["code"]!.ToString(), documented["message"]!.ToString()), ((int)bad.StatusCode, error["code"]!.ToString(), error["message"]!.ToString()));

        using var other = new LogsCaller(azure, resource: "https://management.azure.com/");
        var wrong = await other.QueryAsync(workspace, "T");
        Assert.Equal((403, Documented("403_audience")["code"]!.ToString()), (wrong.Status, wrong.Code!));
        Assert.Contains("'https://management.azure.com/'", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rights_are_those_of_the_workspace()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        azure.Options.Logs.Engine = (_, _, _) => s_one;
        var second = azure.World.AddWorkspace($"/subscriptions/{SampleWorld.DevId}/resourceGroups/rg-dev", "law-dev");
        Workspaces.Fill(azure.World, "law-dev", ("T", s_one));
        var id = azure.World.Workspace(workspace)!.Id;
        var nobody = azure.World.AddPrincipal("nobody").Grant("Network Contributor", id);
        var reader = azure.World.AddPrincipal("logs reader").Grant("Log Analytics Reader", id);
        using var refused = new LogsCaller(azure, nobody);
        using var caller = new LogsCaller(azure, reader);

        var answer = await refused.QueryAsync(workspace, "T");
        var documented = Documented("403_rights");
        Assert.Equal((403, documented["code"]!.ToString(), documented["message"]!.ToString()), (answer.Status, answer.Code!, answer.Message!));
        Assert.Equal(200, (await caller.QueryAsync(workspace, "T")).Status);
        Assert.Equal(403, (await caller.QueryAsync(workspace, "T", new JsonObject { ["workspaces"] = new JsonArray(second) })).Status);

        azure.World.State.Get(id)["properties"]!["publicNetworkAccessForQuery"] = "Disabled";
        var closed = await caller.QueryAsync(workspace, "T");
        Assert.Equal((403, "NspValidationFailedError"), (closed.Status, closed.Body!["error"]!["innererror"]!["code"]!.ToString()));
    }

    [Theory]
    [InlineData("/v1/nothing", "PathNotFoundError")]
    [InlineData("/v1/workspaces/law-net/query", "PathNotFoundError")]
    [InlineData("/v1/workspaces/11111111-1111-1111-1111-111111111111/query", "WorkspaceNotFoundError")]
    public async Task What_is_not_there_is_not_found(string path, string code)
    {
        await using var azure = await AzureSimulator.StartAsync(SampleWorld.Create());
        using var caller = new LogsCaller(azure);
        using var content = new StringContent("""{"query":"T"}""", Encoding.UTF8, "application/json");
        var answer = await caller.SendAsync(HttpMethod.Post, path, content);
        Assert.Equal((404, code), (answer.Status, answer.Code));
        if (code == Documented("404")["code"]!.ToString())
        {
            Assert.Equal(Documented("404")["message"]!.ToString(), answer.Message);
        }
    }

    [Fact]
    public async Task Each_user_has_so_many_queries_at_once()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        var other = azure.World.AddPrincipal("other").Grant("Reader", "/");
        var logs = azure.Options.Logs;
        (logs.ConcurrentQueries, logs.QueuedQueries, logs.RetryAfter) = (2, 1, 3);
        using var gate = new SemaphoreSlim(0);
        using var started = new SemaphoreSlim(0);
        logs.Engine = (_, _, cancellation) =>
        {
            started.Release();
            gate.Wait(cancellation);
            return s_one;
        };
        using var caller = new LogsCaller(azure);
        using var another = new LogsCaller(azure, other);

        Task<Answer>[] first = [caller.QueryAsync(workspace, "T"), caller.QueryAsync(workspace, "T")];
        await started.WaitAsync();
        await started.WaitAsync();
        var theirs = another.QueryAsync(workspace, "T");
        await started.WaitAsync();

        // Of two more, whichever comes first waits, and the other is refused at once.
        Task<Answer>[] more = [caller.QueryAsync(workspace, "T"), caller.QueryAsync(workspace, "T")];
        var throttled = await await Task.WhenAny(more);
        gate.Release(4);
        var all = await Task.WhenAll([.. first, theirs, .. more]);

        Assert.Equal((429, "3"), (throttled.Status, throttled.Headers["Retry-After"]));
        Assert.Equal([200, 200, 200, 200, 429], all.Select(static answer => answer.Status).Order());
    }

    [Fact]
    public async Task Who_waits_too_long_is_throttled_without_a_hint()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        var logs = azure.Options.Logs;
        (logs.ConcurrentQueries, logs.QueueTime, logs.QueryTime, logs.Engine) = (1, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2), (_, _, _) => s_one);
        using var caller = new LogsCaller(azure);

        var answers = await Task.WhenAll(caller.QueryAsync(workspace, "T"), caller.QueryAsync(workspace, "T"));

        Assert.Equal([200, 429], answers.Select(static a => a.Status).Order());
        Assert.DoesNotContain("Retry-After", answers.Single(static a => a.Status == 429).Headers.Keys);
    }

    [Fact]
    public async Task A_query_ends_with_the_time_that_it_was_given()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        azure.Options.Logs.QueryTime = TimeSpan.FromMinutes(5);
        using var caller = new LogsCaller(azure);

        var answer = await caller.QueryAsync(workspace, "T", prefer: "wait=1");

        Assert.Equal((504, "GatewayTimeout", "Gateway timeout"), (answer.Status, answer.Code, answer.Message));
        Assert.Equal("Unable to unzip response", answer.Body!["error"]!["innererror"]!["message"]!.ToString());
    }

    [Fact]
    public async Task A_query_ends_with_the_connection()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        var ended = new TaskCompletionSource();
        using var started = new SemaphoreSlim(0);
        azure.Options.Logs.Engine = (_, _, cancellation) =>
        {
            started.Release();
            if (cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(10)))
            {
                ended.SetResult();
            }

            cancellation.ThrowIfCancellationRequested();
            return s_one;
        };
        using var caller = new LogsCaller(azure);
        using var stop = new CancellationTokenSource();

        var query = caller.QueryAsync(workspace, "T", cancellation: stop.Token);
        await started.WaitAsync();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Faults_and_the_record_of_requests_are_those_of_the_simulator()
    {
        var (azure, workspace) = await Workspaces.StartAsync(("T", s_one));
        await using var running = azure;
        azure.Options.Logs.Engine = (_, _, _) => s_one;
        using var caller = new LogsCaller(azure);
        azure.Faults.Fail("POST", "/v1/workspaces/*/query", 429, "TooManyRequests", retryAfter: 7);
        azure.Faults.Cut(null, "*/query");
        azure.Faults.Add(new Fault { Path = "*/query", Status = 200, Body = string.Empty });

        var first = await caller.QueryAsync(workspace, "T");
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.QueryAsync(workspace, "T"));
        var third = await caller.QueryAsync(workspace, "T");
        var fourth = await caller.QueryAsync(workspace, "T");

        Assert.Equal((429, "7", 200, null, 200), (first.Status, first.Headers["Retry-After"], third.Status, third.Body, fourth.Status));
        Assert.Equal([429, 0, 200, 200], azure.Requests.All.Select(static r => r.Status));
        Assert.Equal("T", azure.Requests.All[^1].Json!["query"]!.ToString());
        Assert.Equal("(not kept)", azure.Requests.All[^1].Headers["Authorization"]);
        Assert.Empty(azure.Requests.Writes);
    }

    private static JsonNode Documented(string which) => Sample.Read("la_query_errors_docs.json")[which]!["error"]!;
}
