using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace NsgFlow.Simulator;

/// <summary>The 64-bit xxHash, which <c>hash()</c> is, with seed 0.</summary>
internal static class XxHash64
{
    private const ulong P1 = 11400714785074694791;
    private const ulong P2 = 14029467366897019727;
    private const ulong P3 = 1609587929392839161;
    private const ulong P4 = 9650029242287828579;
    private const ulong P5 = 2870177450012600261;

    /// <summary>The hash of a text's UTF-8, of a time's ticks, of a number.</summary>
    public static long Of(object value)
    {
        if (value is string text)
        {
            return (long)Of(Encoding.UTF8.GetBytes(text));
        }

        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value is DateTime time ? time.Ticks : (long)value);
        return (long)Of(bytes);
    }

    private static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var length = (ulong)bytes.Length;
        var hash = P5;
        if (bytes.Length >= 32)
        {
            hash = Stripes(ref bytes);
        }

        hash += length;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(bytes)), 27) * P1) + P4;
        }

        if (bytes.Length >= 4)
        {
            hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(bytes) * P1), 23) * P2) + P3;
            bytes = bytes[4..];
        }

        foreach (var one in bytes)
        {
            hash = BitOperations.RotateLeft(hash ^ (one * P5), 11) * P1;
        }

        hash = (hash ^ (hash >> 33)) * P2;
        hash = (hash ^ (hash >> 29)) * P3;
        return hash ^ (hash >> 32);
    }

    private static ulong Stripes(ref ReadOnlySpan<byte> bytes)
    {
        Span<ulong> lanes = [unchecked(P1 + P2), P2, 0, unchecked(0 - P1)];
        for (; bytes.Length >= 32; bytes = bytes[32..])
        {
            for (var i = 0; i < 4; i++)
            {
                lanes[i] = Round(lanes[i], BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * 8)..]));
            }
        }

        var hash = BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
            + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
        foreach (var lane in lanes)
        {
            hash = ((hash ^ Round(0, lane)) * P1) + P4;
        }

        return hash;
    }

    private static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + (input * P2), 31) * P1;
}
