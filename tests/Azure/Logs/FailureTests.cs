using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Azure;
using NsgFlow.Azure.Logs;
using NsgFlow.Azure.SignIn;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.AzureTests.Logs;

/// <summary>What is asked again, and what errors say.</summary>
public sealed class FailureTests
{
    private const string Where = "Asking workspace " + ScriptedLogs.Workspace;

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public void Trouble_that_passes_is_waited_for(int status)
    {
        var logs = new ScriptedLogs().Answer(status, "<html/>").Answer(status).Answer(200, ScriptedLogs.Rows);
        Assert.Equal(2, logs.Query().Primary.Rows.Count());
        Assert.Equal(2, logs.Verbose.Count(line => line == $"Log Analytics: HTTP {status}; asking again"));
    }

    [Theory]
    [InlineData(429, "LogsThrottled", 7)]
    [InlineData(500, "LogsUnavailable", 4)]
    [InlineData(504, "LogsTimeout", 1)]
    [InlineData(408, "LogsTimeout", 1)]
    [InlineData(413, "LogsRequestFailed", 1)]
    public void Trouble_that_does_not_pass_is_an_error(int status, string id, int requests)
    {
        var logs = new ScriptedLogs().Answer(status, Error("Some"));
        Assert.Equal(id, Fails(logs, status).ErrorId);
        Assert.Equal(requests, logs.Asked.Count);
    }

