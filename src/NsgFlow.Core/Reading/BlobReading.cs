using System;
using System.Threading;
using NsgFlow.Parsing;

namespace NsgFlow.Reading;

/// <summary>Reads one blob batch by batch.</summary>
internal sealed class BlobReading
{
    private readonly FlowBlob _blob;
    private readonly FlowLogReader _reader;
    private readonly RecordCollector _collector;
    private readonly Action<FlowRecordBatch> _take;

    public BlobReading(FlowBlob blob, FlowRecordReader settings, Action<FlowRecordBatch> take)
    {
        _blob = blob;
        _take = take;
        _collector = new RecordCollector(HandOn);
        _reader = new FlowLogReader(_collector, settings.Filter, blob.Name, settings.Limits);
    }

    /// <summary>Hands on the batches, the last of which has <see cref="FlowRecordBatch.IsLast"/>.</summary>
    public void Run(CancellationToken cancellation)
    {
        Exception? failure = null;
        try
        {
            BlobFeed.Feed(_blob, _reader, HandOnIfAny, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // The reason becomes part of the last batch: the other blobs still come. A store's own time limits can end as cancellations too.
            failure = exception;
        }

        HandOn(failure, isLast: true);
    }

    private void HandOnIfAny()
    {
        if (!_collector.IsEmpty)
        {
            HandOn();
        }
    }

    private void HandOn() => HandOn(failure: null, isLast: false);

    private void HandOn(Exception? failure, bool isLast) => _take(new FlowRecordBatch
    {
        Blob = _blob,
        Records = _collector.TakeRecords(),
        Issues = _collector.TakeIssues(),
        Failure = failure,
        Counts = _reader.Counts,
        IsLast = isLast,
    });
}
