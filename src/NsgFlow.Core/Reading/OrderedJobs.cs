using System;
using System.Collections.Generic;
using System.Threading;

namespace NsgFlow.Reading;

/// <summary>Runs some jobs side by side and gives their batches in the order of the jobs.</summary>
internal static class OrderedJobs
{
    /// <summary>Starts jobs as they are needed. Ending the enumeration early, or cancelling, ends all of them at once.</summary>
    /// <param name="items">What there is a job for each of; enumerated on the caller's thread, only as far ahead as needed.</param>
    /// <param name="read">A job, on a thread of its own: hands on its batches, and ends when the token is cancelled.</param>
    /// <param name="most">Most jobs at the same time.</param>
    /// <param name="cancellation">Ends the enumeration with <see cref="OperationCanceledException"/>.</param>
    public static IEnumerable<FlowRecordBatch> Run<T>(IEnumerable<T> items, Action<T, Action<FlowRecordBatch>, CancellationToken> read, int most, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ends = ending.Token;
        using var listing = items.GetEnumerator();
        var jobs = new Queue<BatchJob>();
        var hasMore = true;
        try
        {
            while (true)
            {
                // A cancelled job may just end, before the token is seen here; that must not look like the end of what it reads.
                cancellation.ThrowIfCancellationRequested();
                while (hasMore && jobs.Count < Math.Max(1, most))
                {
                    hasMore = listing.MoveNext();
                    if (hasMore)
                    {
                        var item = listing.Current;
                        jobs.Enqueue(new BatchJob(take => read(item, take, ends), ends));
                    }
                }

                if (jobs.Count == 0)
                {
                    yield break;
                }

                foreach (var batch in jobs.Peek().Batches())
                {
                    yield return batch;
                }

                jobs.Dequeue().Dispose();
            }
        }
        finally
        {
            ending.Cancel();
            foreach (var job in jobs)
            {
                job.Dispose();
            }
        }
    }
}
