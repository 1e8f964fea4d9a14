using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Azure;
using NsgFlow.Azure.Logs;
using NsgFlow.Azure.SignIn;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.AzureTests.Logs;

/// <summary>What is sent, and what is made of answers.</summary>
public sealed class QueryTests
{
    private const string Other = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void A_query_is_posted_as_the_service_wants_it()
    {
        var logs = new ScriptedLogs().Answer(200, ScriptedLogs.Rows, ("x-ms-request-id", "r-1"));
        var answer = logs.Open().Query(new LogsRequest { Query = "T | where a == \"ü'\n\"", Workspaces = [ScriptedLogs.Workspace] }, default);
        Assert.Equal([1, 2], answer.Primary.Rows.Select(static row => row[0]));
        var asked = Assert.Single(logs.Asked);
        Assert.Equal($"POST https://api.loganalytics.io/v1/workspaces/{ScriptedLogs.Workspace}/query", asked.Line);
        Assert.Equal("T | where a == \"ü'\n\"", System.Text.Json.JsonDocument.Parse(asked.Body).RootElement.GetProperty("query").GetString());
        Assert.Equal(["query"], System.Text.Json.JsonDocument.Parse(asked.Body).RootElement.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("wait=180", asked.Headers["Prefer"]);
        Assert.Equal("application/json", asked.Headers["Accept"]);
        Assert.Equal("gzip", asked.Headers["Accept-Encoding"]);
        Assert.Equal("application/json", asked.ContentType);
        Assert.Equal("Bearer " + ScriptedLogs.Token, asked.Headers["Authorization"]);
        Assert.Equal(["https://api.loganalytics.io/.default"], logs.Scopes);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("2026-11-23T09:00:00.0000001Z", "2026-11-24T00:00:00Z", "2026-11-23T09:00:00.0000001Z/2026-11-23T23:59:59.9999999Z")]
    [InlineData("2026-11-23T09:00:00Z", null, "2026-11-23T09:00:00Z/2026-12-01T23:59:59.9999999Z")]
    [InlineData(null, "2026-11-23T09:00:00Z", "1970-01-01T00:00:00Z/2026-11-23T08:59:59.9999999Z")]
    public void A_time_is_sent_as_an_interval(string? start, string? end, string? expected)
    {
        var request = new LogsRequest { Query = "x", Workspaces = [ScriptedLogs.Workspace], Start = Time(start), End = Time(end) };
        var body = System.Text.Json.JsonDocument.Parse(LogsBody.Of(request, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero))).RootElement;
        Assert.Equal(expected, body.TryGetProperty("timespan", out var timespan) ? timespan.GetString() : null);
    }

    [Fact]
    public void Half_a_character_does_not_keep_a_query_from_being_sent()
    {
        var body = System.Text.Json.JsonDocument.Parse(LogsBody.Of(ScriptedLogs.Request("T | where a == '\ud800'"), default)).RootElement;
        Assert.Equal("T | where a == '\ufffd'", body.GetProperty("query").GetString());
    }

    [Fact]
    public void Further_workspaces_are_in_the_body()
    {
        var logs = new ScriptedLogs().Answer(200, ScriptedLogs.Rows);
        logs.Open().Query(new LogsRequest { Query = "x", Workspaces = [ScriptedLogs.Workspace.ToUpperInvariant(), Other] }, default);
        Assert.Equal($$"""{"query":"x","workspaces":["{{Other}}"]}""", logs.Asked[0].Body);
        Assert.EndsWith($"/v1/workspaces/{ScriptedLogs.Workspace}/query", logs.Asked[0].Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.2, "wait=2")]
    [InlineData(0.1, "wait=1")]
    [InlineData(600, "wait=600")]
    [InlineData(86400, "wait=600")]
    public void The_server_s_timeout_is_whole_seconds_up_to_ten_minutes(double seconds, string prefer)
    {
        var logs = new ScriptedLogs().Answer(200, ScriptedLogs.Rows);
        logs.Open().Query(new LogsRequest { Query = "x", Workspaces = [Other], ServerTimeout = TimeSpan.FromSeconds(seconds) }, default);
        Assert.Equal(prefer, logs.Asked[0].Headers["Prefer"]);
    }

