using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using NsgFlow.Azure.Http;

namespace NsgFlow.Azure.Arm;

/// <summary>Sends requests one at a time on the caller's thread, with sign-in and retries.</summary>
internal sealed class ArmPipeline
{
    private readonly HttpPipeline _pipeline;
    private readonly Action<string>? _verbose;

    public ArmPipeline(TokenCredential credential, string scope, ArmTuning tuning, Action<string>? verbose)
    {
        _verbose = verbose;
        var options = new Options { RetryPolicy = new ArmRetryPolicy(tuning, verbose) };
        options.Retry.NetworkTimeout = tuning.NetworkTimeout;
        if (tuning.Transport is not null)
            options.Transport = tuning.Transport;
        _pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, scope));
    }

    /// <summary>The answer when it is a success with JSON or nothing in it; or <c>404</c>, where that is an answer.</summary>
    /// <exception cref="NsgFlowException"><c>ArmUnavailable</c> or <c>NotSignedIn</c>: there was none; and all that the service refuses.</exception>
    public ServiceAnswer Send(ArmAsk ask, CancellationToken cancellation, bool allowMissing = false)
    {
        var answer = Ask(ask, cancellation);
        _verbose?.Invoke($"ARM: {ask.Method} {ask.Url.AbsolutePath}: HTTP {answer.Status}, request {answer.RequestId ?? "without id"}");
        if (allowMissing && ArmErrors.IsMissing(answer))
            return answer;
        return answer.IsFailure || answer.IsGarbage ? throw ArmErrors.Refused(ask, answer) : answer;
    }

    private ServiceAnswer Ask(ArmAsk ask, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return Blocking.Wait(SendAsync(ask, cancellation), cancellation);
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw ArmErrors.NoAnswer(ask, failure);
        }
    }

    private async Task<ServiceAnswer> SendAsync(ArmAsk ask, CancellationToken cancellation)
    {
        using var message = _pipeline.CreateMessage();
        var request = message.Request;
        request.Method = ask.Method;
        request.Uri.Reset(ask.Url);
        request.Headers.Add(HttpHeader.Common.JsonAccept);
        if (ask.Body is not null)
        {
            request.Headers.Add(HttpHeader.Common.JsonContentType);
            request.Content = RequestContent.Create(BinaryData.FromString(ask.Body));
        }

        await _pipeline.SendAsync(message, cancellation).ConfigureAwait(false);
        request.Headers.TryGetValue(HttpHeader.Names.Authorization, out var authorization);
        return new ServiceAnswer(message.Response, authorization?.Substring(authorization.IndexOf(' ') + 1)) { IsRepeated = message.ProcessingContext.RetryNumber > 0 };
    }

    private sealed class Options : ClientOptions;
}
