using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Sessions;

/// <summary>
/// The open sessions of all logs: a hash table by log, direction and five-tuple, whose places are also the links of each log's queue.
/// Adding, finding and removing touch a few places only; nothing is allocated but when the table grows.
/// </summary>
internal sealed class OpenSessions
{
    private const int FirstSize = 256;

    // Who chooses addresses and ports must not choose the buckets too. No order of anything depends on it.
    private readonly ulong _seed = unchecked((ulong)Guid.NewGuid().GetHashCode() * 0xD6E8FEB86659FD93);

    private OpenSession[] _places = new OpenSession[FirstSize];
    private int[] _buckets = NewBuckets(FirstSize);
    private int _used;
    private int _free = -1;
    private long _numbers;

    /// <summary>Number of open sessions.</summary>
    public int Count { get; private set; }

    /// <summary>A session by its place.</summary>
    public ref OpenSession this[int place] => ref _places[place];

    /// <summary>Hash of a tuple's key. Direction is part of it: a network virtual appliance forwards a flow by the interface it came in by, and logs it both ways.</summary>
    [MethodImpl(Hot.Path)]
    public uint Hash(in FlowTuple tuple, SessionLog log)
    {
        unchecked
        {
            var hash = ((ulong)tuple.SourcePort << 48) | ((ulong)tuple.DestinationPort << 32) | ((ulong)tuple.ProtocolCode << 16) | (byte)tuple.Direction;
            hash = Mix(hash + _seed + ((ulong)log.Number * 0x9E3779B97F4A7C15));
            hash = Mix(hash ^ tuple.Source.Low ^ (tuple.Source.High * 0xD6E8FEB86659FD93));
            hash = Mix(hash ^ tuple.Destination.Low ^ (tuple.Destination.High * 0xA0761D6478BD642F));
            return (uint)(hash >> 32);
        }
    }

    /// <summary>The place of the open session that a tuple belongs to; -1 when there is none.</summary>
    [MethodImpl(Hot.Path)]
    public int Find(in FlowTuple tuple, SessionLog log, uint hash)
    {
        var places = _places;
        for (var place = _buckets[hash & (uint)(_buckets.Length - 1)]; place >= 0; place = places[place].NextInBucket)
        {
            ref var session = ref places[place];
            if (session.Hash == hash && ReferenceEquals(session.Log, log) && IsSame(in session.Sum, in tuple))
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>Opens a session with its first tuple, as the one touched last.</summary>
    [MethodImpl(Hot.Path)]
    public ref OpenSession Add(in FlowTuple tuple, FlowGroup group, SessionLog log, uint hash)
    {
        var place = TakePlace();
        ref var session = ref _places[place];
        ref var bucket = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        session.Sum = tuple;
        session.Group = group;
        session.Log = log;
        session.Last = tuple.UnixMilliseconds;
        session.Number = _numbers++;
        session.Observations = 1;
        session.Hash = hash;
        session.NextInBucket = bucket;
        bucket = place;
        Append(ref session, place, log);
        Count++;
        return ref session;
    }

    /// <summary>Makes a session the one touched last.</summary>
    [MethodImpl(Hot.Path)]
    public void Touch(int place)
    {
        ref var session = ref _places[place];
        var log = session.Log!;
        if (log.Newest == place)
        {
            session.Touched = log.Clock;
            return;
        }

        Unlink(ref session, log);
        Append(ref session, place, log);
    }

    /// <summary>Takes a session out. Its place is free from now on.</summary>
    [MethodImpl(Hot.Path)]
    public void Remove(int place)
    {
        ref var session = ref _places[place];
        ref var link = ref _buckets[session.Hash & (uint)(_buckets.Length - 1)];
        while (link != place)
        {
            link = ref _places[link].NextInBucket;
        }

        link = session.NextInBucket;
        Unlink(ref session, session.Log!);
        session.Group = null;
        session.Log = null;
        session.NextInBucket = _free;
        _free = place;
        Count--;
    }

    /// <summary>The places of all open sessions, by start and then by the order in which they came.</summary>
    public int[] InOrder()
    {
        var places = new int[Count];
        var found = 0;
        for (var place = 0; place < _used; place++)
        {
            if (_places[place].Log is not null)
            {
                places[found++] = place;
            }
        }

        Array.Sort(places, (left, right) =>
        {
            ref var one = ref _places[left];
            ref var two = ref _places[right];
            return one.Sum.UnixMilliseconds != two.Sum.UnixMilliseconds
                ? one.Sum.UnixMilliseconds.CompareTo(two.Sum.UnixMilliseconds)
                : one.Number.CompareTo(two.Number);
        });
        return places;
    }

    private static ulong Mix(ulong hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
            return hash ^ (hash >> 27);
        }
    }

    private static bool IsSame(in FlowTuple one, in FlowTuple two) =>
        one.SourcePort == two.SourcePort && one.DestinationPort == two.DestinationPort && one.ProtocolCode == two.ProtocolCode
        && one.Direction == two.Direction && one.Source == two.Source && one.Destination == two.Destination;

    private static int[] NewBuckets(int size)
    {
        var buckets = new int[size];
        for (var i = 0; i < size; i++)
        {
            buckets[i] = -1;
        }

        return buckets;
    }

    private int TakePlace()
    {
        if (_free >= 0)
        {
            var place = _free;
            _free = _places[place].NextInBucket;
            return place;
        }

        if (_used == _places.Length)
        {
            Grow();
        }

        return _used++;
    }

    private void Grow()
    {
        Array.Resize(ref _places, 2 * _places.Length);
        _buckets = NewBuckets(_places.Length);
        for (var place = 0; place < _used; place++)
        {
            ref var session = ref _places[place];
            ref var bucket = ref _buckets[session.Hash & (uint)(_buckets.Length - 1)];
            session.NextInBucket = bucket;
            bucket = place;
        }
    }

    private void Append(ref OpenSession session, int place, SessionLog log)
    {
        session.Touched = log.Clock;
        session.Older = log.Newest;
        session.Newer = -1;
        if (log.Newest >= 0)
        {
            _places[log.Newest].Newer = place;
        }
        else
        {
            log.Oldest = place;
        }

        log.Newest = place;
    }

    private void Unlink(ref OpenSession session, SessionLog log)
    {
        if (session.Older >= 0)
        {
            _places[session.Older].Newer = session.Newer;
        }
        else
        {
            log.Oldest = session.Newer;
        }

        if (session.Newer >= 0)
        {
            _places[session.Newer].Older = session.Older;
        }
        else
        {
            log.Newest = session.Older;
        }
    }
}
