using System;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using NsgFlow.Azure.Errors;
using NsgFlow.Azure.Http;

namespace NsgFlow.Azure.Arm;

/// <summary>
/// Asks again after 429, 5xx and broken connections, and more patiently where another operation is in progress. All that the module asks for can be
/// repeated without harm: reads, PUT and DELETE by their nature, and actions that register or read.
/// </summary>
internal sealed class ArmRetryPolicy(ArmTuning tuning, Action<string>? verbose) : RetryPolicy(tuning.MaxRetries, new Delays(tuning))
{
    /// <inheritdoc/>
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        Decide(message, exception, base.ShouldRetry(message, exception));

    /// <inheritdoc/>
    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        Decide(message, exception, await base.ShouldRetryAsync(message, exception).ConfigureAwait(false));

    private static bool IsBusy(Response response) => response.Status is 409 or 412 or 429 && ArmFault.Of(new ServiceAnswer(response, null).Body).IsBusy;

    private bool Decide(HttpMessage message, Exception? exception, bool isUsual)
    {
        var answer = exception is null && message.HasResponse ? message.Response : null;
        var again = answer is not null && IsBusy(answer)
            ? message.ProcessingContext.RetryNumber < tuning.MaxBusyRetries
            : isUsual && !NetworkFailure.IsFinal(exception);
        again &= answer is null || !(ServiceAnswer.RetryAfter(answer, tuning.Now()) > tuning.MaxServerDelay);
        if (again)
            verbose?.Invoke($"ARM: {(answer is null ? exception?.GetType().Name ?? "no answer" : "HTTP " + answer.Status)}; asking again");
        return again;
    }

    private sealed class Delays(ArmTuning tuning) : DelayStrategy(tuning.MaxServerDelay)
    {
        protected override TimeSpan GetNextDelayCore(Response? response, int retryNumber)
        {
            var ours = response is not null && IsBusy(response) ? tuning.BusyWait(retryNumber) : tuning.RetryWait(retryNumber);
            return response is not null && ServiceAnswer.RetryAfter(response, tuning.Now()) is { } asked && asked > ours ? asked : ours;
        }
    }
}
