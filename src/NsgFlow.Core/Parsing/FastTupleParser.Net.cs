using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NsgFlow.Parsing;

/// <summary>
/// Reads the tuples that Azure writes nearly always (IPv4, minified, no escapes, known codes) without a loop over their bytes:
/// 64 bytes at a time are turned into bit masks of commas, dots and digits, and each field is read at the place its bits tell.
/// Anything else gives 0 and is left to <see cref="TupleParser"/>, which alone decides what is wrong.
/// </summary>
internal static class FastTupleParser
{
    private const ulong Zeros = 0x3030303030303030;

    private static readonly Vector128<byte>[] _addressShuffles = MakeAddressShuffles();

    /// <summary>
    /// To be called before the first tuple: a method that is compiled while its class has not been initialized would ask about that at each
    /// call, for ever.
    /// </summary>
    public static void Prepare() => RuntimeHelpers.RunClassConstructor(typeof(FastTupleParser).TypeHandle);

    /// <summary>Reads the tuple whose text begins at <paramref name="first"/>; may look at <see cref="InputWindow.Slack"/> bytes from there.</summary>
    /// <returns>Length of the text up to the closing quote, or 0 when this tuple is none of the common ones.</returns>
    [MethodImpl(Hot.Path)]
    public static int Parse(ref byte first, FlowLogKind kind, ref FlowTuple tuple)
    {
        if (!Avx2.IsSupported)
        {
            return 0;
        }

        ReadMasks(ref first, (byte)',', (byte)'.', out var commas, out var dots, out var digits);
        var comma = commas;
        var time = Take(ref comma);
        var source = Take(ref comma);
        var destination = Take(ref comma);
        var sourcePort = Take(ref comma);
        var destinationPort = Take(ref comma);
        if (destinationPort == 64)
        {
            return 0;
        }

        var head = (1UL << destinationPort) - 1;
        dots &= head;
        if (((digits | commas | dots) & head) != head || BitOperations.PopCount(dots) != 6)
        {
            return 0;
        }

        if (!TryAddress(ref first, time, source, ref dots, out var sourceV4)
            || !TryAddress(ref first, source, destination, ref dots, out var destinationV4)
            || !TryPort(ref first, destination, sourcePort, out tuple.SourcePort)
            || !TryPort(ref first, sourcePort, destinationPort, out tuple.DestinationPort)
            || !TryTime(ref first, time, out tuple.UnixMilliseconds))
        {
            return 0;
        }

        tuple.Source = new FlowAddress(sourceV4);
        tuple.Destination = new FlowAddress(destinationV4);
        var tail = destinationPort + 1;
        var counters = kind == FlowLogKind.Nsg
            ? ParseNsgState(ref Unsafe.Add(ref first, tail), ref tuple)
            : ParseVNetState(ref Unsafe.Add(ref first, tail), ref tuple);
        if (counters <= 0)
        {
            // The state was the last field (version 1): the length is given as a negative number.
            return counters == 0 ? 0 : tail - counters;
        }

        tail += counters;
        var length = ParseCounters(ref Unsafe.Add(ref first, tail), ref tuple);
        return length == 0 ? 0 : tail + length;
    }

    /// <returns>Length up to the counters; the negative length of the tail when there are none; 0 when not common.</returns>
    [MethodImpl(Hot.Path)]
    private static int ParseNsgState(ref byte tail, ref FlowTuple tuple)
    {
        // T,O,A" or T,O,A,B,
        var text = Unsafe.ReadUnaligned<ulong>(ref tail);
        if ((text & 0x00_00_00_FF_00_FF_00) != 0x00_00_00_2C_00_2C_00)
        {
            return 0;
        }

        var protocol = (byte)text;
        var direction = (byte)(text >> 16);
        var decision = (byte)(text >> 32);
        if ((protocol != 'T' && protocol != 'U') || (direction != 'I' && direction != 'O') || (decision != 'A' && decision != 'D'))
        {
            return 0;
        }

        tuple.ProtocolCode = protocol == 'T' ? (ushort)FlowProtocol.Tcp : (ushort)FlowProtocol.Udp;
        tuple.Direction = direction == 'I' ? FlowDirection.Inbound : FlowDirection.Outbound;
        tuple.Decision = decision == 'A' ? FlowDecision.Allow : FlowDecision.Deny;
        tuple.EncryptionCode = 0;
        var after = (byte)(text >> 40);
        if (after == '"')
        {
            tuple.State = FlowState.None;
            NoCounters(ref tuple);
            return -5;
        }

        var state = (uint)((byte)(text >> 48) - 'B');
        if (after != ',' || (byte)(text >> 56) != ',' || (state != 0 && state != 1 && state != 3))
        {
            return 0;
        }

        tuple.State = state == 3 ? FlowState.End : FlowState.Begin + (byte)state;
        return 8;
    }

