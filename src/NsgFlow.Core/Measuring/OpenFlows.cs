using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Which flows are open at a point of a log: a small hash table of flows and their states, from which ended ones are taken out.
/// </summary>
internal sealed class OpenFlows
{
    private const int Least = 1024;
    private const int NearPlaces = 64 * 1024;
    private const ulong StateBits = 3;

    /// <summary>Not there: closed, or never seen.</summary>
    private const ulong None = 0;

    /// <summary>Open, and its Begin was seen.</summary>
    private const ulong Begun = 1;

    /// <summary>Open, and not known whether it was before.</summary>
    private const ulong Headless = 2;

    // By state of the tuple and of the flow: the state that follows, and the answer, in four bits each.
    // A table instead of questions, since the processor could not guess their answers.
    private static readonly ulong _next = Table(static rule => rule.Next);
    private static readonly ulong _answer = Table(static rule => (ulong)rule.Answer);

    private ulong[] _places = new ulong[Least];
    private int _used;

    public long Bytes => 8L * _places.Length;

    /// <summary>Whether the table is so small that it need not be asked for ahead.</summary>
    public bool IsNear => _places.Length <= NearPlaces;

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

        // Counted and written rather than asked, as nobody could guess whether a flow is new or ends.
        var at = RuleOf(state, found & StateBits);
        var next = (_next >> at) & StateBits;
        var isGone = unchecked(next - 1) >> 63;
        places[place] = (id | next) & unchecked(isGone - 1);
        _used += (found == 0 ? 1 : 0) - (int)isGone;
        if ((places[(place + 1) & (places.Length - 1)] & unchecked(0 - isGone)) != 0)
        {
            CloseGap(place);
        }

        // Three places of four stay free: then a flow mostly stands where it is looked for first, and alone.
        if (_used > places.Length / 4)
        {
            Grow();
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
            for (var flow = None; flow <= Headless; flow++)
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
        (FlowState.Continue, None) => (Headless, FlowStart.Open),
        (FlowState.Continue, _) => (flow, FlowStart.No),
        (_, None) => (None, FlowStart.Open),
        (_, Headless) => (None, FlowStart.Noted),
        _ => (None, FlowStart.No),
    };

    /// <summary>Moves up what follows a place that has become free, so that nothing is searched for in vain.</summary>
    [MethodImpl(Hot.Path)]
    private void CloseGap(int place)
    {
        var places = _places;
        var mask = places.Length - 1;
        for (var next = (place + 1) & mask; places[next] != 0; next = (next + 1) & mask)
        {
            var home = PlaceOf(places[next], mask);
            if (((next - home) & mask) >= ((next - place) & mask))
            {
                places[place] = places[next];
                places[next] = 0;
                place = next;
            }
        }
    }

    [MethodImpl(Hot.Path)]
    private void Grow()
    {
        var old = _places;
        _places = new ulong[2 * old.Length];
        foreach (var item in old)
        {
            if (item != 0)
            {
                _places[Find(_places, item & ~StateBits)] = item;
            }
        }
    }
}
