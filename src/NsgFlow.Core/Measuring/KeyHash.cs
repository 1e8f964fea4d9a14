using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Hashes of keys made of 64-bit words. Seeded anew in each process, so that nobody can write a log whose addresses all meet in one
/// place of a table; no result depends on the order that follows from it.
/// </summary>
internal static class KeyHash
{
    private static readonly ulong _first = Seed();
    private static readonly ulong _second = Seed();
    private static readonly ulong _third = Seed();

    /// <summary>To be called before the loops that hash are compiled; see <see cref="Parsing.FastTupleParser.Prepare"/>.</summary>
    public static void Prepare() => RuntimeHelpers.RunClassConstructor(typeof(KeyHash).TypeHandle);

    [MethodImpl(Hot.Path)]
    public static ulong Of(ReadOnlySpan<ulong> key)
    {
        var hash = _first;
        var i = 0;
        for (; i + 1 < key.Length; i += 2)
        {
            hash = WideMultiply.Fold(key[i] ^ hash, key[i + 1] ^ _second);
        }

        return i < key.Length ? WideMultiply.Fold(key[i] ^ hash, _third) : hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong first, ulong second, ulong third) =>
        WideMultiply.Fold(WideMultiply.Fold(first ^ _first, second ^ _second) ^ third, _third);

    /// <summary>The same as that of a key of these two words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ulong first, ulong second) => WideMultiply.Fold(first ^ _first, second ^ _second);

    private static ulong Seed()
    {
        var bytes = Guid.NewGuid().ToByteArray();

        // The version bits of a GUID stand in the middle of each half and are no chance.
        return BitConverter.ToUInt64(bytes, 0) ^ (BitConverter.ToUInt64(bytes, 8) << 5) | 1;
    }
}
