using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Parsing;

namespace NsgFlow.Measuring;

/// <summary>
/// One measurement: give it blobs (<see cref="Read"/>) or records (<see cref="Add"/>), then ask for the <see cref="Rows"/>. Blobs are read side by side, on
/// threads of their own; the answer does not hang on their order or number. Dispose it: it may hold temporary files.
/// </summary>
public sealed class TrafficMeasurement : IDisposable
{
    private const int NewsInterval = 200;
    private readonly TrafficQuery _query;
    private readonly bool _isSummary;
    private readonly SpillFolder _folder;
    private readonly List<TrafficMeter> _meters = [];
    private readonly List<Task> _tasks = [];
    private readonly CancellationTokenSource _ending = new();
    private TrafficPlan? _plan;
    private TrafficResult? _result;
    private FlowGroup? _group;
    private FlowReadCounts? _counts;
    private int _blobs;

    /// <summary>Makes a measurement.</summary>
    /// <param name="query">What to measure.</param>
    /// <param name="isSummary">Whether for <see cref="Summary"/>; then By, Bucket and OrderBy of the query do not matter, and Top is that of each list.</param>
    public TrafficMeasurement(TrafficQuery query, bool isSummary = false)
    {
        _isSummary = isSummary;
        KeyHash.Prepare();
        OpenFlows.Prepare();
        _query = query ?? throw new ArgumentNullException(nameof(query));
        _folder = new SpillFolder(query.TemporaryFolder);
    }

    /// <summary>Tuples that were measured.</summary>
    public long Tuples => _meters.Sum(static meter => meter.Tuples);

    /// <summary>Whether something did not fit into memory and was put aside.</summary>
    public bool HasSpilled => _folder.Path is not null;

    // The rest is for readers' buffers, for the rows of the answer, and for what a table takes while it grows.
    private long TableMemory => Math.Max(TrafficQuery.LeastMemory, _query.MemoryLimit) / 2;

    private long RowMemory => Math.Max(TrafficQuery.LeastMemory, _query.MemoryLimit) / 5;

    /// <summary>Reads blobs; once. All reading is done when the enumeration ends.</summary>
    /// <param name="blobs">Blobs, in any order.</param>
    /// <param name="cancellation">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="TrafficSpillException">A temporary file cannot be written.</exception>
    public IEnumerable<TrafficNews> Read(IReadOnlyCollection<FlowBlob> blobs, CancellationToken cancellation)
    {
        if (blobs is null)
        {
            throw new ArgumentNullException(nameof(blobs));
        }

        if (_plan is not null)
        {
            throw new InvalidOperationException("A measurement is of one set of blobs or of records.");
        }

        _plan = TrafficPlan.ForBlobs(_query, _isSummary, blobs);
        _counts = default(FlowReadCounts);
        return ReadAll(blobs, cancellation);
    }

    /// <summary>Adds a record, if the query's filter lets it pass.</summary>
    /// <returns>Whether it did.</returns>
    /// <exception cref="TrafficSpillException">A temporary file cannot be written.</exception>
    public bool Add(FlowRecord record)
    {
        if (record is null)
        {
            throw new ArgumentNullException(nameof(record));
        }

        if (_plan is null)
        {
            _plan = TrafficPlan.ForRecords(_query, _isSummary);
            _meters.Add(new TrafficMeter(_plan, _folder, TableMemory));
        }

        ref readonly var tuple = ref record.Tuple;
        var filter = _query.Filter;
        if (!filter.Matches(in tuple) || !filter.Matches(record.Group) || (filter.IsPartly(record.Group) && !filter.Matches(record.Group, in tuple)))
        {
            return false;
        }

        if (!ReferenceEquals(_group, record.Group))
        {
            _group = record.Group;
            _meters[0].Enter(_group);
        }

        _meters[0].Add(in tuple);
        return true;
    }

    /// <summary>The rows of the answer, in their order; once, after everything was read.</summary>
    /// <param name="cancellation">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="TrafficSpillException">A temporary file cannot be written.</exception>
    /// <exception cref="TrafficBucketsException">There would be more than <see cref="TrafficQuery.MostBuckets"/> time buckets.</exception>
    public IEnumerable<TrafficMeasure> Rows(CancellationToken cancellation)
    {
        if (_plan is null)
        {
            return [];
        }

        _result = new TrafficResult(_plan, new TrafficMeters(_meters), _folder, RowMemory, cancellation);
        return _result.ToMeasures();
    }

    /// <summary>The summary; once, after everything was read, when the measurement was made for one.</summary>
    /// <param name="cancellation">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="TrafficSpillException">A temporary file cannot be written.</exception>
    public TrafficSummary Summary(CancellationToken cancellation)
    {
        if (!_isSummary)
        {
            throw new InvalidOperationException("The measurement was made for rows.");
        }

        _plan ??= TrafficPlan.ForRecords(_query, _isSummary);
        if (_meters.Count == 0)
        {
            _meters.Add(new TrafficMeter(_plan, _folder, TableMemory));
        }

        using var result = new SummaryResult(_plan, new TrafficMeters(_meters), _folder, RowMemory, cancellation);
        return result.ToSummary(_counts?.Entries, _counts is null ? null : _blobs);
    }

    /// <summary>Ends what still runs, and removes the temporary files.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        AwaitWorkers();
        _result?.Dispose();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }

        _folder.Dispose();
        _ending.Dispose();
    }

    private IEnumerable<TrafficNews> ReadAll(IReadOnlyCollection<FlowBlob> blobs, CancellationToken cancellation)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _ending.Token);
        using var news = new BlockingCollection<TrafficNews>();

        // The largest first, so that none of them is begun last while the other threads have nothing left.
        var waiting = new ConcurrentQueue<FlowBlob>(blobs.OrderByDescending(static blob => blob.Length));
        var workers = Math.Max(1, Math.Min(_query.ThrottleLimit, blobs.Count));
        var readers = new List<TrafficWorker>();
        for (var i = 0; i < workers; i++)
        {
            var meter = new TrafficMeter(_plan!, _folder, TableMemory / workers);
            _meters.Add(meter);
            var worker = new TrafficWorker(meter, _query.Filter, waiting, news, linked.Token);
            readers.Add(worker);
            _tasks.Add(Task.Factory.StartNew(worker.Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }

        var all = Task.WhenAll(_tasks);
        var ending = all.ContinueWith(_ => news.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            while (!news.IsCompleted)
            {
                if (news.TryTake(out var item, NewsInterval, cancellation))
                {
                    Count(item);
                    yield return item;
                }

                if (_tasks.Exists(static task => task.IsFaulted))
                {
                    linked.Cancel();
                }

                yield return new TrafficNews { Bytes = readers.Sum(static reader => reader.Bytes), Tuples = readers.Sum(static reader => reader.Tuples) };
            }

            cancellation.ThrowIfCancellationRequested();
            ending.GetAwaiter().GetResult();
            all.GetAwaiter().GetResult();
        }
        finally
        {
            linked.Cancel();
            AwaitWorkers();
        }
    }

    private void Count(TrafficNews news)
    {
        var counts = _counts!.Value;
        counts.Add(news.Counts);
        _counts = counts;
        _blobs++;
    }

    private void AwaitWorkers()
    {
        try
        {
            Task.WaitAll([.. _tasks], TimeSpan.FromSeconds(5));
        }
        catch (AggregateException)
        {
            // Who reads is told by the enumeration.
        }
    }
}
