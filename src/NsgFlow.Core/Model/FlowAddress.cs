using System;
using System.Net;
using System.Runtime.InteropServices;

namespace NsgFlow;

/// <summary>
/// An IPv4 or IPv6 address as 128 bits, so that millions fit in memory and compare as numbers. IPv4 is held as the
/// IPv4-mapped IPv6 address (<c>::ffff:a.b.c.d</c>) and shown as IPv4. Order is that of the 128-bit number.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct FlowAddress : IEquatable<FlowAddress>, IComparable<FlowAddress>
{
    internal const ulong V4Prefix = 0x0000_FFFF_0000_0000;

    /// <summary>Makes an address from its two 64-bit halves, network order.</summary>
    public FlowAddress(ulong high, ulong low)
    {
        High = high;
        Low = low;
    }

    /// <summary>Makes an IPv4 address from its 32 bits, <c>10.0.0.1</c> being 0x0A000001.</summary>
    public FlowAddress(uint v4)
    {
        High = 0;
        Low = V4Prefix | v4;
    }

    /// <summary>The upper 64 bits; 0 for IPv4.</summary>
    public ulong High { get; }

    /// <summary>The lower 64 bits.</summary>
    public ulong Low { get; }

    /// <summary>True for IPv4 (and for IPv6 text of an IPv4-mapped address).</summary>
    public bool IsV4 => High == 0 && (Low >> 32) == 0xFFFF;

    /// <summary>The 32 bits of an IPv4 address; meaningless for IPv6.</summary>
    public uint V4 => (uint)Low;

    /// <summary>Reads an address from UTF-8 text: dotted IPv4 without leading zeros' octal meaning, or IPv6 without zone or brackets.</summary>
    /// <returns>False when the text is no address; <paramref name="address"/> is then <c>default</c>.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out FlowAddress address) => Parsing.AddressParser.TryParse(text, out address);

    /// <summary>Reads an address from text, with the same rules as the UTF-8 form.</summary>
    public static bool TryParse(string? text, out FlowAddress address)
    {
        address = default;
        if (text is null || text.Length > 45)
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > 127)
            {
                return false;
            }

            utf8[i] = (byte)text[i];
        }

        return TryParse(utf8, out address);
    }

    /// <summary>Equal bits.</summary>
    public static bool operator ==(FlowAddress left, FlowAddress right) => left.Equals(right);

    /// <summary>Different bits.</summary>
    public static bool operator !=(FlowAddress left, FlowAddress right) => !left.Equals(right);

    /// <summary>Order of the 128-bit numbers.</summary>
    public static bool operator <(FlowAddress left, FlowAddress right) => left.CompareTo(right) < 0;

    /// <summary>Order of the 128-bit numbers.</summary>
    public static bool operator >(FlowAddress left, FlowAddress right) => left.CompareTo(right) > 0;

    /// <summary>Order of the 128-bit numbers.</summary>
    public static bool operator <=(FlowAddress left, FlowAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Order of the 128-bit numbers.</summary>
    public static bool operator >=(FlowAddress left, FlowAddress right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public bool Equals(FlowAddress other) => High == other.High && Low == other.Low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FlowAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        unchecked
        {
            var mixed = (Low ^ (High * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
            return (int)(mixed >> 32);
        }
    }

    /// <inheritdoc/>
    public int CompareTo(FlowAddress other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>Dotted IPv4, or IPv6 in its shortest form (RFC 5952).</summary>
    public override string ToString()
    {
        if (IsV4)
        {
            return FormatV4(V4);
        }

        var bytes = new byte[16];
        for (var i = 0; i < 8; i++)
        {
            bytes[i] = (byte)(High >> (56 - (8 * i)));
            bytes[8 + i] = (byte)(Low >> (56 - (8 * i)));
        }

        return new IPAddress(bytes).ToString();
    }

    private static string FormatV4(uint v4)
    {
        Span<char> text = stackalloc char[15];
        var length = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            var octet = (v4 >> shift) & 0xFF;
            if (octet >= 100)
            {
                text[length++] = (char)('0' + (octet / 100));
            }

            if (octet >= 10)
            {
                text[length++] = (char)('0' + (octet / 10 % 10));
            }

            text[length++] = (char)('0' + (octet % 10));
            if (shift > 0)
            {
                text[length++] = '.';
            }
        }

        return text.Slice(0, length).ToString();
    }
}
