using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Reading;

namespace NsgFlow.Following;

/// <summary>One network interface's blobs being read on a thread of its own into a short queue, which holds it up when nobody takes from it.</summary>
internal sealed class FollowJob : IBatchJob
{
    private const int WaitingBatches = 4;

    private readonly BlockingCollection<FlowRecordBatch> _batches = new(WaitingBatches);
    private readonly NicFollower _nic;
    private readonly CancellationToken _cancellation;
    private readonly Task _task;

    public FollowJob(NicFollower nic, CancellationToken cancellation)
    {
        _nic = nic;
        _cancellation = cancellation;
        _task = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public IEnumerable<FlowRecordBatch> Batches()
    {
        foreach (var batch in _batches.GetConsumingEnumerable(_cancellation))
            yield return batch;

        // A mistake in the program, not a failure of a store: those are batches.
        _task.GetAwaiter().GetResult();
    }

    /// <summary>Lets go of the queue once the thread, told to end by its token, has ended. Does not wait for it.</summary>
    public void Dispose() =>
        _task.ContinueWith(_ => _batches.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private void Run()
    {
        try
        {
            foreach (var batch in _nic.Read(_cancellation))
                _batches.Add(batch, _cancellation);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for the rest: the enumeration ended or was cancelled.
        }
        finally
        {
            _batches.CompleteAdding();
        }
    }
}
