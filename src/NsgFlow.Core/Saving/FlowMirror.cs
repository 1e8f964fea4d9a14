using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Blobs;

namespace NsgFlow.Saving;

/// <summary>
/// A folder with copies of blobs, in the layout of their containers. What is there already is not read again: of a blob that has grown
/// only its new blocks are, and of one that has not, nothing. Every copy is whole at every moment, and is what its blob was at one moment.
/// </summary>
public sealed class FlowMirror : IDisposable
{
    // So many times the threads may be under way or done and waiting for those before them.
    private const int JobsPerThread = 8;

    private const int Tick = 100;
    private const int LongestWait = 500;

    private readonly ContainerHealth _health = new();
    private readonly MirrorActivity _activity = new();
    private readonly List<Task> _workers = [];
    private readonly MirrorNames _names = new();
    private IDisposable? _lock;
    private long _bytes;

    /// <summary>Makes a mirror; nothing is touched yet.</summary>
    /// <param name="folder">Its folder, a full path.</param>
    public FlowMirror(string folder)
    {
        Folder = folder ?? throw new ArgumentNullException(nameof(folder));
        FreeBytes = () => MirrorSpace.FreeAt(folder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Whether new copies are packed; those that are there stay as they are.</summary>
    public bool Gzip { get; init; }

    /// <summary>Most blobs read at the same time; at least 1.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Bytes of blobs read so far.</summary>
    public long BytesDownloaded => Interlocked.Read(ref _bytes);

    /// <summary>Free bytes on the disk; null when that is not known.</summary>
    internal Func<long?> FreeBytes { get; init; }

    /// <summary>Most bytes to ask for at a time.</summary>
    internal int RangeSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>Saves blobs.</summary>
    /// <param name="blobs">What to save; enumerated on the caller's thread, only as far ahead as needed.</param>
    /// <param name="approve">Asked on the caller's thread, with the path of the copy, whether a blob is to be saved; never for one that has not changed.</param>
    /// <param name="idle">Called on the caller's thread while it waits, some times a second.</param>
    /// <param name="cancellation">Ends it; copies that are not finished stay as they were.</param>
    /// <returns>A result for each blob that was approved or has not changed, in order.</returns>
    /// <exception cref="NsgFlowException"><c>MirrorBusy</c>, <c>MirrorLinkRefused</c>, <c>MirrorWriteFailed</c>: the folder cannot be used.</exception>
    public IEnumerable<FlowSaveResult> Save(IEnumerable<FlowBlob> blobs, Func<FlowBlob, string, bool> approve, Action idle, CancellationToken cancellation)
    {
        if (blobs is null)
            throw new ArgumentNullException(nameof(blobs));
        return SaveInOrder(blobs, approve ?? throw new ArgumentNullException(nameof(approve)), idle ?? throw new ArgumentNullException(nameof(idle)), cancellation);
    }

    /// <summary>Lets other runs in, when what is under way has ended: at once, but for a disk or share that hangs, which is not waited for.</summary>
    public void Dispose()
    {
        var taken = _lock;
        _lock = null;
        if (taken is not null)
            _activity.Release(taken, LongestWait);
    }

    private IEnumerable<FlowSaveResult> SaveInOrder(IEnumerable<FlowBlob> blobs, Func<FlowBlob, string, bool> approve, Action idle, CancellationToken cancellation)
    {
        _workers.RemoveAll(static worker => worker.IsCompleted);
        var before = _workers.Count;
        var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var queue = new BlockingCollection<SaveJob>();
        var space = new MirrorSpace(FreeBytes);
        var threads = Math.Max(1, ThrottleLimit);
        var waiting = new Queue<SaveJob>();
        using var listing = blobs.GetEnumerator();
        var hasMore = true;
        try
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                while (hasMore && waiting.Count < JobsPerThread * threads && (waiting.Count == 0 || waiting.Peek().Result is null))
                {
                    hasMore = listing.MoveNext();
                    if (!hasMore || Plan(listing.Current, approve) is not { } job)
                        continue;
                    waiting.Enqueue(job);
                    if (job.Result is not null)
                        continue;
                    queue.Add(job, CancellationToken.None);
                    if (_workers.Count - before < threads)
                        _workers.Add(Task.Factory.StartNew(() => Work(queue, space, ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
                }

                if (waiting.Count == 0)
                    yield break;
                if (waiting.Peek().Result is not { } result)
                {
                    waiting.Peek().Wait(Tick);
                    idle();
                    continue;
                }

                waiting.Dequeue();
                yield return result;
                if (result.EndsAll)
                    yield break;
            }
        }
        finally
        {
            ending.Cancel();
            queue.CompleteAdding();

            // When nobody looks at them any more.
            Task.WhenAll(_workers).ContinueWith(
                _ =>
                {
                    ending.Dispose();
                    queue.Dispose();
                },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }

    /// <summary>What is to be done with a blob, if anything.</summary>
    private SaveJob? Plan(FlowBlob blob, Func<FlowBlob, string, bool> approve)
    {
        MirrorPlace place;
        MirrorCopy copy;
        try
        {
            place = MirrorPlace.Of(Folder, blob, Gzip);
            if (!_names.IsNew(blob, place))
                return null;
            place.RefuseLinks();
            copy = MirrorCopy.Look(blob, place);
        }
        catch (Exception e) when (FileErrors.IsOne(e) || e is NsgFlowException)
        {
            return Ended(blob, new FlowSaveResult { Blob = blob, Failure = MirrorErrors.Write(e, Folder) });
        }

        if (copy.IsCurrent(blob))
            return Ended(blob, new FlowSaveResult { Blob = blob, Saved = MirrorCopy.Result(blob, place, copy.State!, SavedFlowBlobStatus.Unchanged, null, 0) });
        if (_health.IsGone(blob))
            return Ended(blob, new FlowSaveResult { Blob = blob });
        if (!approve(blob, place.Path))
            return null;
        _lock ??= MirrorLock.Take(Folder);
        return new SaveJob(blob, place);
    }

    private static SaveJob Ended(FlowBlob blob, FlowSaveResult result)
    {
        var job = new SaveJob(blob, null);
        job.End(result);
        return job;
    }

    private void Work(BlockingCollection<SaveJob> queue, MirrorSpace space, CancellationToken cancellation)
    {
        var saver = new BlobSaver(space, count => Interlocked.Add(ref _bytes, count), RangeSize);
        try
        {
            foreach (var job in queue.GetConsumingEnumerable(cancellation))
            {
                if (!_activity.TryBegin())
                    return;
                FlowSaveResult result;
                try
                {
                    result = Do(saver, job, cancellation);
                }
                finally
                {
                    // First: whoever has the last result may end the run, and begin another.
                    _activity.End();
                }

                job.End(result);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody waits for the rest.
        }
    }

    private FlowSaveResult Do(BlobSaver saver, SaveJob job, CancellationToken cancellation)
    {
        if (_health.IsGone(job.Blob))
            return new FlowSaveResult { Blob = job.Blob };
        try
        {
            var saved = saver.Save(job.Blob, job.Place!, cancellation);
            _health.Note(job.Blob, null);
            return new FlowSaveResult { Blob = job.Blob, Saved = saved };
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // The reason becomes the blob's result: the others are still saved.
            _health.Note(job.Blob, failure as NsgFlowException);
            return new FlowSaveResult { Blob = job.Blob, Failure = failure, EndsAll = MirrorErrors.EndsAll(failure) };
        }
    }
}
