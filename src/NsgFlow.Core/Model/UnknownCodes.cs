using System;
using System.Text;
using System.Threading;

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

    /// <summary>Places of the hash table; a place holds 0 or the number of a code. Twice the codes, so that searches end soon.</summary>
    private const int Places = 2 * MostCodes;

    private static readonly object _gate = new();
    private static readonly int[] _places = new int[Places];
    private static readonly byte[]?[] _utf8 = new byte[MostCodes][];
    private static readonly string?[] _texts = new string?[MostCodes];
    private static int _count;

    /// <summary>The text of an unknown code.</summary>
    /// <param name="number">A number of 256 or more from a <see cref="FlowTuple"/>.</param>
    /// <returns>The text as written in the log.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No code has that number.</exception>
    public static string Text(int number)
    {
        var index = number - First;
        return (uint)index < MostCodes && _texts[index] is { } text ? text : throw new ArgumentOutOfRangeException(nameof(number));
    }

    /// <summary>The number of a code's text, given at its first sight. Allocates only then; any thread may call.</summary>
    /// <returns>False when the text is empty, long, not printable, or too many are known already.</returns>
    internal static bool TryNumber(ReadOnlySpan<byte> utf8, out ushort number)
    {
        number = 0;
        return IsCode(utf8) && (TryFind(utf8, out number, out _) || TryAdd(utf8, out number));
    }

    private static bool IsCode(ReadOnlySpan<byte> utf8)
    {
        foreach (var b in utf8)
        {
            if (b is <= 32 or >= 127)
            {
                return false;
            }
        }

        return utf8.Length is > 0 and <= LongestCode;
    }

    private static bool TryFind(ReadOnlySpan<byte> utf8, out ushort number, out int place)
    {
        var hash = 2166136261u;
        foreach (var b in utf8)
        {
            hash = (hash ^ b) * 16777619;
        }

        for (place = (int)(hash % Places); ; place = (place + 1) % Places)
        {
            // A place is written last, so whoever sees a number sees its text.
            number = (ushort)Volatile.Read(ref _places[place]);
            if (number == 0 || utf8.SequenceEqual(_utf8[number - First]))
            {
                return number != 0;
            }
        }
    }

    private static bool TryAdd(ReadOnlySpan<byte> utf8, out ushort number)
    {
        lock (_gate)
        {
            if (TryFind(utf8, out number, out var place))
            {
                return true;
            }

            if (_count == MostCodes)
            {
                return false;
            }

            var bytes = utf8.ToArray();
            _utf8[_count] = bytes;
            _texts[_count] = Encoding.ASCII.GetString(bytes);
            number = (ushort)(First + _count++);
            Volatile.Write(ref _places[place], number);
            return true;
        }
    }
}
