using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace NsgFlow.Reading;

/// <summary>Something that is being read on a thread of its own into a short queue, which holds it up when nobody takes from it.</summary>
internal sealed class BatchJob : IDisposable
{
    private const int WaitingBatches = 4;

    private readonly BlockingCollection<FlowRecordBatch> _batches = new(WaitingBatches);
    private readonly Action<Action<FlowRecordBatch>> _read;
    private readonly CancellationToken _cancellation;
    private readonly Task _task;

    /// <summary>Begins at once.</summary>
    /// <param name="read">Reads, and hands on each batch to what it is given.</param>
    /// <param name="cancellation">Ends it.</param>
    public BatchJob(Action<Action<FlowRecordBatch>> read, CancellationToken cancellation)
    {
        _read = read;
        _cancellation = cancellation;
        _task = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What it gives, once, as it comes.</summary>
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
            _read(batch => _batches.Add(batch, _cancellation));
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // Nobody waits for the rest: the enumeration ended or was cancelled.
        }
        finally
        {
            _batches.CompleteAdding();
        }
    }
}
