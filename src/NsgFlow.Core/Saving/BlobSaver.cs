using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Compat;

namespace NsgFlow.Saving;

/// <summary>Saves one blob after another: brings each copy to the blob's present state, reading only what is not there yet. For one thread.</summary>
internal sealed class BlobSaver
{
    // A flow log grows once a minute; what changes this often in a row is something else.
    private const int MostAttempts = 5;

    private const int LeastBuffer = 64 * 1024;

    // A flow log's first block is its opening, 12 bytes. One that is longer was put there by a client that cuts a file into blocks and may
    // name them by where they begin: written again with other content, they have the ids and sizes they had.
    private const int LongestOpening = 1024;

    // Flow logs take about a tenth when packed; where one takes more than this, the disk itself says that it is full.
    private const int LeastPacking = 4;

    private readonly MirrorSpace _space;
    private readonly Action<int> _downloaded;
    private readonly int _rangeSize;
    private byte[] _buffer = [];

    /// <param name="space">Asked before anything is written.</param>
    /// <param name="downloaded">Told of bytes that came.</param>
    /// <param name="rangeSize">Most bytes to ask for at a time.</param>
    public BlobSaver(MirrorSpace space, Action<int> downloaded, int rangeSize)
    {
        _space = space;
        _downloaded = downloaded;
        _rangeSize = rangeSize;
    }

    /// <summary>Saves a blob.</summary>
    /// <exception cref="NsgFlowException">The store's, or the mirror's; the copy is as it was.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the copy is as it was.</exception>
    public SavedFlowBlob Save(FlowBlob blob, MirrorPlace place, CancellationToken cancellation)
    {
        try
        {
            place.RefuseLinks();
            place.MakeFolder();
            return new Run(this, blob, place, cancellation).Save();
        }
        catch (Exception e) when (FileErrors.IsOne(e))
        {
            throw MirrorErrors.Write(e, place.Path);
        }
    }

    private ArraySegment<byte> Buffer(long wanted)
    {
        var size = (int)Math.Min(_rangeSize, Math.Max(LeastBuffer, wanted));
        if (_buffer.Length < size)
            _buffer = new byte[size];
        return new ArraySegment<byte>(_buffer, 0, (int)Math.Min(size, wanted));
    }

    /// <summary>One blob.</summary>
    private sealed class Run
    {
        private readonly BlobSaver _saver;
        private readonly FlowBlob _blob;
        private readonly IFlowBlockStore _store;
        private readonly MirrorPlace _place;
        private readonly CancellationToken _cancellation;
        private MirrorState? _known;
        private string? _reason;
        private long _bytes;

        public Run(BlobSaver saver, FlowBlob blob, MirrorPlace place, CancellationToken cancellation)
        {
            _saver = saver;
            _blob = blob;
            _store = (IFlowBlockStore)blob.Store!;
            _place = place;
            _cancellation = cancellation;
        }

        public SavedFlowBlob Save()
        {
            var copy = MirrorCopy.Look(_blob, _place);
            (_known, _reason) = (copy.State, copy.Fault);
            if (_known is not null && copy.WasTouched && !copy.IsIntact(_cancellation))
                (_known, _reason) = (null, "the copy was changed or damaged");
            if (_known?.IsState(_blob) == true)
                return Refresh(_known);

            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                if (Fetch(_store.Blocks(_blob, _cancellation)) is { } saved)
                    return saved;
            }

            throw MirrorErrors.Changing(_blob);
        }

        /// <summary>The copy is what the blob is; only its time, or the blob's ETag, is another one.</summary>
        private SavedFlowBlob Refresh(MirrorState state)
        {
            var refreshed = state with { Written = File.GetLastWriteTimeUtc(FilePaths.ForOpening(_place.Path)) };
            refreshed.Write(_place.StatePath);
            return MirrorCopy.Result(_blob, _place, refreshed, SavedFlowBlobStatus.Unchanged, null, _bytes);
        }

        /// <summary>Brings the copy to a state of the blob; null when it has to be tried again, since that state has gone.</summary>
        private SavedFlowBlob? Fetch(FlowBlockList list)
        {
            if (_known is not null && IsAppended(list) && list.ETag is { } same && list.Blocks.SequenceEqual(_known.Blocks))
                return Refresh(_known with { ETag = same, LastModified = _blob.LastModified });
            if (_known is { } known && (!IsAppended(list) || !list.Continues(known.Blocks)))
                (_known, _reason) = (null, WhyNew(list, known));
            if (_place.IsPacked && _known?.IsRaw == true)
                (_known, _reason) = (null, "the blob was packed by somebody else, so what is new cannot be added to it");
            var kept = _known?.PartsOf(list.CommonWith(_known.Blocks)) ?? [];

            using var room = _saver._space.Take(_place.Path, Needed(kept, Math.Max(list.Length, _blob.Length)));
            using var file = new MirrorFile(_place.Path, _place.IsPacked);
            if (!file.TryKeep(kept, _cancellation))
            {
                (_known, _reason) = (null, "the copy was changed or damaged");
                return null;
            }

            var end = Download(file, room, new BlockCursor(list, kept.Sum(static part => part.Blocks)));
            if (end is null)
                return null;
            if (end.Range?.ContentMd5 is { } md5 && Md5.IsUsable && !file.ContentMd5(_cancellation).SequenceEqual(md5))
            {
                if (kept.Count == 0)
                    throw MirrorErrors.Hash(_blob);
                (_known, _reason) = (null, "what the copy begins with is no longer what the blob begins with");
                return null;
            }

            return Place(file, end);
        }

