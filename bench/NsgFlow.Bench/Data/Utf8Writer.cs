using System;
using System.Buffers.Text;
using System.IO;
using System.Text;

namespace NsgFlow.Bench.Data;

/// <summary>Writes ASCII text and numbers into a stream through one buffer.</summary>
internal sealed class Utf8Writer(Stream stream)
{
    private readonly byte[] _bytes = new byte[64 * 1024];
    private int _length;

    public void Text(string text)
    {
        Room(text.Length);
        _length += Encoding.ASCII.GetBytes(text, _bytes.AsSpan(_length));
    }

    public void Bytes(ReadOnlySpan<byte> text)
    {
        Room(text.Length);
        text.CopyTo(_bytes.AsSpan(_length));
        _length += text.Length;
    }

    public void Byte(char value)
    {
        Room(1);
        _bytes[_length++] = (byte)value;
    }

    public void Number(long value)
    {
        Room(20);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(_length), out var written);
        _length += written;
    }

    public void Flush()
    {
        stream.Write(_bytes, 0, _length);
        _length = 0;
    }

    private void Room(int count)
    {
        if (_bytes.Length - _length < count)
            Flush();
    }
}
