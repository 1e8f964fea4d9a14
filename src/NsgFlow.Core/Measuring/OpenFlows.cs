using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Which flows are open at a point of a log: a small hash table of flows and their states. Closed ones stay until the table is full, as taking
/// them out one by one would cost more.
/// </summary>
internal sealed class OpenFlows
{
    private const int Least = 1024;
    private const ulong StateBits = 3;

    /// <summary>Closed, after it was seen.</summary>
    private const ulong Closed = 0;

    /// <summary>Open, and its Begin was seen.</summary>
    private const ulong Begun = 1;

    /// <summary>Open, and not known whether it was before.</summary>
    private const ulong Headless = 2;

    /// <summary>Never seen.</summary>
    private const ulong Unknown = 3;

    // By state of the tuple and of the flow: the state that follows, and whether the tuple is to be noted, in four bits each.
    // A table instead of questions, since the processor could not guess their answers.
    private static readonly ulong _next = Table(static rule => rule.Next);
    private static readonly ulong _answer = Table(static rule => (ulong)rule.Answer);

    private ulong[] _places = new ulong[Least];
    private int _used;

    public long Bytes => 8L * _places.Length;

    /// <summary>The number a flow is held under: never 0, and its lowest bits are free for the state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Id(ulong hash) => (hash | (StateBits + 1)) & ~StateBits;

    /// <summary>To be called before the first step is compiled; see <see cref="Parsing.FastTupleParser.Prepare"/>.</summary>
    public static void Prepare() => RuntimeHelpers.RunClassConstructor(typeof(OpenFlows).TypeHandle);

    /// <summary>Says that a flow will be asked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong id) => Prefetch.Read(ref _places[PlaceOf(id, _places.Length - 1)]);

    /// <summary>Goes on with a flow.</summary>
    /// <param name="id">The flow's <see cref="Id"/>.</param>
    /// <param name="state">The state its tuple tells: Begin, Continue or End.</param>
    /// <returns>Whether the tuple is the first of its flow, as far as can be told.</returns>
    [MethodImpl(Hot.Path)]
    public FlowStart Step(ulong id, FlowState state)
    {
        var places = _places;
        var place = PlaceOf(id, places.Length - 1);
        var found = places[place];
        if (found != 0 && (found & ~StateBits) != id)
        {
            place = Find(places, id);
            found = places[place];
        }

        // Counted rather than asked, as nobody could guess whether a flow is new.
        var isNew = found == 0;
        _used += isNew ? 1 : 0;
        var at = RuleOf(state, isNew ? Unknown : found & StateBits);
        places[place] = id | ((_next >> at) & StateBits);

        // Three places of four stay free: then a flow mostly stands where it is looked for first.
        if (_used > places.Length / 4)
        {
            Rebuild();
        }

        return (FlowStart)((_answer >> at) & 3);
    }

    /// <summary>Takes all flows out and gives the open ones whose Begin was seen.</summary>
    public IEnumerable<ulong> Clear()
    {
        for (var i = 0; _used > 0 && i < _places.Length; i++)
        {
            if ((_places[i] & StateBits) == Begun)
            {
                yield return _places[i] & ~StateBits;
            }
        }

        if (_places.Length > 16 * Least)
        {
            _places = new ulong[Least];
        }
        else
        {
            Array.Clear(_places, 0, _places.Length);
        }

        _used = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(ulong id, int mask) => (int)(id >> 20) & mask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RuleOf(FlowState tuple, ulong flow) => 4 * (((int)tuple << 2) + (int)flow);

    [MethodImpl(Hot.Path)]
    private static int Find(ulong[] places, ulong id)
    {
        var mask = places.Length - 1;
        var place = PlaceOf(id, mask);
        while (places[place] != 0 && (places[place] & ~StateBits) != id)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private static ulong Table(Func<(ulong Next, FlowStart Answer), ulong> part)
    {
        ulong table = 0;
        for (var state = FlowState.Begin; state <= FlowState.End; state++)
        {
            for (var flow = Closed; flow <= Unknown; flow++)
            {
                table |= part(Rule(state, flow)) << RuleOf(state, flow);
            }
        }

        return table;
    }

    private static (ulong Next, FlowStart Answer) Rule(FlowState tuple, ulong flow) => (tuple, flow) switch
    {
        // What is open without a known beginning stays so, in order that its End is noted as its Continue was.
        (FlowState.Begin, Headless) => (Headless, FlowStart.Yes),
        (FlowState.Begin, _) => (Begun, FlowStart.Yes),
        (FlowState.Continue, Unknown) => (Headless, FlowStart.Open),
        (FlowState.Continue, Closed) => (Begun, FlowStart.Yes),
        (FlowState.Continue, _) => (flow, FlowStart.No),
        (_, Unknown) => (Closed, FlowStart.Open),
        (_, Closed) => (Closed, FlowStart.Yes),
        (_, Headless) => (Closed, FlowStart.Noted),
        _ => (Closed, FlowStart.No),
    };

    /// <summary>Makes room: without the closed flows, and larger when the open ones alone fill too much of it.</summary>
    private void Rebuild()
    {
        var old = _places;
        var open = 0;
        foreach (var item in old)
        {
            open += (item & StateBits) != Closed ? 1 : 0;
        }

        _places = new ulong[open > old.Length / 8 ? 2 * old.Length : old.Length];
        _used = 0;
        foreach (var item in old)
        {
            if ((item & StateBits) != Closed)
            {
                _places[Find(_places, item & ~StateBits)] = item;
                _used++;
            }
        }
    }
}
