using System;
using NsgFlow.Filtering;

namespace NsgFlow.Parsing;

/// <summary>
/// Reads a flow log from bytes in chunks of any size and hands tuples to a sink. Knows nothing of files or networks.
/// Use: <see cref="GetBuffer"/>, fill, <see cref="Advance"/>, again until the input ends, then <see cref="Complete"/>; or <see cref="Write"/>.
/// Not thread-safe; one reader per input.
/// </summary>
public sealed class FlowLogReader
{
    private readonly InputWindow _window;
    private readonly FlowLogGrammar _grammar;
    private readonly byte[] _head = new byte[InputKind.HeadBytes];
    private int _headLength;
    private long _origin;
    private bool _isComplete;

    /// <summary>Makes a reader for one input.</summary>
    /// <param name="sink">Takes the tuples and the issues.</param>
    /// <param name="filter">Which tuples are wanted; null for all.</param>
    /// <param name="blob">Name of the input, for issues and entries.</param>
    /// <param name="limits">Limits against hostile input; null for the defaults.</param>
    public FlowLogReader(IFlowSink sink, FlowFilter? filter = null, string blob = "", FlowReadLimits? limits = null)
    {
        if (sink is null)
        {
            throw new ArgumentNullException(nameof(sink));
        }

        FastTupleParser.Prepare();
        limits ??= FlowReadLimits.Default;
        _window = new InputWindow(limits.StringBytes);
        _grammar = new FlowLogGrammar(_window, sink, filter ?? FlowFilter.Everything, blob, limits);
    }

    /// <summary>What has been seen so far.</summary>
    public FlowReadCounts Counts
    {
        get
        {
            var counts = _grammar.Counts;
            counts.Bytes = _window.Total - _origin;
            return counts;
        }
    }

    /// <summary>Offset in the input behind the last entry that was given out (or damage that was reported): where to read on when the input grows.</summary>
    internal long Boundary => _grammar.Boundary;

    /// <summary>Whether the input was damaged and the next entry is still looked for; to be told to <see cref="Resume"/>.</summary>
    internal bool IsSearching => _grammar.IsSearching;

    /// <summary>Whether an entry has begun and not ended.</summary>
    internal bool IsInEntry => _grammar.IsInEntry;

    /// <summary>Before anything is read: the input is what stands behind another reader's boundary.</summary>
    internal void Resume(long boundary, bool isSearching)
    {
        _origin = boundary;
        _window.StartAt(boundary);
        _grammar.Resume(isSearching);
    }

    /// <summary>
    /// Says that the input ends here for now, but may go on later: a begun entry is not given out, nor is a missing end reported. Further calls
    /// do nothing.
    /// </summary>
    internal void Suspend()
    {
        if (!_isComplete)
        {
            _isComplete = true;
            _grammar.Suspend();
            _window.Release();
        }
    }

    /// <summary>Room for the next bytes of input, never empty.</summary>
    /// <exception cref="InvalidOperationException">The input was said to have ended.</exception>
    public Span<byte> GetBuffer()
    {
        ThrowIfComplete();
        return _window.Free();
    }

    /// <summary>Room for the next bytes of input as a segment of an array, for streams that cannot read into a span.</summary>
    internal ArraySegment<byte> GetSegment()
    {
        // First, since making room can move the bytes.
        var room = _window.Free().Length;
        return new ArraySegment<byte>(_window.Bytes, _window.End, room);
    }

    /// <summary>Says that <paramref name="count"/> bytes were put into the buffer, and reads them.</summary>
    /// <exception cref="InvalidOperationException">The input was said to have ended.</exception>
    public void Advance(int count)
    {
        ThrowIfComplete();
        var start = _window.End;
        _window.Advance(count);
        if (_headLength < _head.Length)
        {
            var room = Math.Min(_head.Length - _headLength, count);
            _window.Bytes.AsSpan(start, room).CopyTo(_head.AsSpan(_headLength));
            _headLength += room;
        }

        _grammar.Read();
    }

    /// <summary>Reads a chunk of input.</summary>
    /// <exception cref="InvalidOperationException">The input was said to have ended.</exception>
    public void Write(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            var buffer = GetBuffer();
            var length = Math.Min(buffer.Length, chunk.Length);
            chunk.Slice(0, length).CopyTo(buffer);
            Advance(length);
            chunk = chunk.Slice(length);
        }
    }

    /// <summary>Says that the input has ended; reports a cut entry, or that it was no flow log. Further calls do nothing.</summary>
    public void Complete()
    {
        if (!_isComplete)
        {
            _isComplete = true;
            _window.IsFinal = true;
            _grammar.Complete(_head.AsSpan(0, _headLength));
            _window.Release();
        }
    }

    /// <summary>
    /// Says that the input broke off for a reason that is told elsewhere (a lost connection): gives out what a begun entry has so far and
    /// reports nothing more. Further calls do nothing.
    /// </summary>
    public void Break()
    {
        if (!_isComplete)
        {
            _isComplete = true;
            _grammar.Break();
            _window.Release();
        }
    }

    private void ThrowIfComplete()
    {
        if (_isComplete)
        {
            throw new InvalidOperationException("The input has ended.");
        }
    }
}
