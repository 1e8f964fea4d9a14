using System;
using System.Collections.Generic;

namespace NsgFlow.Samples;

/// <summary>
/// A stream of sessions, minute by minute: one network interface's own, or those between two of the sample's. The second kind is
/// made twice from the same random numbers, once for each end, so that neither has to wait for the other's blob.
/// </summary>
internal sealed class SampleTraffic
{
    private const long Minute = 60_000;
    private const long Update = 300_000;

    /// <summary>Minutes ahead that a session's next tuple can be, rounded up to a power of two.</summary>
    private const int Ahead = 8;

    /// <summary>Minutes before the start in which sessions begin; the longest ones last as long.</summary>
    private const int WarmUp = 75;

    private readonly SampleRandom _random;
    private readonly SessionMaker _maker;
    private readonly TrafficMix _mix;
    private readonly FlowSampleFormat _format;
    private readonly long _rate;
    private readonly List<int>[] _due = new List<int>[Ahead];
    private readonly List<int> _free = [];
    private readonly List<int> _done = [];
    private readonly HashSet<ulong> _open = [];
    private SampleSession[] _sessions = new SampleSession[256];
    private SampleRow[] _rows = new SampleRow[256];
    private int _sessionCount;

    public SampleTraffic(TrafficMix mix, SessionMaker maker, SampleRandom random, long hundredths, FlowSampleFormat format)
    {
        _mix = mix;
        _maker = maker;
        _random = random;
        _format = format;
        _rate = mix.SessionsPerMinute(hundredths, format);
        for (var i = 0; i < Ahead; i++)
        {
            _due[i] = [];
        }

        // Version 1 has no tuple but the first, so nothing of earlier sessions shows.
        for (var minute = -WarmUp; minute < 0 && format != FlowSampleFormat.Nsg1; minute++)
        {
            Begin(minute);
            EndMinute();
        }
    }

    /// <summary>Logged by the far end: directions and rules are the other side's.</summary>
    public bool Mirrored { get; init; }

    public int RowCount { get; private set; }

    public ref SampleRow Row(int index) => ref _rows[index];

    public ref SampleSession Session(int index) => ref _sessions[index];

    /// <summary>Makes the minute's rows, each session's in order of time; call <see cref="EndMinute"/> when they are written.</summary>
    public void Simulate(int minute)
    {
        var due = _due[minute & (Ahead - 1)];
        foreach (var index in due)
        {
            Advance(index, (minute + 1) * Minute);
        }

        due.Clear();
        Begin(minute);
    }

    /// <summary>Forgets the sessions that ended. Only now may a five-tuple come again, so that no two of its sessions overlap.</summary>
    public void EndMinute()
    {
        foreach (var index in _done)
        {
            ref var session = ref _sessions[index];

            // The five-tuple of a session begun before the sample stays taken: a second one with a Begin would make it a
            // matter of opinion how many flows there are.
            if (!session.Kind.Denied && session.Begin >= 0)
            {
                _open.Remove(session.Key);
            }

            _free.Add(index);
        }

        _done.Clear();
        RowCount = 0;
    }

    private void Begin(int minute)
    {
        var wave = !_mix.InBursts ? 128 + _random.Next(257) : _random.Next(6) == 0 ? 6 * 256 : 0;
        var starts = ((_rate * wave / 256) + _random.Next(65536)) >> 16;
        for (; starts > 0; starts--)
        {
            Begin((minute * Minute) + _random.Next((int)Minute), (minute + 1) * Minute);
        }
    }

    private void Begin(long time, long minuteEnd)
    {
        var kind = _mix.Pick(_random);
        if (!TryMake(kind, time, out var session))
        {
            return;
        }

        if (time < 0)
        {
            Warm(ref session);
            return;
        }

        var index = Keep(session);
        if (kind.Denied)
        {
            Deny(index, time, minuteEnd);
        }
        else if (_format == FlowSampleFormat.Nsg1 || (_format == FlowSampleFormat.Nsg2 && kind.IsStatelessInNsg))
        {
            AddRow(index, _format == FlowSampleFormat.Nsg1 ? FlowState.None : FlowState.Begin, time);
            _done.Add(index);
        }
        else
        {
            AddRow(index, FlowState.Begin, time);
            Advance(index, minuteEnd);
        }
    }

    private bool TryMake(TrafficKind kind, long time, out SampleSession session)
    {
        // Eight draws in vain only happen when nearly all ports are in use; then there is one session less.
        for (var i = 0; i < 8; i++)
        {
            session = _maker.Make(kind, _random, time, anyPort: i > 0);
            if (kind.Denied || _open.Add(session.Key))
            {
                return true;
            }
        }

        session = default;
        return false;
    }

    /// <summary>A session begun before the sample: kept at its first tuple inside, if it has one.</summary>
    private void Warm(ref SampleSession session)
    {
        var kind = session.Kind;
        if (kind.Denied)
        {
            return;
        }

        if (session.End < 0 || (_format == FlowSampleFormat.Nsg2 && kind.IsStatelessInNsg))
        {
            _open.Remove(session.Key);
            return;
        }

        while (session.Next < 0)
        {
            session.Next = Math.Min(session.Next + Update, session.End);
        }

        Schedule(Keep(session), session.Next);
    }

    private void Deny(int index, long time, long minuteEnd)
    {
        var state = _format == FlowSampleFormat.Nsg1 ? FlowState.None : FlowState.Deny;
        AddRow(index, state, time);
        var again = time + 1000 + _random.Next(40);
        if (_random.Next(8) == 0 && again < minuteEnd)
        {
            AddRow(index, state, again);
        }

        _done.Add(index);
    }

    private void Advance(int index, long minuteEnd)
    {
        ref var session = ref _sessions[index];
        while (session.Next < minuteEnd)
        {
            if (session.Next == session.End)
            {
                AddRow(index, FlowState.End, session.Next);
                _done.Add(index);
                return;
            }

            AddRow(index, FlowState.Continue, session.Next);
            session.Next = Math.Min(session.Next + Update, session.End);
        }

        Schedule(index, session.Next);
    }

    private void Schedule(int index, long time) => _due[(int)(time / Minute) & (Ahead - 1)].Add(index);

    private int Keep(in SampleSession session)
    {
        int index;
        if (_free.Count > 0)
        {
            index = _free[_free.Count - 1];
            _free.RemoveAt(_free.Count - 1);
        }
        else
        {
            index = _sessionCount++;
            if (index == _sessions.Length)
            {
                Array.Resize(ref _sessions, index * 2);
            }
        }

        _sessions[index] = session;
        return index;
    }

    private void AddRow(int index, FlowState state, long time)
    {
        if (RowCount == _rows.Length)
        {
            Array.Resize(ref _rows, RowCount * 2);
        }

        ref var row = ref _rows[RowCount++];
        row = new SampleRow { Session = index, State = state, Time = time };
        if (state is FlowState.Continue or FlowState.End)
        {
            SampleCounters.Fill(ref row, _sessions[index].Kind, _random);
        }
    }
}
