using System;
using System.Collections.Generic;
using System.Text;

namespace NsgFlow;

/// <summary>
/// Texts of protocol and encryption codes that this version does not know, numbered from 256, so that a tuple can carry them
/// as a number and nothing the log says is lost. Bounded, since a hostile file could invent codes without end.
/// </summary>
public static class UnknownCodes
{
    internal const int First = 256;
    internal const int MostCodes = 1024;
    internal const int LongestCode = 40;

    private static readonly Dictionary<string, ushort> _numbers = new(StringComparer.Ordinal);
    private static readonly string?[] _texts = new string?[MostCodes];

    /// <summary>The text of an unknown code.</summary>
    /// <param name="number">A number of 256 or more from a <see cref="FlowTuple"/>.</param>
    /// <returns>The text as written in the log.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No code has that number.</exception>
    public static string Text(int number)
    {
        var index = number - First;
        return (uint)index < MostCodes && _texts[index] is { } text ? text : throw new ArgumentOutOfRangeException(nameof(number));
    }

    /// <summary>The number of a code's text, given at its first sight.</summary>
    /// <returns>False when the text is empty, long, not printable, or too many are known already.</returns>
    internal static bool TryNumber(ReadOnlySpan<byte> utf8, out ushort number)
    {
        number = 0;
        if (utf8.IsEmpty || utf8.Length > LongestCode)
        {
            return false;
        }

        foreach (var b in utf8)
        {
            if (b is <= 32 or >= 127)
            {
                return false;
            }
        }

        var text = Encoding.ASCII.GetString(utf8.ToArray());
        lock (_numbers)
        {
            if (_numbers.TryGetValue(text, out number))
            {
                return true;
            }

            if (_numbers.Count == MostCodes)
            {
                return false;
            }

            number = (ushort)(First + _numbers.Count);
            _texts[number - First] = text;
            _numbers.Add(text, number);
            return true;
        }
    }
}
