using System;
using System.Threading.Tasks;
using Azure.Core;
using Azure.Core.Pipeline;
using NsgFlow.Azure.Errors;

namespace NsgFlow.Azure.Storage;

/// <summary>The SDK's exponential retries (429, 5xx, broken connections), except where asking again is of no use: a name nobody knows, a port nobody listens at.</summary>
internal sealed class StorageRetryPolicy(StorageTuning tuning, Action<string>? verbose)
    : RetryPolicy(tuning.MaxRetries, DelayStrategy.CreateExponentialDelayStrategy(tuning.RetryDelay, tuning.MaxRetryDelay))
{
    /// <inheritdoc/>
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        !NetworkFailure.IsFinal(exception) && Tell(message, exception, base.ShouldRetry(message, exception));

    /// <inheritdoc/>
    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        !NetworkFailure.IsFinal(exception)
        && Tell(message, exception, await base.ShouldRetryAsync(message, exception).ConfigureAwait(false));

    private bool Tell(HttpMessage message, Exception? exception, bool again)
    {
        if (again)
        {
            var what = message.HasResponse && exception is null
                ? $"HTTP {message.Response.Status}"
                : exception?.GetType().Name ?? "no answer";
            verbose?.Invoke($"Storage: {what}; asking again");
        }

        return again;
    }
}
