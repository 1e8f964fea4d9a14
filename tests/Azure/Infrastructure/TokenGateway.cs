using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core.Pipeline;
using NsgFlow.Azure.SignIn;
using NsgFlow.Azure.Storage;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>Azurite behind Entra tokens, which go over https only. It takes the tokens it gave, until it is told that they are over, and asks Azurite with a SAS instead.</summary>
internal sealed class TokenGateway(TestAccount account, string sas) : HttpMessageHandler
{
    private readonly HttpClient _azurite = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _tokens = new();
    private int _given;
    private int _requests;
    private int _expireWith;

    /// <summary>How many tokens there were.</summary>
    public int Tokens => _given;

    /// <summary>With which request from now on all tokens given so far are over: it is answered when their time is, and no other with them.</summary>
    public int ExpireWith { get => _expireWith; set => (_requests, _expireWith) = (0, value); }

    public SignInToken NewToken(TimeSpan lifetime)
    {
        var token = $"SECRET-{Interlocked.Increment(ref _given)}";
        return new SignInToken(token, _tokens[token] = DateTimeOffset.UtcNow + lifetime);
    }

    public BlobStorageStore Open(StorageCredential credential) => new StorageConnection
    {
        Account = account.Name,
        Credential = credential,
        Tuning = new StorageTuning { Transport = new HttpClientTransport(this), MaxRetries = 0, Now = static () => FlowBlobs.Now },
    }.Open();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isTaken = _tokens.ContainsKey(request.Headers.Authorization?.Parameter ?? string.Empty);
        if (Interlocked.Increment(ref _requests) == ExpireWith)
        {
            SpinWait.SpinUntil(() => _tokens.Values.All(static expires => expires < DateTimeOffset.UtcNow));
            _tokens.Clear();
        }

        if (!isTaken)
        {
            var refusal = new HttpResponseMessage(HttpStatusCode.Unauthorized) { RequestMessage = request, Content = new ByteArrayContent([]) };
            refusal.Headers.Add("x-ms-error-code", "InvalidAuthenticationInfo");
            return refusal;
        }

        var asked = request.RequestUri!.PathAndQuery;
        using var passed = new HttpRequestMessage(request.Method, account.Endpoint.GetLeftPart(UriPartial.Authority) + "/" + account.Name + asked + (asked.Contains('?', StringComparison.Ordinal) ? "&" : "?") + sas);
        foreach (var header in request.Headers)
        {
            if (header.Key is not "Authorization" and not "Host")
            {
                passed.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return await _azurite.SendAsync(passed, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _azurite.Dispose();
        base.Dispose(disposing);
    }
}
