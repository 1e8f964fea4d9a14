using System;
using System.IO;
using System.Text;

namespace NsgFlow.Blobs;

/// <summary>Gives UTF-16 text as UTF-8, without byte order mark. Windows PowerShell's <c>Out-File</c> and <c>&gt;</c> write UTF-16.</summary>
internal sealed class Utf16Stream : ReadOnlyStream
{
    private const int ChunkBytes = 16 * 1024;

    private readonly Stream _inner;
    private readonly Decoder _decoder;
    private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
    private readonly byte[] _bytes = new byte[ChunkBytes];
    private readonly char[] _chars;
    private readonly byte[] _utf8;
    private int _at;
    private int _end;
    private bool _isFirst = true;
    private bool _isAtEnd;

    public Utf16Stream(Stream inner, bool isBigEndian)
    {
        _inner = inner;
        _decoder = new UnicodeEncoding(isBigEndian, byteOrderMark: true).GetDecoder();
        _chars = new char[(ChunkBytes / 2) + 2];
        _utf8 = new byte[3 * (_chars.Length + 1)];
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_at == _end && !_isAtEnd && count > 0)
        {
            Fill();
        }

        var given = Math.Min(count, _end - _at);
        Array.Copy(_utf8, _at, buffer, offset, given);
        _at += given;
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

    private void Fill()
    {
        var read = _inner.Read(_bytes, 0, _bytes.Length);
        _isAtEnd = read == 0;
        var count = _decoder.GetChars(_bytes, 0, read, _chars, 0, _isAtEnd);
        var mark = _isFirst && count > 0 && _chars[0] == '\uFEFF' ? 1 : 0;
        _isFirst &= count == 0;
        _at = 0;
        _end = _encoder.GetBytes(_chars, mark, count - mark, _utf8, 0, _isAtEnd);
    }
}