    [Fact]
    public void A_connection_that_breaks_in_the_middle_of_an_answer_is_made_again()
    {
        var logs = new ScriptedLogs().Answer(200, new StreamContent(new BreakingStream())).Answer(200, ScriptedLogs.Rows);
        Assert.Equal(2, logs.Query().Primary.Rows.Count());
        Assert.Equal(2, logs.Asked.Count);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("date")]
    public void Throttling_says_how_long_to_wait(string value)
    {
        if (value == "date")
            value = DateTimeOffset.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture);
        var logs = new ScriptedLogs().Answer(429, Error("x"), ("Retry-After", value)).Answer(200, ScriptedLogs.Rows);
        var clock = Stopwatch.StartNew();
        logs.Query();
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.7, 10);
    }

    [Fact]
    public void Without_a_word_of_it_the_delay_doubles()
    {
        var tuning = new LogsTuning();
        Assert.Equal([1.0, 2, 4, 8, 16, 30, 30], Enumerable.Range(1, 7).Select(attempt => tuning.RetryWait(attempt).TotalSeconds));
    }

    [Fact]
    public void Nobody_waits_for_an_hour()
    {
        var logs = new ScriptedLogs().Answer(429, Error("x"), ("Retry-After", "3600"));
        Assert.Equal("LogsThrottled", Fails(logs, 429).ErrorId);
        Assert.Single(logs.Asked);
    }

    [Fact]
    public void A_service_that_says_nothing_is_a_timeout()
    {
        var logs = new ScriptedLogs().Answer(static async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException();
        });
        var request = new LogsRequest { Query = "x", Workspaces = [ScriptedLogs.Workspace], ServerTimeout = TimeSpan.FromSeconds(1) };
        var failure = Assert.Throws<NsgFlowException>(() => logs.Open(tuning: logs.Fast(TimeSpan.FromMilliseconds(100))).Query(request, default));
        Assert.Equal("LogsTimeout", failure.ErrorId);
        Assert.StartsWith(Where + " took longer than 1 second: api.loganalytics.io did not answer in time (request ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("-ServerTimeout", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(logs.Asked.Single().Headers["x-ms-client-request-id"], failure.RequestId);
    }

    [Fact]
    public void The_service_has_all_its_time_before_it_is_given_up() =>
        Assert.True(new LogsTuning().Patience > TimeSpan.FromMinutes(3), "It may stand in the queue for three minutes before it begins.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cancellation_ends_it_within_a_second(bool isWaitingToAskAgain)
    {
        var logs = new ScriptedLogs();
        if (isWaitingToAskAgain)
            logs.Answer(503, "", ("Retry-After", "60"));
        else
            logs.Answer(static async (_, _) =>
            {
                // Deaf to cancellation, as reads are on .NET Framework.
                await Task.Delay(TimeSpan.FromSeconds(20), CancellationToken.None);
                return new HttpResponseMessage();
            });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var clock = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => logs.Query(stop.Token));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), clock.Elapsed.ToString());
    }

    [Theory]
    [InlineData(SocketError.HostNotFound, "the host api.loganalytics.io is not known", 1)]
    [InlineData(SocketError.ConnectionRefused, "nobody listens at api.loganalytics.io", 1)]
    [InlineData(SocketError.ConnectionReset, "api.loganalytics.io cannot be reached: ConnectionReset", 4)]
    public void Without_a_network_the_error_says_what_is_missing(SocketError error, string why, int requests)
    {
        var logs = new ScriptedLogs().Break(new HttpRequestException("x", new SocketException((int)error)));
        var failure = Fails(logs, 0);
        Assert.Equal("LogsUnavailable", failure.ErrorId);
        Assert.Equal($"{Where} failed: {why}.", failure.Message);
        Assert.Equal(requests, logs.Asked.Count);
    }

    [Theory]
    [InlineData(401, "AuthenticationFailed", "LogsUnauthorized", "Sign in again")]
    [InlineData(403, "InvalidAuthenticationToken", "LogsUnauthorized", "Sign in again")]
    [InlineData(403, "InvalidAuthenticationTokenAudience", "LogsUnauthorized", "a token for https://api.loganalytics.io (-LogAnalyticsAccessToken)")]
    [InlineData(401, "InvalidAuthenticationTokenAudience", "LogsUnauthorized", "issued for another resource")]
    [InlineData(403, "InsufficientAccessError", "LogsAccessDenied", "*Log Analytics Reader*")]
    [InlineData(404, "PathNotFoundError", "WorkspaceNotFound", "customer id")]
    [InlineData(400, "WorkspaceNotFoundError", "WorkspaceNotFound", "customer id")]
    [InlineData(400, "BadArgumentError", "LogsQueryInvalid", "Correct the query")]
    [InlineData(409, "SomethingElse", "LogsRequestFailed", "searchable")]
    [InlineData(500, "QueryExecutionTimeout", "LogsTimeout", "-ServerTimeout")]
    [InlineData(504, "GatewayTimeout", "LogsTimeout", "-ServerTimeout")]
    public void A_refusal_has_its_id_and_says_what_to_do(int status, string code, string id, string action)
    {
        var logs = new ScriptedLogs().Answer(status, Error(code, "The words.\\r\\nMore."), ("X-MS-Request-Id", "r-7"));
        var failure = Fails(logs, status);
        Assert.Equal(id, failure.ErrorId);
        Assert.Equal(code, failure.ServiceCode);
        Assert.Equal("r-7", failure.RequestId);
        Assert.Contains($"The words.  More ({code}, HTTP {status}, request r-7).", failure.Message, StringComparison.Ordinal);
        Assert.Contains(action, failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gateway_that_gave_up_is_not_said_to_have_waited()
    {
        var failure = Fails(new ScriptedLogs().Answer(504, "<html/>", ("x-ms-request-id", "r-7")), 504);
        Assert.Equal(Where + " was given up (it had 180 seconds): something on the way did not wait for the answer (HTTP 504, request r-7).", failure.Message);
    }

    [Fact]
    public void A_token_is_asked_for_by_its_audience_and_not_by_the_host()
    {
        var logs = new ScriptedLogs().Answer(403, Error("InvalidAuthenticationTokenAudience"));
        var failure = Assert.Throws<NsgFlowException>(() => logs.Open("https://ampls.contoso.example").Query(ScriptedLogs.Request("x"), default));
        Assert.Contains("a token for https://api.loganalytics.io (", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_workspace_is_called_what_the_user_calls_it()
    {
        var request = new LogsRequest { Query = "x", Workspaces = [ScriptedLogs.Workspace], Place = "workspace law-net" };
        var failure = Assert.Throws<NsgFlowException>(() => new ScriptedLogs().Answer(400, Error("x")).Open().Query(request, default));
        Assert.StartsWith("Asking workspace law-net was refused", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_innermost_words_count()
    {
        var logs = new ScriptedLogs().Answer(
            400,
            """{"error":{"message":"The request had some invalid properties","code":"BadArgumentError","correlationId":"c","innererror":{"code":"SemanticError","message":"A semantic error occurred.","innererror":{"code":"SEM0100","message":"'where' operator: Failed to resolve table or column expression named 'NTANetAnalytics'"}}}}""");
        var failure = Fails(logs, 400);
        Assert.Equal("LogsQueryInvalid", failure.ErrorId);
        Assert.Equal("SEM0100", failure.ServiceCode);
        Assert.Equal(Where + " was refused: 'where' operator: Failed to resolve table or column expression named 'NTANetAnalytics' (SEM0100, HTTP 400, request c).", failure.Message);
        Assert.Equal("c", failure.RequestId);
    }

    [Fact]
    public void A_query_that_needs_too_much_memory_is_not_called_wrong()
    {
        var logs = new ScriptedLogs().Answer(400, """{"error":{"code":"BadArgumentError","message":"m","innererror":{"code":"-2133196793","message":"Low memory condition (E_LOW_MEMORY_CONDITION)."}}}""");
        var failure = Fails(logs, 400);
        Assert.Equal("LogsLimitExceeded", failure.ErrorId);
        Assert.Contains("E_LOW_MEMORY_CONDITION", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a shorter time", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public void The_token_follows_no_redirect(int status)
    {
        var logs = new ScriptedLogs().Answer(status, "", ("Location", "https://evil.example/"));
        Assert.Contains("points to another address", Fails(logs, status).Message, StringComparison.Ordinal);
        Assert.Single(logs.Asked);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "<html><body>Please sign in</body></html>")]
    [InlineData(200, "{}")]
    [InlineData(403, "<html/>")]
    [InlineData(404, "<html/>")]
    [InlineData(400, "")]
    public void A_proxy_that_answers_in_its_place_is_told_as_such(int status, string body)
    {
        var failure = Fails(new ScriptedLogs().Answer(status, body, ("Content-Type", "text/html")), 0);
        Assert.Equal(status == 403 ? "LogsAccessDenied" : "LogsRequestFailed", failure.ErrorId);
        if (status != 403)
            Assert.Contains("proxy and firewall", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_that_come_back_are_not_shown()
    {
        const string Jwt = "eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJodHRw.c2lnbmF0dXJl";
        var logs = new ScriptedLogs().Answer(400, Error("Bad", $"Token {ScriptedLogs.Token} or {Jwt}"));
        var failure = Fails(logs, 400);
        Assert.Contains("Token *** or ***", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ScriptedLogs.Token, failure + string.Concat(logs.Verbose), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_names_no_id_is_given_ours()
    {
        var logs = new ScriptedLogs().Answer(400, Error("Bad"));
        Assert.Equal(Fails(logs, 400).RequestId, logs.Asked.Single().Headers["x-ms-client-request-id"]);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("""{"tables":5}""")]
    [InlineData("""{"tables":[{"columns":[],"rows":{}}]}""")]
    [InlineData("""{"tables":[{"columns":[{"name":"a","type":"int"}],"rows":[["x"]]}]}""")]
    [InlineData("""{"tables":[{"columns":[{"name":"a","type":"int"}],"rows":[[1,2]]}]}""")]
    public void A_damaged_answer_has_the_request_s_id(string body)
    {
        var logs = new ScriptedLogs().Answer(200, body, ("x-ms-request-id", "r-9"));
        var failure = Assert.Throws<NsgFlowException>(() => logs.Query().Primary.Rows.Count());
        Assert.Equal(("LogsRequestFailed", "r-9"), (failure.ErrorId, failure.RequestId));
        Assert.EndsWith(" (request r-9).", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partial_answer_has_the_request_s_id()
    {
        var logs = new ScriptedLogs().Answer(
            200,
            """{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}],"rows":[[1]]}],"error":{"code":"PartialError","message":"m","details":[{"code":"x","message":"broken"}]}}""",
            ("x-ms-request-id", "r-9"));
        var answer = logs.Query();
        Assert.Equal("r-9", answer.Partial!.RequestId);
        Assert.Single(answer.Primary.Rows);
    }

    [Fact]
    public void Who_is_not_signed_in_sends_nothing()
    {
        var signIn = new AzureSignIn(new SignInOptions { Variable = static _ => null });
        var logs = new ScriptedLogs().Answer(200, ScriptedLogs.Rows);
        var adapter = new LogsAdapter(new AzureConnection(AzureCloud.Public, signIn), null, logs.Fast());
        Assert.Equal("NotSignedIn", Assert.Throws<NsgFlowException>(() => adapter.Query(ScriptedLogs.Request("x"), default)).ErrorId);
        Assert.Empty(logs.Asked);
    }

    private static NsgFlowException Fails(ScriptedLogs logs, int status)
    {
        var failure = Assert.Throws<NsgFlowException>(() => logs.Query());
        if (status > 0)
            Assert.Contains($"HTTP {status}", failure.Message, StringComparison.Ordinal);
        return failure;
    }

    private static string Error(string code, string message = "m") => $$$"""{"error":{"code":"{{{code}}}","message":"{{{message}}}"}}""";

    /// <summary>Some bytes, then nothing more.</summary>
    private sealed class BreakingStream : MemoryStream
    {
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
                throw new IOException("broken");
            _begun = true;
            buffer.Span[0] = (byte)'{';
            return new(1);
        }

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => await ReadAsync(buffer.AsMemory(offset, count), cancellationToken);

        public override bool CanSeek => false;
    }
}
