using System;
using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>An immutable set of MAC addresses.</summary>
public sealed class MacSet
{
    private readonly HashSet<string> _set = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _list = [];

    private MacSet(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            var mac = TryNormalize(text, out var normal, out var error) ? normal : throw new FormatException(error);
            if (_set.Add(mac))
            {
                _list.Add(mac);
            }
        }
    }

    /// <summary>The MACs, each 12 upper-case hex digits, in the order given.</summary>
    public IReadOnlyList<string> Values => _list;

    /// <summary>Makes a set of texts with any separators or none (<c>00-0D-3A-F8-80-1A</c>, <c>000d.3af8.801a</c>).</summary>
    /// <exception cref="FormatException">One of them is no MAC; the message says which.</exception>
    public static MacSet Parse(IEnumerable<string> texts) => new(texts ?? throw new ArgumentNullException(nameof(texts)));

    /// <summary>Brings a MAC into the form of the logs.</summary>
    /// <param name="text">Twelve hex digits, with any of <c>- : .</c> and blanks between them.</param>
    /// <param name="mac">12 upper-case hex digits; empty when the text is no MAC.</param>
    /// <param name="error">Why it is none, as a sentence for people; null on success.</param>
    public static bool TryNormalize(string? text, out string mac, out string? error)
    {
        var trimmed = (text ?? string.Empty).Trim();
        if (TryNormalize(trimmed.AsSpan(), out mac))
        {
            error = null;
            return true;
        }

        error = $"{Shown.Text(trimmed)} is not a MAC address: it has twelve hexadecimal digits, as in 000D3AF8801A or 00-0D-3A-F8-80-1A.";
        return false;
    }

    /// <summary>Whether a MAC (12 hex digits) is in the set; null is in none.</summary>
    public bool Contains(string? mac) => mac is not null && _set.Contains(mac);

    internal static bool TryNormalize(ReadOnlySpan<char> text, out string mac)
    {
        mac = string.Empty;
        Span<char> digits = stackalloc char[12];
        var count = 0;
        foreach (var c in text)
        {
            var upper = c is >= 'a' and <= 'f' ? (char)(c - 32) : c;
            if (upper is (>= '0' and <= '9') or (>= 'A' and <= 'F'))
            {
                if (count == 12)
                {
                    return false;
                }

                digits[count++] = upper;
            }
            else if (c is not ('-' or ':' or '.' or ' '))
            {
                return false;
            }
        }

        if (count != 12)
        {
            return false;
        }

        mac = digits.ToString();
        return true;
    }
}
