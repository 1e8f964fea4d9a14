using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>What is added up for a row. Every part can be added in any order and in any pieces, with the same result.</summary>
internal struct TrafficTotals
{
    public long Flows;
    public long Denied;
    public long Tuples;
    public long Recorded;
    public long Merged;
    public long PacketsSent;
    public long BytesSent;
    public long PacketsReceived;
    public long BytesReceived;
    public long First;
    public long Last;

    public static TrafficTotals Nothing => new() { First = long.MaxValue, Last = long.MinValue };

    public readonly bool IsEmpty => Tuples == 0;

    /// <summary>Adds a tuple.</summary>
    /// <param name="tuple">The tuple; a counter that is not recorded adds nothing.</param>
    /// <param name="flows">1 when a flow is counted by this tuple, else 0.</param>
    [MethodImpl(Hot.Path)]
    public void Add(in FlowTuple tuple, int flows)
    {
        Tuples++;
        Flows += flows;
        Denied += flows & (int)tuple.Decision;
        First = Math.Min(First, tuple.UnixMilliseconds);
        Last = Math.Max(Last, tuple.UnixMilliseconds);

        // Without a jump for blank counters, which no processor can foresee: half of all tuples have none.
        Recorded += 1 + ((tuple.PacketsSent & tuple.BytesSent & tuple.PacketsReceived & tuple.BytesReceived) >> 63);
        PacketsSent = Sum(PacketsSent, OrZero(tuple.PacketsSent));
        BytesSent = Sum(BytesSent, OrZero(tuple.BytesSent));
        PacketsReceived = Sum(PacketsReceived, OrZero(tuple.PacketsReceived));
        BytesReceived = Sum(BytesReceived, OrZero(tuple.BytesReceived));
    }

    public void Add(in TrafficTotals other)
    {
        Flows += other.Flows;
        Denied += other.Denied;
        Tuples += other.Tuples;
        Recorded += other.Recorded;
        Merged += other.Merged;
        PacketsSent = Sum(PacketsSent, other.PacketsSent);
        BytesSent = Sum(BytesSent, other.BytesSent);
        PacketsReceived = Sum(PacketsReceived, other.PacketsReceived);
        BytesReceived = Sum(BytesReceived, other.BytesReceived);
        First = Math.Min(First, other.First);
        Last = Math.Max(Last, other.Last);
    }

    /// <summary>What rows are ordered by; flows, when that is a number of different values.</summary>
    public readonly long Value(TrafficOrder order) => order switch
    {
        TrafficOrder.Bytes => Sum(BytesSent, BytesReceived),
        TrafficOrder.BytesSent => BytesSent,
        TrafficOrder.BytesReceived => BytesReceived,
        TrafficOrder.Packets => Sum(PacketsSent, PacketsReceived),
        TrafficOrder.Denied => Denied,
        _ => Flows,
    };

    /// <summary>Stays at the largest number instead of turning negative: a hostile log may hold counters of any size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Sum(long left, long right)
    {
        var sum = unchecked(left + right);
        return sum < 0 ? long.MaxValue : sum;
    }

    /// <summary>A counter, or 0 when it is not recorded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long OrZero(long counter) => counter & ~(counter >> 63);
}
