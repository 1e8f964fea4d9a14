using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using NsgFlow.Blobs;

namespace NsgFlow.Following;

/// <summary>The bytes of a plan: ranges on the condition that the blob is in the plan's state, or, of a packed blob, what is unpacked.</summary>
internal sealed class BlobSource : IDisposable
{
    private const int MostReplans = 5;
    private const int RangeBytes = 4 * 1024 * 1024;
    private const int SliceBytes = 64 * 1024;

    private readonly FlowBlob _blob;
    private readonly IFlowBlockStore _store;
    private readonly BlobPlan _plan;
    private readonly long _end;
    private Stream? _stream;

    public BlobSource(FlowBlob blob, IFlowBlockStore store, BlobPlan plan, FlowBlobPosition position, long end)
    {
        _blob = blob;
        _store = store;
        _plan = plan;
        _end = end;
        IsPacked = position.IsPacked;
    }

    /// <summary>Whether the blob can be read from its beginning only.</summary>
    public bool IsPacked { get; private set; }

    /// <summary>Whether everything came; if not, the state went away and what is missing comes next time.</summary>
    public bool IsAtEnd { get; private set; }

    public void Dispose() => _stream?.Dispose();

    /// <summary>Of a packed blob, passes over what was read; false when that is not there any more.</summary>
    public bool TrySkip(FlowBlobPosition position, CancellationToken cancellation)
    {
        _stream = _store.Open(_blob, cancellation);
        using var closing = cancellation.Register(_stream.Dispose);
        var anchor = new byte[position.AnchorLength];
        return TryRead(position.Offset - anchor.Length, null, cancellation)
            && TryRead(anchor.Length, anchor, cancellation)
            && (anchor.Length == 0 || Fingerprint.Of(anchor) == position.AnchorHash);
    }

    /// <summary>Begins anew.</summary>
    public void Reopen()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>The bytes from where the reader is.</summary>
    public IEnumerable<byte[]> Chunks(long start, CancellationToken cancellation) => IsPacked ? Unpacked(cancellation) : Ranges(start, cancellation);

    private static bool IsPackedHead(byte[] head, int count) =>
        count >= 2 && ((head[0] == 0x1F && head[1] == 0x8B) || (head[0] == 0xFF && head[1] == 0xFE) || (head[0] == 0xFE && head[1] == 0xFF));

    private IEnumerable<byte[]> Ranges(long at, CancellationToken cancellation)
    {
        var replans = 0;
        while (at < _end)
        {
            // A new one for each: it must not be used again after a failure, and most are a minute's few kilobytes.
            var buffer = new byte[(int)Math.Min(RangeBytes, _end - at)];
            var range = _store.Read(_blob, at, new ArraySegment<byte>(buffer), _plan.ETag, cancellation);
            if (range is null || (_plan.ETag is null && range.Length != _plan.Length))
            {
                if (++replans > MostReplans || !_plan.TryFollow(_store.Blocks(_blob, cancellation), _end))
                    yield break;
                continue;
            }

            if (range.Count < buffer.Length)
                yield break;
            _plan.ETag ??= range.ETag;
            if (at == 0 && IsPackedHead(buffer, range.Count))
            {
                IsPacked = true;
                foreach (var chunk in Unpacked(cancellation))
                    yield return chunk;
                yield break;
            }

            for (var from = 0; from < buffer.Length; from += SliceBytes)
                yield return buffer.AsSpan(from, Math.Min(SliceBytes, buffer.Length - from)).ToArray();
            at += buffer.Length;
        }

        IsAtEnd = true;
    }

    private IEnumerable<byte[]> Unpacked(CancellationToken cancellation)
    {
        _stream ??= _store.Open(_blob, cancellation);
        using var closing = cancellation.Register(_stream.Dispose);
        var buffer = new byte[SliceBytes];
        int count;
        while ((count = ReadSome(buffer, 0, buffer.Length, cancellation)) > 0)
            yield return buffer.AsSpan(0, count).ToArray();
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
