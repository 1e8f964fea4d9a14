using System;
using System.Collections.Generic;
using System.Threading;
using NsgFlow.Blobs;

namespace NsgFlow.Unit.Reading;

/// <summary>Gives what its iterator gives, and tells how often it was read and that it was closed.</summary>
internal sealed class FakeStream : ReadOnlyStream
{
    private readonly ManualResetEventSlim _closed = new();
    private readonly IEnumerator<byte[]> _chunks;
    private readonly Action _onClose;
    private ArraySegment<byte> _rest = new([]);
    private int _reads;
    private int _isClosed;

    public FakeStream(string name, Func<FakeStream, IEnumerable<byte[]>> content, Action onClose)
    {
        Name = name;
        _chunks = content(this).GetEnumerator();
        _onClose = onClose;
    }

    public string Name { get; }

    public int Reads => Volatile.Read(ref _reads);

    public bool IsClosed => _closed.IsSet;

    /// <summary>Hangs, as a read from a dead connection does, until the stream is closed; then fails as such a read does.</summary>
    public void Hang()
    {
        _closed.Wait();
        throw new ObjectDisposedException(Name);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        Interlocked.Increment(ref _reads);
        if (IsClosed)
        {
            throw new ObjectDisposedException(Name);
        }

        while (_rest.Count == 0)
        {
            if (!_chunks.MoveNext())
            {
                return 0;
            }

            _rest = new ArraySegment<byte>(_chunks.Current);
        }

        var length = Math.Min(count, _rest.Count);
        Buffer.BlockCopy(_rest.Array!, _rest.Offset, buffer, offset, length);
        _rest = new ArraySegment<byte>(_rest.Array!, _rest.Offset + length, _rest.Count - length);
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _closed.Set();
            _onClose();
        }

        base.Dispose(disposing);
    }
}
