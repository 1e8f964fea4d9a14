using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Reading;

namespace NsgFlow.Following;

/// <summary>Reads on in the blobs of one network interface, hour by hour, so that what it logged comes in the order in which it was written.</summary>
internal sealed class NicFollower
{
    private readonly IReadOnlyList<BlobFollower> _blobs;

    /// <param name="blobs">In order of their hours.</param>
    public NicFollower(IReadOnlyList<BlobFollower> blobs) => _blobs = blobs;

    /// <summary>Whether any blob has something new.</summary>
    public bool IsDue => _blobs.Any(static blob => blob.IsDue);

    /// <summary>
    /// Reads what is new. What could not be read now, for a failure or since it changed under the reading, ends it, so that nothing overtakes it; a
    /// blob that has been deleted does not.
    /// </summary>
    public IEnumerable<FlowRecordBatch> Read(CancellationToken cancellation)
    {
        // Where several still grow (about the change of the hour), the newer are looked at before the older: what was in an older hour's blob before the
        // newer one got what is seen of it is then seen, too, and comes first. A listing is not one moment, and would not tell.
        var growing = _blobs.Where(static blob => blob.MayGrow).Reverse().ToList();
        var gone = new HashSet<BlobFollower>();
        foreach (var blob in growing.Count > 1 ? growing : [])
        {
            var failure = Try(() => blob.Look(cancellation), cancellation);
            if (IsGone(failure))
            {
                gone.Add(blob);
            }
            else if (failure is not null)
            {
                yield return Failed(blob, failure);
                yield break;
            }
        }

        foreach (var blob in _blobs)
        {
            if (gone.Contains(blob) || !(blob.IsLookedAt || blob.IsDue))
                continue;
            using var batches = blob.Read(cancellation).GetEnumerator();
            Exception? failure;
            var hasBatch = false;
            while ((failure = Try(() => hasBatch = batches.MoveNext(), cancellation)) is null && hasBatch)
                yield return batches.Current;
            if (IsGone(failure))
                continue;
            if (failure is not null)
                yield return Failed(blob, failure);
            if (failure is not null || blob.IsBehind)
                yield break;
        }
    }

    private static Exception? Try(Action action, CancellationToken cancellation)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Told as part of a batch: other interfaces' blobs still come.
            return failure;
        }
    }

    // The container's absence is no blob's: that is told.
    private static bool IsGone(Exception? failure) => failure is NsgFlowException { ErrorId: "BlobNotFound" or "PathNotFound" };

    private static FlowRecordBatch Failed(BlobFollower blob, Exception failure) => new() { Blob = blob.Blob, Failure = failure, IsLast = true };
}
