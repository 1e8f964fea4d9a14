using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Parsing;

namespace NsgFlow.Reading;

/// <summary>One blob being read on a thread of its own into a short queue, which holds it up when nobody takes from it.</summary>
internal sealed class BlobReadJob : IBatchJob
{
    private const int WaitingBatches = 4;

    private readonly BlockingCollection<FlowRecordBatch> _batches = new(WaitingBatches);
    private readonly FlowBlob _blob;
    private readonly FlowLogReader _reader;
    private readonly RecordCollector _collector;
    private readonly CancellationToken _cancellation;
    private readonly Task _task;

    public BlobReadJob(FlowBlob blob, FlowRecordReader settings, CancellationToken cancellation)
    {
        _blob = blob;
        _cancellation = cancellation;
        _collector = new RecordCollector(HandOn);
        _reader = new FlowLogReader(_collector, settings.Filter, blob.Name, settings.Limits);
        _task = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The batches, the last of which has <see cref="FlowRecordBatch.IsLast"/>.</summary>
    public IEnumerable<FlowRecordBatch> Batches() => _batches.GetConsumingEnumerable(_cancellation);

    /// <summary>Lets go of the queue once the thread, told to end by its token, has ended. Does not wait for it.</summary>
    public void Dispose() =>
        _task.ContinueWith(_ => _batches.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    private void Run()
    {
        try
        {
            Exception? failure = null;
            try
            {
                BlobFeed.Feed(_blob, _reader, HandOnIfAny, _cancellation);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !_cancellation.IsCancellationRequested)
            {
                // The reason becomes part of the last batch: the other blobs still come. A store's own time limits can end as cancellations too.
                failure = exception;
            }

            Add(failure, isLast: true);
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

    private void HandOnIfAny()
    {
        if (!_collector.IsEmpty)
        {
            HandOn();
        }
    }

    private void HandOn() => Add(failure: null, isLast: false);

    private void Add(Exception? failure, bool isLast) => _batches.Add(
        new FlowRecordBatch
        {
            Blob = _blob,
            Records = _collector.TakeRecords(),
            Issues = _collector.TakeIssues(),
            Failure = failure,
            Counts = _reader.Counts,
            IsLast = isLast,
        },
        _cancellation);
}