    [Theory]
    [InlineData("https://api.loganalytics.azure.com", "https://api.loganalytics.azure.com/v1/workspaces/")]
    [InlineData("https://api.loganalytics.io/v1/", "https://api.loganalytics.io/v1/workspaces/")]
    [InlineData("https://127.0.0.1:8443/logs/", "https://127.0.0.1:8443/logs/v1/workspaces/")]
    public void Any_of_the_service_s_addresses_will_do(string host, string start)
    {
        var logs = new ScriptedLogs().Answer(200, ScriptedLogs.Rows);
        logs.Open(host).Query(ScriptedLogs.Request("x"), default);
        Assert.StartsWith("POST " + start, logs.Asked[0].Line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_is_asked_for_Log_Analytics_of_that_cloud()
    {
        string? asked = null;
        var signIn = new AzureSignIn(new SignInOptions
        {
            Session = resource =>
            {
                asked = resource;
                return new SignInToken("t", DateTimeOffset.UtcNow.AddHours(1));
            },
        });
        var logs = new ScriptedLogs().Answer(200, ScriptedLogs.Rows);
        new LogsAdapter(new AzureConnection(AzureCloud.UsGovernment, signIn), null, logs.Fast()).Query(ScriptedLogs.Request("x"), default);
        Assert.Equal("https://api.loganalytics.us/", asked);
        Assert.StartsWith("POST https://api.loganalytics.us/v1/", logs.Asked[0].Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_travel_over_https_only() =>
        Assert.Throws<ArgumentException>(() => new ScriptedLogs().Open("http://api.loganalytics.io"));

    [Theory]
    [InlineData("law-net", "WorkspaceNotFound")]
    [InlineData("../../x", "WorkspaceNotFound")]
    [InlineData(null, "WorkspaceMissing")]
    public void What_is_no_workspace_s_id_is_not_asked(string? workspace, string id)
    {
        var logs = new ScriptedLogs().Answer(200, ScriptedLogs.Rows);
        var failure = Assert.Throws<NsgFlowException>(() => logs.Open().Query(new LogsRequest { Query = "x", Workspaces = workspace is null ? [] : [Other, workspace] }, default));
        Assert.Equal(id, failure.ErrorId);
        Assert.Empty(logs.Asked);
    }

    [Fact]
    public void An_empty_workspace_answers_with_nothing() => Assert.Empty(new ScriptedLogs().Answer(204).Query().Primary.Rows);

    [Fact]
    public void An_answer_that_is_longer_than_wanted_is_not_read()
    {
        var content = new EndlessContent();
        var answer = new ScriptedLogs().Answer(200, content).Open().Query(ScriptedLogs.Request("x", 1_000_000), default);
        Assert.True(answer.IsCut);
        Assert.Empty(answer.Primary.Rows);
        Assert.InRange(content.Written, 1, 3_000_000);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    public void An_answer_that_is_just_as_long_as_wanted_is_read(int more, bool isCut)
    {
        var answer = new ScriptedLogs().Answer(200, ScriptedLogs.Rows).Open().Query(ScriptedLogs.Request("x", ScriptedLogs.Rows.Length + more), default);
        Assert.Equal(isCut, answer.IsCut);
        Assert.Equal(isCut ? 0 : 2, answer.Primary.Rows.Count());
    }

    [Fact]
    public void A_long_answer_without_a_length_is_read_whole()
    {
        var rows = string.Join(",", Enumerable.Range(0, 200_000).Select(static i => $"[{i}]"));
        var json = Encoding.UTF8.GetBytes($$"""{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}],"rows":[{{rows}}]}]}""");
        var answer = new ScriptedLogs().Answer(200, new ChunkedContent(json)).Query();
        Assert.Equal(Enumerable.Range(0, 200_000), answer.Primary.Rows.Select(static row => (int)row[0]!));
    }

    [Fact]
    public void No_more_than_five_are_asked_at_the_same_time()
    {
        var (now, most) = (0, 0);
        var gate = new object();
        var logs = new ScriptedLogs().Answer(async (_, cancellation) =>
        {
            lock (gate)
                most = Math.Max(most, ++now);
            await Task.Delay(50, cancellation);
            lock (gate)
                now--;
            return new HttpResponseMessage { Content = new StringContent(ScriptedLogs.Rows) };
        });
        var adapters = new[] { logs.Open(), logs.Open() };
        Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 20 }, i => adapters[i % 2].Query(ScriptedLogs.Request("x"), default));
        Assert.InRange(most, 2, 5);
        Assert.Equal(20, logs.Asked.Count);
    }

    [Fact]
    public void Verbose_lines_tell_requests_but_neither_queries_nor_tokens()
    {
        var logs = new ScriptedLogs().Answer(503).Answer(200, ScriptedLogs.Rows, ("x-ms-request-id", "r-1"));
        logs.Open().Query(ScriptedLogs.Request("T | where who == 'PRIVATE'"), default);
        Assert.Equal(["Log Analytics: HTTP 503; asking again", $"Log Analytics: POST /v1/workspaces/{ScriptedLogs.Workspace}/query: HTTP 200, request r-1"], logs.Verbose);
    }

    private static DateTime? Time(string? text) =>
        text is null ? null : DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind);

    /// <summary>Bytes in small pieces, their number not told.</summary>
    private sealed class ChunkedContent(byte[] bytes) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => throw new NotSupportedException();

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new Pieces(bytes));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        private sealed class Pieces(byte[] bytes) : MemoryStream(bytes)
        {
            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);

            public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => base.ReadAsync(buffer, offset, Math.Min(count, 1000), cancellationToken);
        }
    }

    /// <summary>Rows without end.</summary>
    private sealed class EndlessContent : HttpContent
    {
        public long Written { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => throw new NotSupportedException();

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(new Endless(this));

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        private sealed class Endless(EndlessContent owner) : MemoryStream
        {
            public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
            {
                owner.Written += buffer.Length;
                return new(buffer.Length);
            }

            public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            {
                owner.Written += count;
                return Task.FromResult(count);
            }
        }
    }
}
