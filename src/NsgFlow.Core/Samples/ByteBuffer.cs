using System;
using System.Text;

namespace NsgFlow.Samples;

/// <summary>Growing UTF-8 text. Whoever writes digits or bytes one by one reserves room first.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[4096];

    public byte[] Bytes => _bytes;

    public int Length { get; private set; }

    public void Clear() => Length = 0;

    /// <summary>Makes room, so that the next so many bytes need no check.</summary>
    public void Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            // Doubling, but never past the largest array there is.
            var size = Math.Min(Math.Max((long)_bytes.Length * 2, (long)Length + count), 0x7FFF_FFC7);
            Array.Resize(ref _bytes, (int)size);
        }
    }

    public void Add(byte value) => _bytes[Length++] = value;

    public void Add(byte[] text)
    {
        text.AsSpan().CopyTo(_bytes.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends, making room itself.</summary>
    public void Append(byte[] text)
    {
        Reserve(text.Length);
        Add(text);
    }

    /// <summary>Appends, making room itself.</summary>
    public void Append(ByteBuffer text)
    {
        Reserve(text.Length);
        text._bytes.AsSpan(0, text.Length).CopyTo(_bytes.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Appends ASCII text, making room itself.</summary>
    public void Append(string text)
    {
        Reserve(text.Length);
        Length += Encoding.ASCII.GetBytes(text, 0, text.Length, _bytes, Length);
    }

    /// <summary>Adds a number that is not negative, in decimal digits.</summary>
    public void AddNumber(long value)
    {
        var digits = 1;
        for (var rest = value; rest >= 10; rest /= 10)
        {
            digits++;
        }

        AddDigits(value, digits);
    }

    /// <summary>Adds a number in exactly so many digits.</summary>
    public void AddDigits(long value, int digits)
    {
        var end = Length + digits;
        Length = end;
        while (value > uint.MaxValue)
        {
            var rest = value / 10;
            _bytes[--end] = (byte)('0' + (int)(value - (rest * 10)));
            value = rest;
            digits--;
        }

        // 32-bit division is several times cheaper, and nearly every number is that small.
        for (var small = (uint)value; digits > 0; digits--)
        {
            var rest = small / 10;
            _bytes[--end] = (byte)('0' + (small - (rest * 10)));
            small = rest;
        }
    }
}
