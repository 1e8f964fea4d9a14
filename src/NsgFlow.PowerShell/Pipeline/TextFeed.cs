using System;
using System.Text;
using NsgFlow.Parsing;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Brings text to a reader as UTF-8, piece by piece, without ever holding it as a whole.</summary>
internal sealed class TextFeed : IJsonText
{
    private readonly FlowLogReader _reader;
    private readonly Encoder _encoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetEncoder();
    private readonly char[] _chars = new char[8192];
    private readonly byte[] _bytes = new byte[8192 * 3];
    private int _count;

    public TextFeed(FlowLogReader reader) => _reader = reader;

    /// <summary>Adds text; it may stay here until <see cref="Flush"/>.</summary>
    public void Append(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (_count == _chars.Length)
                Encode(isEnd: false);
            var count = Math.Min(text.Length - at, _chars.Length - _count);
            text.CopyTo(at, _chars, _count, count);
            _count += count;
            at += count;
        }
    }

    /// <summary>Adds a character.</summary>
    public void Append(char c)
    {
        if (_count == _chars.Length)
            Encode(isEnd: false);
        _chars[_count++] = c;
    }

    /// <summary>Hands on everything added so far.</summary>
    public void Flush() => Encode(isEnd: true);

    private void Encode(bool isEnd)
    {
        var count = _encoder.GetBytes(_chars, 0, _count, _bytes, 0, isEnd);
        _count = 0;
        _reader.Write(_bytes.AsSpan(0, count));
    }
}
