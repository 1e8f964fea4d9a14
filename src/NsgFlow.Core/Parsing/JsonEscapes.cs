using System;

namespace NsgFlow.Parsing;

/// <summary>Turns JSON escapes into UTF-8. An escape that JSON does not know stays as it is written.</summary>
internal static class JsonEscapes
{
    /// <summary>Writes the meaning of <paramref name="text"/>, which is never longer than the text.</summary>
    /// <returns>The length written.</returns>
    public static int Unescape(ReadOnlySpan<byte> text, Span<byte> result)
    {
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                result[length++] = text[at++];
                continue;
            }

            var simple = Simple(text[at + 1]);
            if (simple != 0)
            {
                result[length++] = simple;
                at += 2;
            }
            else if (text[at + 1] == 'u' && TryHex(text, at + 2, out var code))
            {
                at += 6;
                if (code is >= 0xD800 and < 0xDC00 && at + 1 < text.Length && text[at] == '\\' && text[at + 1] == 'u'
                    && TryHex(text, at + 2, out var low) && low is >= 0xDC00 and < 0xE000)
                {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                    at += 6;
                }

                length += Encode(code is >= 0xD800 and < 0xE000 ? 0xFFFD : code, result.Slice(length));
            }
            else
            {
                result[length++] = text[at++];
            }
        }

        return length;
    }

    private static byte Simple(byte escape) => escape switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => escape,
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => 0,
    };

    private static bool TryHex(ReadOnlySpan<byte> text, int at, out int code)
    {
        code = 0;
        if (at + 4 > text.Length)
        {
            return false;
        }

        for (var i = at; i < at + 4; i++)
        {
            var lower = text[i] | 0x20;
            var digit = text[i] is >= (byte)'0' and <= (byte)'9' ? text[i] - '0' : lower is >= 'a' and <= 'f' ? lower - 'a' + 10 : -1;
            if (digit < 0)
            {
                return false;
            }

            code = (code << 4) | digit;
        }

        return true;
    }

    private static int Encode(int code, Span<byte> result)
    {
        if (code < 0x80)
        {
            result[0] = (byte)code;
            return 1;
        }

        if (code < 0x800)
        {
            result[0] = (byte)(0xC0 | (code >> 6));
            result[1] = (byte)(0x80 | (code & 0x3F));
            return 2;
        }

        if (code < 0x10000)
        {
            result[0] = (byte)(0xE0 | (code >> 12));
            result[1] = (byte)(0x80 | ((code >> 6) & 0x3F));
            result[2] = (byte)(0x80 | (code & 0x3F));
            return 3;
        }

        result[0] = (byte)(0xF0 | (code >> 18));
        result[1] = (byte)(0x80 | ((code >> 12) & 0x3F));
        result[2] = (byte)(0x80 | ((code >> 6) & 0x3F));
        result[3] = (byte)(0x80 | (code & 0x3F));
        return 4;
    }
}