        /// <summary>Bytes on the disk until the new copy has the place of the old one.</summary>
        private long Needed(IReadOnlyList<MirrorPart> kept, long length)
        {
            if (!_place.IsPacked)
                return length;
            var keptBlocks = kept.Sum(static part => part.Blocks);
            var known = _known?.Blocks.Take(keptBlocks).Sum(static block => block.Size) ?? 0;
            return kept.Sum(static part => part.Length) + ((length - known) / LeastPacking);
        }

        /// <summary>Reads from where the cursor is to the end of the blob; null when the state has gone and another does not continue it.</summary>
        private End? Download(MirrorFile file, MirrorSpace.Room room, BlockCursor cursor)
        {
            var etag = cursor.List.ETag;
            var inPart = 0;
            FlowRange? range = null;
            while (!cursor.IsAtEnd || cursor.List.Blocks.Count == 0)
            {
                var isWhole = cursor.List.Blocks.Count == 0;
                var buffer = _saver.Buffer(isWhole ? Math.Max(_blob.Length, 1) : cursor.List.Length - cursor.Offset);
                if (buffer.Count == 0)
                {
                    // Only empty blocks are left.
                    Take(file, cursor, buffer, ref inPart);
                    continue;
                }

                var next = _store.Read(_blob, cursor.Offset, buffer, etag, _cancellation);
                if (next is null)
                {
                    var later = _store.Blocks(_blob, _cancellation);
                    if (!cursor.TryFollow(later))
                        return null;
                    etag = later.ETag;
                    continue;
                }

                range = next;
                _bytes += range.Count;
                _saver._downloaded(range.Count);
                etag ??= range.ETag;
                if (isWhole)
                {
                    // Written in one piece: that is its only block, known now that its length is.
                    cursor = new BlockCursor(new FlowBlockList(range.ETag, [new FlowBlock(string.Empty, range.Length)]), 0);
                }

                if (range.Length != cursor.List.Length || range.Count != Math.Min(buffer.Count, range.Length - cursor.Offset))
                    return null;
                Take(file, cursor, new ArraySegment<byte>(buffer.Array!, 0, range.Count), ref inPart);
                room.Note(file.Length);
            }

            // What is empty has no state that a range could tell.
            return new End(cursor.List, etag is { Length: > 0 } ? etag : MirrorState.TagOf(_blob) ?? string.Empty, range);
        }

        private void Take(MirrorFile file, BlockCursor cursor, ArraySegment<byte> bytes, ref int inPart)
        {
            var at = 0;
            do
            {
                var taken = (int)Math.Min(bytes.Count - at, cursor.Left);
                file.Write(bytes.Array!, at, taken);
                at += taken;
                cursor.Advance(taken);
                if (cursor.Left > 0)
                    return;
                cursor.Next();
                inPart++;

                // The closing block makes room for others next time, so it is always a part of its own.
                if (!_place.IsPacked || cursor.Index >= cursor.List.Blocks.Count - 1)
                {
                    file.EndPart(inPart);
                    inPart = 0;
                }
            }
            while (!cursor.IsAtEnd && (at < bytes.Count || cursor.Left == 0));
        }

        private SavedFlowBlob Place(MirrorFile file, End end)
        {
            var status = _known is not null ? SavedFlowBlobStatus.Updated : _reason is null ? SavedFlowBlobStatus.New : SavedFlowBlobStatus.Rewritten;
            _cancellation.ThrowIfCancellationRequested();
            var modified = end.Range?.LastModified ?? _blob.LastModified;
            var state = new MirrorState
            {
                Account = _blob.Account,
                Container = _place.Container,
                Blob = _blob.Name,
                ETag = end.ETag,
                LastModified = modified,
                Written = file.Place(modified),
                Blocks = end.List.Blocks,
                Parts = file.Parts,
            };
            state.Write(_place.StatePath);
            return MirrorCopy.Result(_blob, _place, state, status, _reason, _bytes);
        }

        /// <summary>Whether the blocks are such as Azure appends, so that they tell what is new.</summary>
        private static bool IsAppended(FlowBlockList list) => list.Blocks.Count > 0 && list.Blocks[0].Size <= LongestOpening;

        private static string WhyNew(FlowBlockList list, MirrorState known) =>
            list.Blocks.Count == 0 || known.Blocks is [{ Id: "" }] ? "the blob was written in one piece, so what is new in it cannot be told"
            : !IsAppended(list) ? "the blob was uploaded, not appended to minute by minute, so what is new in it cannot be told"
            : list.Length < known.Length ? "the blob is shorter than it was"
            : "the blob was rewritten: its blocks are others than before";

        private sealed class End
        {
            public End(FlowBlockList list, string etag, FlowRange? range) => (List, ETag, Range) = (list, etag, range);

            public FlowBlockList List { get; }

            public string ETag { get; }

            public FlowRange? Range { get; }
        }
    }
}
