using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace NsgFlow.Saving;

/// <summary>Passes on what is written to it, and tells the length and the SHA-256 of it. Leaves the inner stream open.</summary>
internal sealed class HashedStream : Stream
{
    private readonly Stream _inner;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    public HashedStream(Stream inner) => _inner = inner;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Length and hash of what was written since the last call.</summary>
    public (long Length, string Hash) Take()
    {
        var length = _length;
        _length = 0;
        return (length, Hex(_hash.GetHashAndReset()));
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _inner.Write(buffer, offset, count);
        _hash.AppendData(buffer, offset, count);
        _length += count;
    }

    public override void Flush() => _inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    private static string Hex(byte[] bytes)
    {
        var text = new StringBuilder(2 * bytes.Length);
        foreach (var one in bytes)
            text.Append(one.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return text.ToString();
    }
}
