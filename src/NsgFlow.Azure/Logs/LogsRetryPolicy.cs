using System;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using NsgFlow.Azure.Errors;
using NsgFlow.Azure.Http;

namespace NsgFlow.Azure.Logs;

/// <summary>
/// Asks again after 429, 5xx and broken connections. Not after 504 and silence: the query took too long, and would again.
/// </summary>
internal sealed class LogsRetryPolicy(LogsTuning tuning, Action<string>? verbose)
    : RetryPolicy(Math.Max(tuning.MaxRetries, tuning.MaxThrottleRetries), new Delays(tuning))
{
    /// <inheritdoc/>
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        Decide(message, exception, base.ShouldRetry(message, exception));

    /// <inheritdoc/>
    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        Decide(message, exception, await base.ShouldRetryAsync(message, exception).ConfigureAwait(false));

    private bool Decide(HttpMessage message, Exception? exception, bool isUsual)
    {
        var answer = exception is null && message.HasResponse ? message.Response : null;
        var isThrottled = answer?.Status == 429;
        var again = isUsual
            && message.ProcessingContext.RetryNumber < (isThrottled ? tuning.MaxThrottleRetries : tuning.MaxRetries)
            && answer?.Status is not (408 or 504)
            && exception is not OperationCanceledException
            && !NetworkFailure.IsFinal(exception)
            && (answer is null || !(ServiceAnswer.RetryAfter(answer, tuning.Now()) > tuning.MaxServerDelay));
        if (again)
            verbose?.Invoke($"Log Analytics: {(answer is null ? exception?.GetType().Name ?? "no answer" : "HTTP " + answer.Status)}; asking again");
        return again;
    }

    private sealed class Delays(LogsTuning tuning) : DelayStrategy(tuning.MaxServerDelay)
    {
        protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber)
        {
            var ours = tuning.RetryWait(retryNumber);
            return response is not null && ServiceAnswer.RetryAfter(response, tuning.Now()) is { } asked && asked > ours ? asked : ours;
        }
    }
}