    /// <returns>Length up to the counters; 0 when not common.</returns>
    [MethodImpl(Hot.Path)]
    private static int ParseVNetState(ref byte tail, ref FlowTuple tuple)
    {
        // 6,O,B,NX, or 17,O,B,NX,
        var first = (uint)(tail - '0');
        var second = (uint)(Unsafe.Add(ref tail, 1) - '0');
        int at;
        if (first <= 9 && Unsafe.Add(ref tail, 1) == ',')
        {
            tuple.ProtocolCode = (ushort)first;
            at = 2;
        }
        else if (first <= 9 && second <= 9 && Unsafe.Add(ref tail, 2) == ',')
        {
            tuple.ProtocolCode = (ushort)((first * 10) + second);
            at = 3;
        }
        else
        {
            return 0;
        }

        var text = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref tail, at));
        var direction = (byte)text;
        var state = (uint)((byte)(text >> 16) - 'B');
        if ((text & 0xFF_00_FF_00) != 0x2C_00_2C_00 || (direction != 'I' && direction != 'O') || state > 3)
        {
            return 0;
        }

        tuple.Direction = direction == 'I' ? FlowDirection.Inbound : FlowDirection.Outbound;
        tuple.Decision = state == 2 ? FlowDecision.Deny : FlowDecision.Allow;
        tuple.State = state switch { 0 => FlowState.Begin, 1 => FlowState.Continue, 2 => FlowState.Deny, _ => FlowState.End };
        var encryption = (uint)(text >> 32);
        if ((encryption & 0xFFFFFF) == 0x2C584E)
        {
            tuple.EncryptionCode = (ushort)FlowEncryption.NotEncrypted;
            return at + 7;
        }

        if ((encryption & 0xFFFF) == 0x2C58)
        {
            tuple.EncryptionCode = (ushort)FlowEncryption.Encrypted;
            return at + 6;
        }

        return 0;
    }

    /// <returns>Length up to the closing quote; 0 when not common.</returns>
    [MethodImpl(Hot.Path)]
    private static int ParseCounters(ref byte text, ref FlowTuple tuple)
    {
        if (Unsafe.ReadUnaligned<uint>(ref text) == 0x222C2C2C)
        {
            NoCounters(ref tuple);
            return 3;
        }

        ReadMasks(ref text, (byte)',', (byte)'"', out var commas, out var quotes, out var digits);
        var end = BitOperations.TrailingZeroCount(quotes);
        if (end == 64)
        {
            return 0;
        }

        var all = (1UL << end) - 1;
        commas &= all;
        if (((digits | commas) & all) != all || BitOperations.PopCount(commas) != 3)
        {
            return 0;
        }

        var one = Take(ref commas);
        var two = Take(ref commas);
        var three = Take(ref commas);
        return TryCounter(ref text, -1, one, out tuple.PacketsSent) && TryCounter(ref text, one, two, out tuple.BytesSent)
            && TryCounter(ref text, two, three, out tuple.PacketsReceived) && TryCounter(ref text, three, end, out tuple.BytesReceived)
                ? end
                : 0;
    }

    private static void NoCounters(ref FlowTuple tuple)
    {
        tuple.PacketsSent = FlowTuple.NotRecorded;
        tuple.BytesSent = FlowTuple.NotRecorded;
        tuple.PacketsReceived = FlowTuple.NotRecorded;
        tuple.BytesReceived = FlowTuple.NotRecorded;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadMasks(ref byte text, byte one, byte other, out ulong ones, out ulong others, out ulong digits)
    {
        var low = Vector256.LoadUnsafe(ref text);
        var high = Vector256.LoadUnsafe(ref text, 32);
        ones = Mask(Avx2.CompareEqual(low, Vector256.Create(one)), Avx2.CompareEqual(high, Vector256.Create(one)));
        others = Mask(Avx2.CompareEqual(low, Vector256.Create(other)), Avx2.CompareEqual(high, Vector256.Create(other)));
        var nine = Vector256.Create((byte)9);
        var lowDigits = Avx2.Subtract(low, Vector256.Create((byte)'0'));
        var highDigits = Avx2.Subtract(high, Vector256.Create((byte)'0'));
        digits = Mask(Avx2.CompareEqual(Avx2.Min(lowDigits, nine), lowDigits), Avx2.CompareEqual(Avx2.Min(highDigits, nine), highDigits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high) => (uint)Avx2.MoveMask(low) | ((ulong)(uint)Avx2.MoveMask(high) << 32);

    /// <summary>The place of the lowest bit, which is cleared; 64 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Take(ref ulong mask)
    {
        var place = BitOperations.TrailingZeroCount(mask);
        mask &= mask - 1;
        return place;
    }

    /// <summary>Seconds (10 digits) or milliseconds (13 digits), as every time stamp between 2001 and 2286 is written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryTime(ref byte text, int end, out long milliseconds)
    {
        if (end == 10)
        {
            var seconds = ((text - '0') * 10L) + (Unsafe.Add(ref text, 1) - '0');
            milliseconds = ((seconds * 100_000_000) + Eight(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, 2)) - Zeros)) * 1000;
            return true;
        }

        var last = Eight(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, 5)) - Zeros);
        var high = Eight(Unsafe.ReadUnaligned<ulong>(ref text) - Zeros) / 1000;
        milliseconds = (high * 100_000_000L) + last;
        return end == 13 && milliseconds >= UnixTime.FirstMilliseconds;
    }

    /// <summary>
    /// Four octets between two commas: a table tells for the octets' lengths how to spread them to hundreds, tens and ones, and one
    /// multiply-add each gives their values.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryAddress(ref byte text, int before, int end, ref ulong dots, out uint v4)
    {
        var one = Take(ref dots);
        var two = Take(ref dots);
        var three = Take(ref dots);
        v4 = 0;
        var a = one - before - 2;
        var b = two - one - 2;
        var c = three - two - 2;
        var d = end - three - 2;
        if ((uint)a > 2 || (uint)b > 2 || (uint)c > 2 || (uint)d > 2)
        {
            return false;
        }

        var digits = Vector128.LoadUnsafe(ref Unsafe.Add(ref text, before + 1)) - Vector128.Create((byte)'0');
        var spread = Ssse3.Shuffle(digits, _addressShuffles[a + (3 * b) + (9 * c) + (27 * d)]);
        var pairs = Ssse3.MultiplyAddAdjacent(spread, Vector128.Create((sbyte)0, 100, 10, 1, 0, 100, 10, 1, 0, 100, 10, 1, 0, 100, 10, 1));
        var octets = Sse2.MultiplyAddAdjacent(pairs, Vector128<short>.One).AsUInt32();
        if (Vector128.GreaterThanAny(octets, Vector128.Create(255u)))
        {
            return false;
        }

        v4 = Ssse3.Shuffle(octets.AsByte(), Vector128.Create((byte)12, 8, 4, 0, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128))
            .AsUInt32().ToScalar();
        return true;
    }

    private static Vector128<byte>[] MakeAddressShuffles()
    {
        var shuffles = new Vector128<byte>[81];
        for (var lengths = 0; lengths < shuffles.Length; lengths++)
        {
            var places = new byte[16];
            var at = 0;
            var rest = lengths;
            for (var octet = 0; octet < 4; octet++)
            {
                var length = (rest % 3) + 1;
                rest /= 3;
                for (var digit = 0; digit < 4; digit++)
                {
                    var fromEnd = 3 - digit;
                    places[(octet * 4) + digit] = fromEnd < length ? (byte)(at + length - 1 - fromEnd) : (byte)0x80;
                }

                at += length + 1;
            }

            shuffles[lengths] = Vector128.Create(places);
        }

        return shuffles;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryPort(ref byte text, int before, int end, out ushort port)
    {
        var length = end - before - 1;
        var number = Eight(LastDigits(ref text, end, length));
        port = (ushort)number;
        return (uint)(length - 1) <= 4 && number <= ushort.MaxValue;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCounter(ref byte text, int before, int end, out long counter)
    {
        var length = end - before - 1;
        if ((uint)(length - 1) <= 7)
        {
            counter = Eight(LastDigits(ref text, end, length));
            return true;
        }

        if ((uint)(length - 9) <= 7)
        {
            counter = (Eight(LastDigits(ref text, end - 8, length - 8)) * 100_000_000L) + Eight(LastDigits(ref text, end, 8));
            return true;
        }

        counter = 0;
        return false;
    }

    /// <summary>The last one to eight digits before <paramref name="end"/> as byte values, zeros before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LastDigits(ref byte text, int end, int length) =>
        (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref text, end - 8)) & (ulong.MaxValue << (64 - (8 * length)))) & 0x0F0F0F0F0F0F0F0F;

    /// <summary>The number that eight digits (byte values 0 to 9, the first in the lowest byte) make.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Eight(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        digits = ((digits & 0x00FF00FF00FF00FF) * 100) + ((digits >> 16) & 0x00FF00FF00FF00FF);
        return (uint)(((digits & 0x0000FFFF0000FFFF) * 10000) + ((digits >> 32) & 0x0000FFFF0000FFFF));
    }
}
