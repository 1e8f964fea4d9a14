using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Reading;

namespace NsgFlow.Following;

/// <summary>Reads on in the blobs of one network interface, hour by hour, so that what it logged comes in the order in which it was written.</summary>
internal sealed class NicFollower
{
    private readonly IReadOnlyList<BlobFollower> _blobs;
    private readonly ContainerHealth _health;

    /// <param name="blobs">In order of their hours.</param>
    /// <param name="health">Of this poll.</param>
    public NicFollower(IReadOnlyList<BlobFollower> blobs, ContainerHealth health) => (_blobs, _health) = (blobs, health);

    /// <summary>
    /// Reads what is new. What could not be read now, for a failure or since it changed under the reading, ends it, so that nothing overtakes it; a
    /// blob that has been deleted, or has failed for long, does not.
    /// </summary>
    public IEnumerable<FlowRecordBatch> Read(CancellationToken cancellation)
    {
        // Where several still grow (about the change of the hour), the newer are looked at before the older: what was in an older hour's blob before the
        // newer one got what is seen of it is then seen, too, and comes first. A listing is not one moment, and would not tell.
        var growing = _blobs.Where(static blob => blob.MayGrow).Reverse().ToList();
        var passed = new HashSet<BlobFollower>();
        foreach (var blob in growing.Count > 1 ? growing : [])
        {
            var failure = Try(blob, () => blob.Look(cancellation), cancellation);
            if (failure is null)
                continue;
            passed.Add(blob);
            if (IsGone(failure))
                continue;
            yield return Failed(blob, failure);
            if (!blob.HasFailedForLong)
                yield break;
        }

        foreach (var blob in _blobs)
        {
            if (passed.Contains(blob) || !(blob.IsLookedAt || blob.IsDue))
                continue;
            using var batches = blob.Read(cancellation).GetEnumerator();
            Exception? failure;
            var hasBatch = false;
            while ((failure = Try(blob, () => hasBatch = batches.MoveNext(), cancellation)) is null && hasBatch)
                yield return batches.Current;
            if (IsGone(failure))
                continue;
            if (failure is not null)
            {
                Probe(blob, cancellation);
                yield return Failed(blob, failure);
            }

            if ((failure is not null && !blob.HasFailedForLong) || (failure is null && blob.IsBehind))
                yield break;
        }
    }

    /// <summary>Asks for another blob, unless any of the container came: so it is known whose a failure is.</summary>
    private void Probe(BlobFollower failed, CancellationToken cancellation)
    {
        var newest = _blobs[_blobs.Count - 1];
        if (newest != failed && !_health.HasAnswered(failed.Blob))
            Try(newest, () => newest.Look(cancellation), cancellation);
    }

    private Exception? Try(BlobFollower blob, Action action, CancellationToken cancellation)
    {
        try
        {
            if (_health.RefusalOf(blob.Blob) is { } refusal)
                return refusal;
            action();
            _health.Note(blob.Blob, null);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            // Told as part of a batch: other interfaces' blobs still come.
            _health.Note(blob.Blob, failure as NsgFlowException);
            return failure;
        }
    }

    // The container's absence is no blob's: that is told.
    private static bool IsGone(Exception? failure) => failure is NsgFlowException { ErrorId: "BlobNotFound" or "PathNotFound" };

    private static FlowRecordBatch Failed(BlobFollower blob, Exception failure) => new() { Blob = blob.Blob, Failure = failure, IsLast = true };
}
