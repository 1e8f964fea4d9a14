using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Parsing;

/// <summary>What <see cref="JsonScanner"/> met.</summary>
internal enum JsonScan
{
    /// <summary>The token is read.</summary>
    Done,

    /// <summary>The token goes on behind what has come.</summary>
    NeedMore,

    /// <summary>The input breaks here.</summary>
    Damaged,

    /// <summary>Nested deeper than allowed.</summary>
    TooDeep,
}

/// <summary>
/// Reads JSON strings and skips JSON values in an <see cref="InputWindow"/>, in pieces of any size: a token that is not whole is
/// begun again when more has come, from where the search had got to, so that the cost stays linear.
/// </summary>
internal sealed class JsonScanner
{
    private readonly InputWindow _window;
    private readonly int _longestString;
    private readonly int _deepest;
    private byte[] _unescaped = [];
    private int _searched;
    private bool _hasEscape;
    private readonly bool[] _skipped;
    private bool _discarding;
    private int _skipDepth;

    public JsonScanner(InputWindow window, FlowReadLimits limits)
    {
        _window = window;
        _longestString = limits.StringBytes;
        _deepest = limits.Depth;
        _skipped = new bool[Math.Max(1, limits.Depth)];
    }

    /// <summary>True when the string read last was longer than allowed; it then counts as empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>True when the scalar read last is no JSON. Reset by whoever reports it.</summary>
    public bool IsNonsense { get; set; }

    /// <summary>True while the rest of a string that is too long is passed over.</summary>
    public bool IsDiscarding => _discarding;

    /// <summary>True while a string that has not come whole is being read.</summary>
    public bool IsInString => _searched > 0;

    /// <summary>Forgets a token that was begun.</summary>
    public void Reset()
    {
        _searched = 0;
        _hasEscape = false;
        _discarding = false;
        _skipDepth = 0;
        IsTooLong = false;
    }

    /// <summary>Index of the first byte at or after the position that is no white space; -1 when all that has come is white space.</summary>
    public int SkipWhiteSpace()
    {
        var bytes = _window.Bytes;
        var at = _window.Position;
        var end = _window.End;
        while (at < end && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        _window.Position = at;
        return at < end ? at : -1;
    }

    /// <summary>Reads the string that begins at the position (a quote). The text is unescaped and valid until the next call.</summary>
    [MethodImpl(Hot.Path)]
    public JsonScan ReadString(out ReadOnlySpan<byte> text)
    {
        text = default;
        var start = _window.Position + (_discarding ? 0 : 1);
        if (!FindQuote(start, out var quote))
        {
            if (!_discarding && _window.End - start > _longestString)
            {
                _discarding = true;
            }

            if (_discarding)
            {
                // The last byte is kept when it is a backslash whose partner has not come.
                _window.Position = start + _searched;
                _searched = 0;
            }

            return JsonScan.NeedMore;
        }

        IsTooLong = _discarding || quote - start > _longestString;
        _window.Position = quote + 1;
        if (!IsTooLong)
        {
            text = _window.Bytes.AsSpan(start, quote - start);
            if (_hasEscape)
            {
                text = Unescape(text);
            }
        }

        _discarding = false;
        _hasEscape = false;
        _searched = 0;
        return JsonScan.Done;
    }

    /// <summary>
    /// Skips the value that begins at the position. Its brackets must match; what stands between them is not looked at.
    /// </summary>
    /// <param name="depth">How deep the value itself stands.</param>
    public JsonScan SkipValue(int depth)
    {
        var bytes = _window.Bytes;
        while (true)
        {
            if (!_discarding && _window.Available == 0)
            {
                return JsonScan.NeedMore;
            }

            var b = _discarding ? (byte)'"' : bytes[_window.Position];
            var scan = b switch
            {
                (byte)'"' => ReadString(out _),
                (byte)'{' or (byte)'[' => OpenSkipped(b, depth),
                (byte)'}' or (byte)']' => CloseSkipped(b),
                _ => _skipDepth == 0 ? ReadScalar(out _) : JsonScan.Done,
            };
            if (scan != JsonScan.Done || _skipDepth == 0)
            {
                return scan;
            }

            var next = bytes.AsSpan(_window.Position, _window.Available).IndexOfAny("\"{}[]"u8);
            _window.Position = next < 0 ? _window.End : _window.Position + next;
        }
    }

    private JsonScan OpenSkipped(byte bracket, int depth)
    {
        if (depth + _skipDepth >= _deepest)
        {
            return JsonScan.TooDeep;
        }

        _skipped[_skipDepth++] = bracket == '[';
        _window.Position++;
        return JsonScan.Done;
    }

    private JsonScan CloseSkipped(byte bracket)
    {
        if (_skipDepth == 0 || _skipped[_skipDepth - 1] != (bracket == ']'))
        {
            return JsonScan.Damaged;
        }

        _skipDepth--;
        _window.Position++;
        return JsonScan.Done;
    }

    /// <summary>
    /// Reads the number or word at the position when all of it has come; the position moves behind it. Whether it is one of JSON's is
    /// told by <see cref="IsNonsense"/>.
    /// </summary>
    public JsonScan ReadScalar(out ReadOnlySpan<byte> text)
    {
        var rest = _window.Bytes.AsSpan(_window.Position, _window.Available);
        var length = ScalarLength(rest);
        if (length == rest.Length && !_window.IsFinal && length <= _longestString)
        {
            text = default;
            return JsonScan.NeedMore;
        }

        text = rest.Slice(0, length);
        _window.Position += length;
        // A word that the end of the input cuts off is not held against it.
        IsNonsense = length < rest.Length && !text.SequenceEqual("true"u8) && !text.SequenceEqual("false"u8) && !text.SequenceEqual("null"u8) && !IsNumber(text);
        return length == 0 ? JsonScan.Damaged : JsonScan.Done;
    }

    private static int ScalarLength(ReadOnlySpan<byte> text)
    {
        var length = 0;
        while (length < text.Length && text[length] is not ((byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\n' or (byte)'\r'
            or (byte)'\t' or (byte)'"' or (byte)'{' or (byte)'[' or (byte)':'))
        {
            length++;
        }

        return length;
    }

    /// <summary>Begins as a number and holds nothing that none has; what it says does not matter here.</summary>
    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (b is not (>= (byte)'0' and <= (byte)'9' or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E'))
            {
                return false;
            }
        }

        return text.Length > 0 && (text[0] == '-' ? text.Length > 1 && text[1] is >= (byte)'0' and <= (byte)'9' : text[0] is >= (byte)'0' and <= (byte)'9');
    }

    private bool FindQuote(int start, out int quote)
    {
        var bytes = _window.Bytes;
        var end = _window.End;
        var at = start + _searched;
        while (at < end)
        {
            var found = bytes.AsSpan(at, end - at).IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0)
            {
                at = end;
                break;
            }

            at += found;
            if (bytes[at] == '"')
            {
                quote = at;
                return true;
            }

            if (at + 1 >= end)
            {
                break;
            }

            _hasEscape = true;
            at += 2;
        }

        _searched = at - start;
        quote = -1;
        return false;
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text)
    {
        if (_unescaped.Length < text.Length)
        {
            _unescaped = new byte[Math.Max(1024, text.Length)];
        }

        return _unescaped.AsSpan(0, JsonEscapes.Unescape(text, _unescaped));
    }
}
