using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>
/// The flows that are open at a point of a log: a small hash table from which ended ones are taken out again. A flow whose Begin was not seen is marked.
/// </summary>
internal sealed class OpenFlows
{
    private const int Least = 1024;
    private const ulong Mark = 1;
    private ulong[] _places = new ulong[Least];
    private int _count;

    public long Bytes => 8L * _places.Length;

    /// <summary>The number a flow is held under: never 0, and its lowest bit is free for the mark.</summary>
    public static ulong Id(ulong hash) => (hash | 2) & ~Mark;

    /// <summary>Says that a flow will be asked for soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Expect(ulong id) => Prefetch.Read(ref _places[PlaceOf(id, _places.Length - 1)]);

    /// <summary>Adds a flow, if it is not there.</summary>
    /// <returns>Whether it was there.</returns>
    [MethodImpl(Hot.Path)]
    public bool Open(ulong id, bool isBegun)
    {
        var mask = _places.Length - 1;
        var place = PlaceOf(id, mask);
        while (_places[place] != 0)
        {
            if ((_places[place] & ~Mark) == id)
            {
                return true;
            }

            place = (place + 1) & mask;
        }

        _places[place] = isBegun ? id : id | Mark;
        if (++_count > _places.Length / 2)
        {
            Grow();
        }

        return false;
    }

    /// <summary>Takes a flow out.</summary>
    /// <param name="id">The flow's <see cref="Id"/>.</param>
    /// <param name="isMarked">Whether its Begin was not seen.</param>
    /// <returns>Whether it was there.</returns>
    [MethodImpl(Hot.Path)]
    public bool Close(ulong id, out bool isMarked)
    {
        var places = _places;
        var mask = places.Length - 1;
        var place = PlaceOf(id, mask);
        isMarked = false;
        while ((places[place] & ~Mark) != id)
        {
            if (places[place] == 0)
            {
                return false;
            }

            place = (place + 1) & mask;
        }

        isMarked = (places[place] & Mark) != 0;
        _count--;

        // What follows moves up, so that nothing is searched in vain and no place is lost.
        for (var next = (place + 1) & mask; places[next] != 0; next = (next + 1) & mask)
        {
            var home = PlaceOf(places[next] & ~Mark, mask);
            if (((next - home) & mask) >= ((next - place) & mask))
            {
                places[place] = places[next];
                place = next;
            }
        }

        places[place] = 0;
        return true;
    }

    /// <summary>Takes all flows out and gives those whose Begin was seen.</summary>
    public IEnumerable<ulong> Clear()
    {
        if (_count > 0)
        {
            foreach (var place in _places)
            {
                if (place != 0 && (place & Mark) == 0)
                {
                    yield return place;
                }
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

        _count = 0;
    }

    private static int PlaceOf(ulong id, int mask) => (int)(id >> 20) & mask;

    private void Grow()
    {
        var old = _places;
        _places = new ulong[2 * old.Length];
        var mask = _places.Length - 1;
        foreach (var item in old)
        {
            if (item == 0)
            {
                continue;
            }

            var place = PlaceOf(item & ~Mark, mask);
            while (_places[place] != 0)
            {
                place = (place + 1) & mask;
            }

            _places[place] = item;
        }
    }
}
