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
using NsgFlow.Azure.Arm;

namespace NsgFlow.AzureTests.Arm;

/// <summary>An ARM that gives the answers it was told to give, in that order, and keeps what it was asked. The last answer is given for ever.</summary>
internal sealed class ScriptedArm : HttpMessageHandler
{
    public const string Host = "https://management.azure.com";
    public const string Token = "SECRET-TOKEN";

    private readonly Queue<Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _script = new();
    private readonly object _gate = new();

    /// <summary><c>PUT /path?query</c> and the body of each request.</summary>
    public List<(string Line, string Body, string? Authorization)> Asked { get; } = [];

    public List<string> Verbose { get; } = [];

    public string[] Lines => Asked.Select(static a => a.Line).ToArray();

    public ScriptedArm Answer(int status, string body = "", params (string Name, string Value)[] headers) => Answer((_, _) =>
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
                answer.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else
                answer.Headers.TryAddWithoutValidation(name, value);
        }

        return Task.FromResult(answer);
    });

    public ScriptedArm Answer(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _script.Enqueue(answer);
        return this;
    }

    public ScriptedArm Break(Exception failure) => Answer((_, _) => Task.FromException<HttpResponseMessage>(failure));

    public ArmAdapter Open(Func<ScriptedArm, ArmTuning>? tuning = null, TokenCredential? credential = null) => new(
        new Uri(Host), Host, credential ?? new GivenToken(), tuning?.Invoke(this) ?? Fast(), line =>
        {
            lock (_gate)
                Verbose.Add(line);
        });

    /// <summary>Short delays.</summary>
    public ArmTuning Fast(TimeSpan? maxServerDelay = null, TimeSpan? pollDelay = null, TimeSpan? limit = null) => new()
    {
        Transport = new HttpClientTransport(this),
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetryDelay = TimeSpan.FromMilliseconds(5),
        BusyDelay = TimeSpan.FromMilliseconds(1),
        MaxServerDelay = maxServerDelay ?? TimeSpan.FromMinutes(2),
        PollDelay = pollDelay ?? TimeSpan.FromMilliseconds(1),
        OperationLimit = limit ?? TimeSpan.FromMinutes(1),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> next;
        lock (_gate)
        {
            var host = request.RequestUri!.GetLeftPart(UriPartial.Authority) == Host ? "" : request.RequestUri.GetLeftPart(UriPartial.Authority);
            Asked.Add(($"{request.Method} {host}{request.RequestUri.PathAndQuery}", body, request.Headers.Authorization?.ToString()));
            next = _script.Count > 1 ? _script.Dequeue() : _script.Peek();
        }

        return await next(request, cancellationToken);
    }

    private sealed class GivenToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(Token, DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}
