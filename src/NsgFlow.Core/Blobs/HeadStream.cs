using System;
using System.IO;

namespace NsgFlow.Blobs;

/// <summary>Shows the first bytes of a stream, and still gives them to its reader.</summary>
internal sealed class HeadStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly byte[] _head;
    private readonly int _length;
    private int _given;

    /// <summary>Reads the head.</summary>
    /// <param name="inner">What is read; belongs to this stream from now on.</param>
    /// <param name="count">Bytes of the head; a shorter stream has fewer.</param>
    public HeadStream(Stream inner, int count)
    {
        _inner = inner;
        _head = new byte[count];
        int read;
        while (_length < count && (read = inner.Read(_head, _length, count - _length)) > 0)
        {
            _length += read;
        }
    }

    /// <summary>Whether the stream begins with gzip's mark.</summary>
    public bool IsGZip => Begins(0x1F, 0x8B);

    /// <summary>Whether the stream begins with the byte order mark of UTF-16, low byte first.</summary>
    public bool IsUtf16 => Begins(0xFF, 0xFE);

    /// <summary>Whether the stream begins with the byte order mark of UTF-16, high byte first.</summary>
    public bool IsUtf16BigEndian => Begins(0xFE, 0xFF);

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_given == _length)
        {
            return _inner.Read(buffer, offset, count);
        }

        var given = Math.Min(count, _length - _given);
        Array.Copy(_head, _given, buffer, offset, given);
        _given += given;
        return given;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Begins(byte first, byte second) => _length >= 2 && _head[0] == first && _head[1] == second;
}
