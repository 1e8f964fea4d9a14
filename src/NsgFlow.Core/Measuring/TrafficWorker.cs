using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NsgFlow.Filtering;
using NsgFlow.Parsing;
using NsgFlow.Reading;

namespace NsgFlow.Measuring;

/// <summary>Reads one blob after the other into a meter, on a thread of its own.</summary>
internal sealed class TrafficWorker
{
    private readonly TrafficMeter _meter;
    private readonly FlowFilter _filter;
    private readonly ConcurrentQueue<FlowBlob> _waiting;
    private readonly BlockingCollection<TrafficNews> _news;
    private readonly CancellationToken _cancellation;
    private long _bytesBefore;
    private long _tuplesBefore;
    private long _bytes;
    private long _tuples;

    public TrafficWorker(
        TrafficMeter meter,
        FlowFilter filter,
        ConcurrentQueue<FlowBlob> waiting,
        BlockingCollection<TrafficNews> news,
        CancellationToken cancellation)
    {
        _meter = meter;
        _filter = filter;
        _waiting = waiting;
        _news = news;
        _cancellation = cancellation;
    }

    public long Bytes => Volatile.Read(ref _bytes);

    public long Tuples => Volatile.Read(ref _tuples);

    public void Run()
    {
        while (!_cancellation.IsCancellationRequested && _waiting.TryDequeue(out var blob))
        {
            Read(blob);
        }
    }

    private void Read(FlowBlob blob)
    {
        var issues = new List<FlowIssue>();
        _meter.BeginBlob(blob, issues.Add);
        var reader = new FlowLogReader(_meter, _filter, blob.Name);
        Exception? failure = null;
        try
        {
            BlobFeed.Feed(blob, reader, () => Tell(reader.Counts), _cancellation);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (exception is NsgFlowException or IOException or InvalidDataException or UnauthorizedAccessException
            or OperationCanceledException or TimeoutException)
        {
            // What was read before counts, and the other blobs still come. Whatever else goes wrong is not this blob's fault, and ends the measurement.
            failure = exception;
        }

        _meter.EndBlob();
        var counts = reader.Counts;
        Tell(counts);
        _bytesBefore += counts.Bytes;
        _tuplesBefore += counts.Tuples;
        _news.Add(
            new TrafficNews { Blob = blob, Issues = issues, Failure = failure, Counts = counts, Bytes = Bytes, Tuples = Tuples },
            CancellationToken.None);
    }

    private void Tell(in FlowReadCounts counts)
    {
        Volatile.Write(ref _bytes, _bytesBefore + counts.Bytes);
        Volatile.Write(ref _tuples, _tuplesBefore + counts.Tuples);
    }
}
