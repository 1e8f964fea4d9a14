using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Tells which tuples are the first of their flow: a Begin always is, a Continue or End when nothing of the flow came before it. Whole flows
/// come and go in a small table; what is left over at the end of a stretch of the log becomes events, for <see cref="FlowEvents.Resolve"/>.
/// </summary>
internal sealed class FlowStarts : IDisposable
{
    // Entries of a network interface are seconds apart, so that these bits and those of the milliseconds between them number all tuples.
    private const int SequenceBits = 10;
    private readonly OpenFlows _open = new();
    private readonly FlowOrder _order;
    private long _orderBase;
    private long _sequence;

    /// <param name="order">How far the order of the tuples can be relied on.</param>
    /// <param name="keyWords">Words of a row's key.</param>
    /// <param name="folder">Where to put events aside.</param>
    public FlowStarts(FlowOrder order, int keyWords, SpillFolder folder)
    {
        _order = order;
        Events = new FlowEvents(keyWords, folder);
    }

    public FlowEvents Events { get; }

    public long Bytes => _open.Bytes + Events.BytesWhenGrown;

    /// <summary>Begins a stretch in which the tuples of each flow come in order.</summary>
    /// <param name="milliseconds">A time that orders it among the stretches of the same network interface.</param>
    public void BeginStretch(long milliseconds)
    {
        Cut();
        _orderBase = milliseconds << SequenceBits;
        _sequence = 0;
    }

    /// <summary>The flow a tuple is of, for <see cref="Count"/>; 0 when it is one by itself.</summary>
    /// <param name="tuple">The tuple.</param>
    /// <param name="observer">Who captured it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Expect(in FlowTuple tuple, ulong observer)
    {
        if (tuple.Decision == FlowDecision.Deny || tuple.State == FlowState.None)
        {
            return 0;
        }

        var flow = FlowOf(in tuple, observer);
        _open.Expect(flow);
        return flow;
    }

    /// <summary>1 when the tuple is the first of its flow for certain, else 0; then it is noted where that is still to be found out.</summary>
    /// <param name="tuple">The tuple.</param>
    /// <param name="flow">The flow that <see cref="Expect"/> told.</param>
    /// <param name="key">Key of its row.</param>
    [MethodImpl(Hot.Path)]
    public int Count(in FlowTuple tuple, ulong flow, ReadOnlySpan<ulong> key)
    {
        if (flow == 0)
        {
            return 1;
        }

        if (_order == FlowOrder.Tuple)
        {
            Events.Add(flow, tuple.UnixMilliseconds, tuple.UnixMilliseconds, tuple.State, key);
            return tuple.State == FlowState.Begin ? 1 : 0;
        }

        var start = _open.Step(flow, tuple.State);
        if (start >= FlowStart.Open)
        {
            Events.Add(flow, _orderBase + _sequence++, tuple.UnixMilliseconds, tuple.State, key);
        }

        return start == FlowStart.Yes ? 1 : 0;
    }

    /// <summary>Makes events of the flows that are open: what comes next need not follow on what came.</summary>
    public void Cut()
    {
        foreach (var flow in _open.Clear())
        {
            Events.Add(flow, _orderBase + _sequence++, 0, FlowState.Begin, default);
        }
    }

    public void Dispose() => Events.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FlowOf(in FlowTuple tuple, ulong observer)
    {
        var rest = tuple.SourcePort | ((ulong)tuple.DestinationPort << 16) | ((ulong)tuple.ProtocolCode << 32) | ((ulong)tuple.Direction << 48);
        if (tuple.Source.IsV4 && tuple.Destination.IsV4)
        {
            // Both addresses fit one word.
            return OpenFlows.Id(KeyHash.Of(((ulong)tuple.Source.V4 << 32) | tuple.Destination.V4, rest ^ observer));
        }

        var source = tuple.Source.Low ^ (tuple.Source.High * 0x9E37_79B9_7F4A_7C15) ^ observer;
        var destination = tuple.Destination.Low ^ (tuple.Destination.High * 0xD6E8_FEB8_6659_FD93);
        return OpenFlows.Id(KeyHash.Of(source, destination, rest));
    }
}
