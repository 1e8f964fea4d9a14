using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Parsing;

/// <summary>Reads addresses from UTF-8 text without allocating.</summary>
internal static class AddressParser
{
    [MethodImpl(Hot.Path)]
    public static bool TryParse(ReadOnlySpan<byte> text, out FlowAddress address)
    {
        if (text.IndexOf((byte)':') >= 0)
        {
            return TryParseV6(text, out address);
        }

        address = default;
        if (!TryParseV4(text, out var v4))
        {
            return false;
        }

        address = new FlowAddress(v4);
        return true;
    }

    /// <summary>Four decimal numbers up to 255, of one to three digits: no hexadecimal, no short forms, nothing before or after.</summary>
    [MethodImpl(Hot.Path)]
    public static bool TryParseV4(ReadOnlySpan<byte> text, out uint v4)
    {
        v4 = 0;
        var octets = 0;
        var at = 0;
        while (true)
        {
            var start = at;
            uint octet = 0;
            while (at < text.Length && (uint)(text[at] - '0') <= 9)
            {
                octet = (octet * 10) + (uint)(text[at] - '0');
                at++;
                if (at - start > 3)
                {
                    return false;
                }
            }

            if (at == start || octet > 255)
            {
                return false;
            }

            v4 = (v4 << 8) | octet;
            octets++;
            if (octets == 4)
            {
                return at == text.Length;
            }

            if (at == text.Length || text[at] != '.')
            {
                return false;
            }

            at++;
        }
    }

    /// <summary>Eight groups of hex digits, one run of zeros shortened to <c>::</c>, the last 32 bits optionally dotted (RFC 4291, 2.2).</summary>
    [MethodImpl(Hot.Path)]
    private static bool TryParseV6(ReadOnlySpan<byte> text, out FlowAddress address)
    {
        address = default;
        Span<ushort> groups = stackalloc ushort[8];
        var count = 0;
        var gap = -1;
        var at = 0;
        if (text.Length >= 2 && text[0] == ':')
        {
            if (text[1] != ':')
            {
                return false;
            }

            gap = 0;
            at = 2;
        }

        while (at < text.Length)
        {
            if (count == 8)
            {
                return false;
            }

            var rest = text.Slice(at);
            var colon = rest.IndexOf((byte)':');
            var piece = colon < 0 ? rest : rest.Slice(0, colon);
            if (colon < 0 && piece.IndexOf((byte)'.') >= 0)
            {
                if (count > 6 || !TryParseV4(piece, out var v4))
                {
                    return false;
                }

                groups[count++] = (ushort)(v4 >> 16);
                groups[count++] = (ushort)v4;
                break;
            }

            if (!TryParseHex(piece, out groups[count]))
            {
                return false;
            }

            count++;
            at += piece.Length;
            if (colon < 0)
            {
                break;
            }

            at++;
            if (at < text.Length && text[at] == ':')
            {
                if (gap >= 0)
                {
                    return false;
                }

                gap = count;
                at++;
            }
            else if (at == text.Length)
            {
                return false;
            }
        }

        if (gap < 0 ? count != 8 : count == 8)
        {
            return false;
        }

        Span<ushort> all = stackalloc ushort[8];
        all.Clear();
        var head = gap < 0 ? count : gap;
        groups.Slice(0, head).CopyTo(all);
        groups.Slice(head, count - head).CopyTo(all.Slice(8 - (count - head)));
        address = new FlowAddress(Join(all.Slice(0, 4)), Join(all.Slice(4)));
        return true;
    }

    [MethodImpl(Hot.Path)]
    private static bool TryParseHex(ReadOnlySpan<byte> text, out ushort value)
    {
        value = 0;
        if (text.IsEmpty || text.Length > 4)
        {
            return false;
        }

        foreach (var b in text)
        {
            var digit = (b | 0x20) switch
            {
                >= 'a' and <= 'f' => (b | 0x20) - 'a' + 10,
                _ when b is >= (byte)'0' and <= (byte)'9' => b - '0',
                _ => -1,
            };
            if (digit < 0)
            {
                return false;
            }

            value = (ushort)((value << 4) | digit);
        }

        return true;
    }

    [MethodImpl(Hot.Path)]
    private static ulong Join(ReadOnlySpan<ushort> groups) =>
        ((ulong)groups[0] << 48) | ((ulong)groups[1] << 32) | ((ulong)groups[2] << 16) | groups[3];
}
