using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Parsing;
using NsgFlow.Reading;
using NsgFlow.Saving;

namespace NsgFlow.Following;

/// <summary>
/// Reads on in one blob from where it was left: as far as it was listed, or as far as it went when it was looked at. So two blobs can be looked at before
/// either is read, and what is written meanwhile comes next time.
/// </summary>
internal sealed class BlobFollower
{
    // A flow log grows once a minute; what changes this often in a row is left for the next time.
    private const int MostAttempts = 5;

    private const int BatchRecords = 1024;

    private readonly FlowFollower _settings;
    private readonly IFlowBlockStore _store;
    private BlobPlan? _plan;
    private string? _rewritten;

    public BlobFollower(FlowBlob blob, FlowBlobPosition position, FlowFollower settings, DateTime now)
    {
        Blob = blob;
        Position = position;
        _settings = settings;
        _store = blob.Store as IFlowBlockStore
            ?? throw new InvalidOperationException($"'{blob.Name}' did not come from a store that can be read in part.");
        HasFailedForLong = position.FailedSince is { } since && now - since >= settings.Patience;
        MayGrow = IsGrowing(blob, now);
    }

    public FlowBlob Blob { get; }

    /// <summary>Whether somebody may still write to it.</summary>
    public bool MayGrow { get; }

    /// <summary>Whether it has failed for so long that newer hours wait for it no more.</summary>
    public bool HasFailedForLong { get; }

    /// <summary>Where it is to be read on, after the batches that were given.</summary>
    public FlowBlobPosition Position { get; private set; }

    /// <summary>Whether the blob, as it was listed, has something new, or will not get the end that was waited for.</summary>
    public bool IsDue => Position.IsDue(Blob, MayGrow);

    /// <summary>Whether the last reading ended before the place that was looked at: the rest comes next time.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Whether it was looked at, and what was seen was not read yet.</summary>
    public bool IsLookedAt => _plan is not null;

    // A whole blob that is done is read to its last byte, as if it were not followed, and so is one that ends in the middle.
    private bool IsFinal => !MayGrow && (Position.Offset == 0 || Position.IsPending);

    // The listing is enough where the bytes before the position vouch for it, or the blob is new and will not grow under the reading.
    private bool IsListingEnough => Position.IsPacked || (MirrorState.TagOf(Blob) is not null
        && (Position.AnchorLength > 0 ? Blob.Length >= Position.Offset : Position.Offset == 0 && !MayGrow));

    /// <summary>Whether somebody may still write to a blob.</summary>
    public static bool IsGrowing(FlowBlob blob, DateTime now) => blob.IsOpen || (blob.LastModified is { } modified && now - modified < FlowBlobName.Lag);

    /// <summary>Looks what the blob is made of now.</summary>
    /// <exception cref="NsgFlowException">The store's.</exception>
    public void Look(CancellationToken cancellation) => _plan = Position.IsPacked ? BlobPlan.AsListed(Blob) : PlanNow(cancellation);

    /// <summary>Reads what is new, as far as the blob went when it was looked at or listed; the last batch has <see cref="FlowRecordBatch.IsLast"/>.</summary>
    /// <exception cref="NsgFlowException">The store's. What was given before holds.</exception>
    public IEnumerable<FlowRecordBatch> Read(CancellationToken cancellation)
    {
        IsBehind = true;
        using var source = Open(cancellation);
        if (source is null)
            yield break;
        foreach (var batch in Feed(source, cancellation))
            yield return batch;
    }

    /// <summary>What is to be read; null when nothing is, or the blob changed under the looking.</summary>
    private BlobSource? Open(CancellationToken cancellation)
    {
        var isLookedAt = IsLookedAt;
        if (!isLookedAt && IsListingEnough)
            _plan = BlobPlan.AsListed(Blob);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (_plan is null)
                Look(cancellation);
            if (Position.State is { } state && state == _plan!.State && !IsFinal)
            {
                // Looked at for another's sake.
                IsBehind = false;
                break;
            }

            var source = new BlobSource(Blob, _store, _plan!, Position, IsFinal);
            var start = SourceStart.Gone;
            try
            {
                start = source.Begin(cancellation);
                if (start == SourceStart.Ready)
                    return source;
            }
            finally
            {
                if (start != SourceStart.Ready)
                    source.Dispose();
            }

            if (start == SourceStart.Rewritten)
                Restart("what was read of it is no longer what it begins with");
            else if (isLookedAt)
                break;

            // It is another one than it seemed, and is looked at as a new one is.
            if (!isLookedAt)
                _plan = null;
        }

