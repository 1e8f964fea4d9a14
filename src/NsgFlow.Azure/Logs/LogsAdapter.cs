using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using NsgFlow.Azure.Http;
using NsgFlow.Azure.SignIn;
using NsgFlow.Query;

namespace NsgFlow.Azure.Logs;

/// <summary>The query service of Log Analytics over HTTPS.</summary>
public sealed class LogsAdapter : ILogs
{
    // The service runs five queries of one identity at a time and queues the rest, so more only fill its queue. Of the process, since the identity is.
    private static readonly SemaphoreSlim s_turns = new(5);

    private readonly Uri _endpoint;
    private readonly string _audience;
    private readonly LogsTuning _tuning;
    private readonly HttpPipeline _pipeline;
    private readonly Action<string>? _verbose;

    /// <summary>Prepares queries; nothing is asked yet.</summary>
    /// <param name="connection">Which cloud, and who asks.</param>
    /// <param name="verbose">Told of each request and of the sign-in, never a secret nor a query; may be called on any thread.</param>
    public LogsAdapter(AzureConnection connection, Action<string>? verbose)
        : this(connection, verbose, new LogsTuning())
    {
    }

    /// <summary>For tests: other limits and delays.</summary>
    internal LogsAdapter(AzureConnection connection, Action<string>? verbose, LogsTuning tuning)
        : this(
            (connection ?? throw new ArgumentNullException(nameof(connection))).Cloud.LogAnalytics,
            connection.Cloud.LogAnalyticsAudience,
            new SignInCredential(connection.SignIn, verbose),
            tuning,
            verbose)
    {
    }

    /// <summary>For tests: any address and any token.</summary>
    /// <param name="endpoint">The service's address; https.</param>
    /// <param name="audience">The resource that its tokens are issued for.</param>
    /// <param name="credential">Gives tokens.</param>
    /// <param name="tuning">Limits and delays.</param>
    /// <param name="verbose">Told of each request.</param>
    internal LogsAdapter(Uri endpoint, string audience, TokenCredential credential, LogsTuning tuning, Action<string>? verbose)
    {
        if (endpoint.Scheme != Uri.UriSchemeHttps)
            throw new ArgumentException("Tokens are sent over https only.", nameof(endpoint));
        _endpoint = endpoint;
        _audience = audience.TrimEnd('/');
        _tuning = tuning;
        _verbose = verbose;
        var options = new Options { RetryPolicy = new LogsRetryPolicy(tuning, verbose) };
        if (tuning.Transport is not null)
            options.Transport = tuning.Transport;
        _pipeline = HttpPipelineBuilder.Build(options, new LogsBodyPolicy(), new BearerTokenAuthenticationPolicy(credential, _audience + "/.default"));
    }

    /// <inheritdoc/>
    public LogsAnswer Query(LogsRequest request, CancellationToken cancellation)
    {
        var ask = new LogsAsk(_endpoint, _audience, request ?? throw new ArgumentNullException(nameof(request)));
        s_turns.Wait(cancellation);
        try
        {
            return Send(ask, cancellation);
        }
        finally
        {
            s_turns.Release();
        }
    }

    private LogsAnswer Send(LogsAsk ask, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();

        // Named here, since it is known also when no answer comes.
        var id = Guid.NewGuid().ToString();
        try
        {
            return Blocking.Wait(SendAsync(ask, id, cancellation), cancellation);
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw LogsErrors.NoAnswer(ask, failure, id);
        }
    }

    private async Task<LogsAnswer> SendAsync(LogsAsk ask, string id, CancellationToken cancellation)
    {
        var most = Math.Min(ask.Request.MostBytes ?? long.MaxValue, _tuning.MostBytes);
        using var message = _pipeline.CreateMessage();
        message.NetworkTimeout = TimeSpan.FromSeconds(ask.Wait) + _tuning.Patience;
        LogsBodyPolicy.Limit(message, most);
        var request = message.Request;
        request.Method = RequestMethod.Post;
        request.ClientRequestId = id;
        request.Uri.Reset(ask.Url);
        request.Headers.Add(HttpHeader.Common.JsonAccept);
        request.Headers.Add(HttpHeader.Common.JsonContentType);
        request.Headers.Add("Accept-Encoding", LogsBodyPolicy.Packing);
        request.Headers.Add("Prefer", "wait=" + ask.Wait.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Content = RequestContent.Create(LogsBody.Of(ask.Request, _tuning.Now()));
        await _pipeline.SendAsync(message, cancellation).ConfigureAwait(false);
        return Read(ask, message, most, id);
    }

    private LogsAnswer Read(LogsAsk ask, HttpMessage message, long most, string id)
    {
        var response = message.Response;
        var theirs = response.Headers.TryGetValue("x-ms-request-id", out var header) && header.Length > 0 ? SafeText.FirstLine(header) : null;
        var requestId = theirs ?? id;
        _verbose?.Invoke($"Log Analytics: POST {ask.Url.AbsolutePath}: HTTP {response.Status}, request {requestId}");
        if (response.Status is not (>= 200 and < 300))
        {
            message.Request.Headers.TryGetValue(HttpHeader.Names.Authorization, out var authorization);
            throw LogsErrors.Refused(ask, new ServiceAnswer(response, authorization?.Substring(authorization.IndexOf(' ') + 1)), theirs, id);
        }

        if (LogsBodyPolicy.IsCut(message))
            return LogsAnswer.TooLong(most, requestId);
        if (LogsBodyPolicy.IsDamaged(message))
            throw LogsErrors.Damaged(ask, new ServiceAnswer(response, null), requestId);
        var content = response.Content.ToMemory();
        return content.IsEmpty && response.Status != 204
            ? throw LogsErrors.Empty(ask, new ServiceAnswer(response, null), requestId)
            : LogsAnswer.Parse(content, requestId);
    }

    private sealed class Options : ClientOptions;
}
