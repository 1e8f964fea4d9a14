using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NsgFlow.Blobs;

namespace NsgFlow.Following;

/// <summary>
/// The bytes of a plan from a position on: ranges on the condition that the blob is in the plan's state, or, of a packed blob, what is unpacked. The
/// bytes before the position come with the first, and tell whether it is still one.
/// </summary>
internal sealed class BlobSource : IDisposable
{
    private const int MostReplans = 5;
    private const int RangeBytes = 4 * 1024 * 1024;
    private const int SliceBytes = 64 * 1024;

    private readonly FlowBlob _blob;
    private readonly IFlowBlockStore _store;
    private readonly BlobPlan _plan;
    private readonly FlowBlobPosition _position;
    private readonly bool _isFinal;
    private readonly long _end;
    private long _at;
    private int _replans;
    private ArraySegment<byte> _first;
    private Stream? _stream;

    /// <summary>Makes one.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="store">Where it is.</param>
    /// <param name="plan">What to read.</param>
    /// <param name="position">Where to begin.</param>
    /// <param name="isFinal">Whether its closing, too, is wanted.</param>
    public BlobSource(FlowBlob blob, IFlowBlockStore store, BlobPlan plan, FlowBlobPosition position, bool isFinal)
    {
        _blob = blob;
        _store = store;
        _plan = plan;
        _position = position;
        _isFinal = isFinal;
        _at = position.Offset - position.AnchorLength;
        _end = Math.Max(position.Offset, isFinal ? plan.Length : plan.DataEnd);
        IsPacked = position.IsPacked;
    }

    /// <summary>Whether the blob can be read from its beginning only.</summary>
    public bool IsPacked { get; private set; }

    /// <summary>Whether everything came; if not, the state went away and what is missing comes next time.</summary>
    public bool IsAtEnd { get; private set; }

    public void Dispose() => _stream?.Dispose();

    /// <summary>Reads the first bytes and looks whether what was read still stands before them.</summary>
    public SourceStart Begin(CancellationToken cancellation)
    {
        if (IsPacked)
            return TrySkip(cancellation) ? SourceStart.Ready : SourceStart.Rewritten;
        if (_at == _end)
            return SourceStart.Ready;
        if (Next(cancellation) is not { } bytes)
            return SourceStart.Gone;
        var anchor = _position.AnchorLength;
        if (anchor > 0 && Fingerprint.Of(bytes.AsSpan(0, anchor)) != _position.AnchorHash)
            return SourceStart.Rewritten;
        IsPacked = _position.Offset == 0 && IsPackedHead(bytes);
        _first = Data(bytes, anchor);
        return SourceStart.Ready;
    }

    /// <summary>The bytes from the position on, once it has begun.</summary>
    public IEnumerable<ArraySegment<byte>> Chunks(CancellationToken cancellation) => IsPacked ? Unpacked(cancellation) : Ranges(cancellation);

    private static bool IsPackedHead(byte[] head) =>
        head.Length >= 2 && ((head[0] == 0x1F && head[1] == 0x8B) || (head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF));

    private IEnumerable<ArraySegment<byte>> Ranges(CancellationToken cancellation)
    {
        for (var data = _first; ;)
        {
            for (var from = 0; from < data.Count; from += SliceBytes)
                yield return new ArraySegment<byte>(data.Array!, data.Offset + from, Math.Min(SliceBytes, data.Count - from));
            if (_at == _end)
                break;
            if (Next(cancellation) is not { } bytes)
                yield break;
            data = Data(bytes, 0);
        }

        IsAtEnd = true;
    }

    /// <summary>The next range; null when its state has gone.</summary>
    private byte[]? Next(CancellationToken cancellation)
    {
        while (true)
        {
            // A new one for each: it must not be used again after a failure, and most are a minute's few kilobytes.
            var buffer = new byte[(int)Math.Min(RangeBytes, _end - _at)];
            var range = _store.Read(_blob, _at, new ArraySegment<byte>(buffer), _plan.ETag, cancellation);
            if (range is null || (_plan.ETag is null && range.Length != _plan.Length))
            {
                if (!_plan.HasBlocks || ++_replans > MostReplans || !_plan.TryFollow(_store.Blocks(_blob, cancellation), _end))
                    return null;
                continue;
            }

            if (range.Count < buffer.Length)
                return null;
            _plan.ETag ??= range.ETag;
            _at += buffer.Length;
            return buffer;
        }
    }

    // Where the blocks do not tell, the closing is told by its text: it is no part of an entry that goes on.
    private ArraySegment<byte> Data(byte[] bytes, int start)
    {
        var isClosing = _at == _end && !_isFinal && !_plan.HasBlocks && bytes.Length - start >= 2 && bytes[bytes.Length - 2] == ']' && bytes[bytes.Length - 1] == '}';
        return new ArraySegment<byte>(bytes, start, bytes.Length - start - (isClosing ? 2 : 0));
    }

    /// <summary>Passes over what was read; false when that is not there any more.</summary>
    private bool TrySkip(CancellationToken cancellation)
    {
        _stream = _store.Open(_blob, cancellation);
        using var closing = cancellation.Register(_stream.Dispose);
        var anchor = new byte[_position.AnchorLength];
        return TryRead(_position.Offset - anchor.Length, null, cancellation)
            && TryRead(anchor.Length, anchor, cancellation)
            && (anchor.Length == 0 || Fingerprint.Of(anchor) == _position.AnchorHash);
    }

    private IEnumerable<ArraySegment<byte>> Unpacked(CancellationToken cancellation)
    {
        _stream ??= _store.Open(_blob, cancellation);
        using var closing = cancellation.Register(_stream.Dispose);
        var buffer = new byte[SliceBytes];
        int count;
        while ((count = ReadSome(buffer, 0, buffer.Length, cancellation)) > 0)
            yield return new ArraySegment<byte>(buffer, 0, count);
        IsAtEnd = true;
    }

    /// <summary>Reads so many bytes, into an array or nowhere; false when there are fewer.</summary>
    private bool TryRead(long count, byte[]? into, CancellationToken cancellation)
    {
        var buffer = into ?? new byte[SliceBytes];
        for (var at = 0L; at < count;)
        {
            var start = into is null ? 0 : (int)at;
            var read = ReadSome(buffer, start, (int)Math.Min(buffer.Length - start, count - at), cancellation);
            if (read == 0)
                return false;
            at += read;
        }

        return true;
    }

    private int ReadSome(byte[] buffer, int start, int count, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return _stream!.Read(buffer, start, count);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // Closing the stream under a read makes it fail in many ways; the cause is always this one.
            throw new OperationCanceledException(cancellation);
        }
    }
}
