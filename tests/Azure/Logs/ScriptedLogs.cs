using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using NsgFlow.Azure.Logs;
using NsgFlow.Query;

namespace NsgFlow.AzureTests.Logs;

/// <summary>A Log Analytics that gives the answers it was told to give, in that order, and keeps what it was asked. The last answer is given for ever.</summary>
internal sealed class ScriptedLogs : HttpMessageHandler
{
    public const string Host = "https://api.loganalytics.io";
    public const string Token = "SECRET-TOKEN";
    public const string Workspace = "45d0c39a-046e-4a55-bbea-a026747f4496";
    public const string Rows = """{"tables":[{"name":"PrimaryResult","columns":[{"name":"a","type":"int"}],"rows":[[1],[2]]}]}""";

    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script = new();
    private readonly object _gate = new();

    public List<Asking> Asked { get; } = [];

    public List<string> Verbose { get; } = [];

    public List<string> Scopes { get; } = [];

    public ScriptedLogs Answer(int status, string body = "", params (string Name, string Value)[] headers) =>
        Answer((_, _) => Task.FromResult(Make(status, new StringContent(body, Encoding.UTF8, "application/json"), headers)));

    public ScriptedLogs Answer(int status, HttpContent content) => Answer((_, _) => Task.FromResult(Make(status, content)));

    public ScriptedLogs Answer(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public ScriptedLogs Break(Exception failure) => Answer((_, _) => Task.FromException<HttpResponseMessage>(failure));

    public LogsAdapter Open(string host = Host, LogsTuning? tuning = null) => new(new Uri(host), Host, new GivenToken(this), tuning ?? Fast(), line =>
    {
        lock (_gate)
            Verbose.Add(line);
    });

    /// <summary>Asks what does not matter.</summary>
    public LogsAnswer Query(CancellationToken cancellation = default) => Open().Query(Request("x"), cancellation);

    public static LogsRequest Request(string query, long? mostBytes = null) => new() { Query = query, Workspaces = [Workspace], MostBytes = mostBytes };

    /// <summary>Short delays.</summary>
    public LogsTuning Fast(TimeSpan? patience = null) => new()
    {
        Transport = new HttpClientTransport(this),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetryDelay = TimeSpan.FromMilliseconds(5),
        Patience = patience ?? TimeSpan.FromMinutes(1),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> next;
        lock (_gate)
        {
            Asked.Add(new Asking($"{request.Method} {request.RequestUri}", body, request.Headers.ToDictionary(static h => h.Key, static h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase), request.Content?.Headers.ContentType?.ToString()));
            next = _script.Count > 1 ? _script.Dequeue() : _script.Peek();
        }

        return await next(request, cancellationToken);
    }

    private static HttpResponseMessage Make(int status, HttpContent content, params (string Name, string Value)[] headers)
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
                answer.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else
                answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    public sealed record Asking(string Line, string Body, IReadOnlyDictionary<string, string> Headers, string? ContentType);

    private sealed class GivenToken(ScriptedLogs owner) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            owner.Scopes.AddRange(requestContext.Scopes);
            return new(Token, DateTimeOffset.MaxValue);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
