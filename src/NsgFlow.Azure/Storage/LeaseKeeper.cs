using System;
using System.Threading;
using System.Threading.Tasks;
using Azure;
using Azure.Storage.Blobs.Specialized;
using NsgFlow.Azure.Errors;

namespace NsgFlow.Azure.Storage;

/// <summary>Renews a lease until it is disposed, and then gives it back.</summary>
internal sealed class LeaseKeeper : IDisposable
{
    private readonly BlobLeaseClient _lease;
    private readonly StorageTuning _tuning;
    private readonly Action<string>? _verbose;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keeping;

    public LeaseKeeper(BlobLeaseClient lease, StorageTuning tuning, Action<string>? verbose)
    {
        (_lease, _tuning, _verbose) = (lease, tuning, verbose);

        // Never on the caller's thread: a cmdlet's may not be told anything while the cmdlet is disposed.
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Gives it back. Where that fails it ends by itself within a minute.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
            return;
        _stop.Cancel();
        if (_keeping.Wait(_tuning.Farewell))
            _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        while (await RestAsync().ConfigureAwait(false))
        {
            // One that is not answered must not use up the time in which the next could be.
            await TryAsync("renewed", cancellation => _lease.RenewAsync(cancellationToken: cancellation), _tuning.LeaseRenewal, _stop.Token).ConfigureAwait(false);
        }

        await TryAsync("given back", cancellation => _lease.ReleaseAsync(cancellationToken: cancellation), _tuning.Farewell, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task<bool> RestAsync()
    {
        try
        {
            await Task.Delay(_tuning.LeaseRenewal, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task TryAsync(string what, Func<CancellationToken, Task> request, TimeSpan most, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(most);
        try
        {
            await request(limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Of whatever kind, it may have passed by the next time. Whether the lease is gone, and to whom, matters only when something is to be written.
            var cause = NetworkFailure.Unwrap(failure);
            var why = cause is RequestFailedException { Status: > 0 } answer ? $"HTTP {answer.Status} {answer.ErrorCode}" : NetworkFailure.Kind(cause);
            _verbose?.Invoke($"Storage: the checkpoint's lease could not be {what}: {why}");
        }
    }
}