        _plan = null;
        return null;
    }

    private IEnumerable<FlowRecordBatch> Feed(BlobSource source, CancellationToken cancellation)
    {
        var collector = new EntryCollector(Position.Taken);
        var reader = new FlowLogReader(collector, _settings.Filter, Blob.Name, _settings.Limits);
        var anchor = new Anchor(Position);
        var isFinal = IsFinal || !MayGrow;
        if (Position.Offset > 0)
            reader.Resume(Position.Offset, Position.IsDamaged);
        try
        {
            using var chunks = source.Chunks(cancellation).GetEnumerator();
            ExceptionDispatchInfo? failure;
            while (TryNext(chunks, out failure))
            {
                reader.Write(chunks.Current);
                anchor.Add(chunks.Current, reader.Boundary);
                if (collector.Count < BatchRecords)
                    continue;
                Position = PositionAt(reader, anchor, source.IsPacked);
                yield return Batch(collector, reader, isLast: false);
            }

            if (failure is not null)
            {
                // What came before it comes, as it does from a blob that is read once: the failure may be one that stays.
                Position = PositionAt(reader, anchor, source.IsPacked);
                yield return Batch(collector, reader, isLast: false);
                failure.Throw();
            }

            var isPending = reader.IsInEntry;
            var (isCut, accepted) = (isPending && isFinal && source.IsAtEnd, collector.Accepted);
            var position = PositionAt(reader, anchor, source.IsPacked);
            if (isFinal && source.IsAtEnd)
                reader.Complete();
            else
                reader.Suspend();
            anchor.Add([], reader.Boundary);

            // Should somebody complete what was cut, all of that entry comes but for what was handed on of it now.
            Position = (isCut ? position with { Taken = collector.Accepted - accepted } : PositionAt(reader, anchor, source.IsPacked)) with
            {
                State = source.IsAtEnd ? _plan!.State : null,
                Length = _plan!.Length,
                IsPending = isPending && !isFinal,
            };
            IsBehind = !source.IsAtEnd;
            yield return Batch(collector, reader, isLast: true);
        }
        finally
        {
            reader.Suspend();
        }
    }

    private static bool TryNext(IEnumerator<ArraySegment<byte>> chunks, out ExceptionDispatchInfo? failure)
    {
        failure = null;
        try
        {
            return chunks.MoveNext();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = ExceptionDispatchInfo.Capture(e);
            return false;
        }
    }

    private FlowRecordBatch Batch(EntryCollector collector, FlowLogReader reader, bool isLast)
    {
        var (records, issues) = collector.Take();
        var rewritten = _rewritten;
        _rewritten = null;
        return new FlowRecordBatch
        {
            Blob = Blob, Records = records, Issues = issues, Counts = reader.Counts, Position = Position, Rewritten = rewritten, IsLast = isLast,
        };
    }

    private FlowBlobPosition PositionAt(FlowLogReader reader, Anchor anchor, bool isPacked)
    {
        // Those that were seen when it was last looked at are there still.
        var blocks = _plan!.HasBlocks ? _plan.BlocksBefore(reader.Boundary) : Position.Blocks;
        return new FlowBlobPosition
        {
            Offset = reader.Boundary,
            Blocks = blocks,
            BlocksHash = _plan.HasBlocks ? Fingerprint.Of(_plan.List.Blocks, blocks) : Position.BlocksHash,
            AnchorLength = anchor.Length,
            AnchorHash = anchor.Hash,
            IsDamaged = reader.IsSearching,
            IsPacked = isPacked,
            Taken = reader.Boundary == Position.Offset ? Position.Taken : 0,
        };
    }

    private BlobPlan PlanNow(CancellationToken cancellation)
    {
        var list = _store.Blocks(Blob, cancellation);
        var plan = new BlobPlan(list, list.ETag, list.Length);
        if (!plan.HasBlocks)
        {
            // Written in one piece: any byte tells the state.
            var range = _store.Read(Blob, 0, new ArraySegment<byte>(new byte[1]), null, cancellation)!;
            plan = new BlobPlan(list, range.ETag.Length > 0 ? range.ETag : list.ETag, range.Length);
        }

        if (plan.Length < Position.Offset)
            Restart("it is shorter than it was");
        else if (list.Blocks.Count < Position.Blocks || Fingerprint.Of(list.Blocks, Position.Blocks) != Position.BlocksHash)
            Restart("its blocks are others than before");
        return plan;
    }

    private void Restart(string reason)
    {
        _rewritten = Position.Offset > 0 ? reason : _rewritten;
        Position = FlowBlobPosition.Start;
    }
}
