using System;
using System.Collections.Generic;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Parsing;
using NsgFlow.Reading;
using NsgFlow.Saving;

namespace NsgFlow.Following;

/// <summary>
/// Reads on in one blob from where it was left. First it looks what the blob is made of now, then it reads as far as that: so two blobs can be looked
/// at before either is read, and what is written meanwhile comes next time.
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
        MayGrow = blob.IsOpen || (blob.LastModified is { } modified && now - modified < FlowBlobName.Lag);
    }

    public FlowBlob Blob { get; }

    /// <summary>Whether somebody may still write to it.</summary>
    public bool MayGrow { get; }

    /// <summary>Whether it has failed for so long that newer hours wait for it no more.</summary>
    public bool HasFailedForLong { get; }

    /// <summary>Where it is to be read on, after the batches that were given.</summary>
    public FlowBlobPosition Position { get; private set; }

    /// <summary>Whether the blob, as it was listed, has something new, or will not get the end that was waited for.</summary>
    public bool IsDue => Position.State is null || Position.State != MirrorState.TagOf(Blob) || Position.Length != Blob.Length || (Position.IsPending && !MayGrow);

    /// <summary>Whether the last reading ended before the place that was looked at: the rest comes next time.</summary>
    public bool IsBehind { get; private set; }

    // A whole blob that is done is read to its last byte, as if it were not followed, and so is one that ends in the middle.
    private bool IsFinal => !MayGrow && (Position.Offset == 0 || Position.IsPending);

    private long End => IsFinal ? _plan!.Length : _plan!.DataEnd;

    /// <summary>Looks what the blob is made of.</summary>
    /// <exception cref="NsgFlowException">The store's.</exception>
    public void Look(CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts && _plan is null; attempt++)
            _plan = Position.IsPacked ? new BlobPlan(new FlowBlockList(null, []), MirrorState.TagOf(Blob), Blob.Length) : TryPlan(_store.Blocks(Blob, cancellation), cancellation);
    }

    /// <summary>Reads what is new, as far as the blob went when it was looked at; the last batch has <see cref="FlowRecordBatch.IsLast"/>.</summary>
    /// <exception cref="NsgFlowException">The store's. What was given before holds.</exception>
    public IEnumerable<FlowRecordBatch> Read(CancellationToken cancellation)
    {
        if (_plan is null)
            Look(cancellation);
        IsBehind = true;
        if (_plan is null)
            yield break;
        if (Position.Offset >= End && Position.State is not null && Position.State == _plan.State?.Trim('"'))
        {
            // Looked at for another's sake.
            IsBehind = false;
            _plan = null;
            yield break;
        }

        using var source = new BlobSource(Blob, _store, _plan, Position, End);
        if (Position.IsPacked && !source.TrySkip(Position, cancellation))
        {
            Restart("what was read of it is no longer what it begins with");
            source.Reopen();
        }

        foreach (var batch in Feed(source, cancellation))
            yield return batch;
    }

    private IEnumerable<FlowRecordBatch> Feed(BlobSource source, CancellationToken cancellation)
    {
        var collector = new EntryCollector();
        var reader = new FlowLogReader(collector, _settings.Filter, Blob.Name, _settings.Limits);
        var anchor = new Anchor(Position);
        var isFinal = IsFinal || !MayGrow;
        if (Position.Offset > 0)
            reader.Resume(Position.Offset, Position.IsDamaged);
        try
        {
            foreach (var chunk in source.Chunks(Position.Offset, cancellation))
            {
                reader.Write(chunk);
                anchor.Add(chunk, reader.Boundary);
                if (collector.Count < BatchRecords)
                    continue;
                Position = PositionAt(reader, anchor, source.IsPacked);
                yield return Batch(collector, reader, isLast: false);
            }

            var isPending = reader.IsInEntry;
            if (isFinal && source.IsAtEnd)
                reader.Complete();
            else
                reader.Suspend();
            anchor.Add([], reader.Boundary);
            Position = PositionAt(reader, anchor, source.IsPacked) with
            {
                State = source.IsAtEnd ? _plan!.State?.Trim('"') : null,
                Length = _plan!.Length,
                IsPending = isPending && !isFinal,
            };
            IsBehind = !source.IsAtEnd;
            _plan = null;
            yield return Batch(collector, reader, isLast: true);
        }
        finally
        {
            reader.Suspend();
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
        var blocks = isPacked ? 0 : _plan!.BlocksBefore(reader.Boundary);
        return new FlowBlobPosition
        {
            Offset = reader.Boundary,
            Blocks = blocks,
            BlocksHash = Fingerprint.Of(_plan!.List.Blocks, blocks),
            AnchorLength = anchor.Length,
            AnchorHash = anchor.Hash,
            IsDamaged = reader.IsSearching,
            IsPacked = isPacked,
        };
    }

    /// <summary>What to read; null when the blob changed under the looking.</summary>
    private BlobPlan? TryPlan(FlowBlockList list, CancellationToken cancellation)
    {
        var isWhole = list.Blocks.Count == 0;
        var length = isWhole ? Blob.Length : list.Length;
        if (length < Position.Offset)
            Restart("it is shorter than it was");
        else if (list.Blocks.Count < Position.Blocks || Fingerprint.Of(list.Blocks, Position.Blocks) != Position.BlocksHash)
            Restart("its blocks are others than before");
        var plan = new BlobPlan(list, list.ETag, length);
        if (length == 0 || (!isWhole && plan.SizeOf(Position.Blocks) == Position.Offset))
            return plan;

        // The blocks do not vouch for what was read, or there are none: its last bytes do. A single byte tells the state of what has not been read.
        var buffer = new byte[Math.Max(1, Position.AnchorLength)];
        var range = _store.Read(Blob, Position.Offset - Position.AnchorLength, new ArraySegment<byte>(buffer), isWhole ? null : list.ETag, cancellation);
        if (range is null)
            return null;
        if (Position.AnchorLength > 0 && (range.Count < buffer.Length || Fingerprint.Of(buffer) != Position.AnchorHash))
            Restart("what was read of it is no longer what it begins with");
        return isWhole ? new BlobPlan(list, range.ETag, range.Length) : plan;
    }

    private void Restart(string reason)
    {
        _rewritten = Position.Offset > 0 ? reason : _rewritten;
        Position = FlowBlobPosition.Start;
    }
}
