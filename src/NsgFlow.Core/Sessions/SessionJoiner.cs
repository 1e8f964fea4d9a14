using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using NsgFlow.Sessions;

namespace NsgFlow;

/// <summary>
/// Joins the Begin, Continue and End tuples of connections into sessions, while they stream by. Tuples of one network interface must come
/// in the order of time, give or take a minute or so (Azure groups an entry's tuples by rule); network interfaces and logs may alternate in
/// any way. Memory holds the open sessions only. Not safe for several threads at once.
/// </summary>
/// <remarks>
/// A tuple belongs to the open session with its five-tuple and direction in the same log of the same network interface. A Begin always
/// starts one; a Continue or End does when none is open, and then the state is <see cref="FlowSessionState.HeadMissing"/>. An End
/// finishes it. So do a second Begin and <see cref="IdleTimeout"/>, without an end time. Denied tuples are no session, and tuples of version
/// 1, which have no state, cannot be joined: both are left out and counted.
/// </remarks>
public sealed class SessionJoiner
{
    /// <summary>How far the tuples of one log can be out of order: those of an entry are of one minute, and grouped by rule.</summary>
    internal const long Disorder = 2 * 60 * 1000;

    /// <summary>Further back than this a log is out of order: a blob came twice, or after that of a later hour.</summary>
    internal const long Backwards = 10 * 60 * 1000;

    private readonly Action<FlowSession> _finished;
    private readonly OpenSessions _open = new();
    private readonly Dictionary<SessionLog.Key, SessionLog> _logs = [];
    private readonly long[] _finishedOf = new long[3];
    private readonly long _idle;
    private FlowGroup? _group;
    private SessionLog? _log;
    private long _latest;

    /// <summary>Makes a joiner.</summary>
    /// <param name="finished">Takes each session as it finishes; what it throws comes out of the call that finished the session.</param>
    /// <param name="idleTimeout">See <see cref="IdleTimeout"/>; more than zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is not more than zero.</exception>
    public SessionJoiner(Action<FlowSession> finished, TimeSpan idleTimeout)
    {
        _finished = finished ?? throw new ArgumentNullException(nameof(finished));
        if (idleTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(idleTimeout), "An idle timeout is more than zero.");
        }

        IdleTimeout = idleTimeout;
        _idle = idleTimeout.Ticks / TimeSpan.TicksPerMillisecond;
    }

    /// <summary>Makes a joiner with the default timeout.</summary>
    /// <param name="finished">Takes each session as it finishes.</param>
    public SessionJoiner(Action<FlowSession> finished)
        : this(finished, DefaultIdleTimeout)
    {
    }

    /// <summary>
    /// 15 minutes. Azure updates a flow every five minutes (<see href="https://learn.microsoft.com/azure/network-watcher/nsg-flow-logs-overview">its
    /// page on flow logs</see>), so one update can be missing, and a second late.
    /// </summary>
    public static TimeSpan DefaultIdleTimeout { get; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Two tuples further apart than this are not of one session, and a session whose log has moved on by more (and two minutes, see the
    /// remark on order) since its last tuple is finished.
    /// </summary>
    public TimeSpan IdleTimeout { get; }

    /// <summary>Number of sessions that are open now.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Number of tuples given, those left out included.</summary>
    public long Tuples { get; private set; }

    /// <summary>Number of tuples left out since they are of denied flows.</summary>
    public long Denied { get; private set; }

    /// <summary>Number of allowed tuples left out since they have no state (NSG version 1).</summary>
    public long Stateless { get; private set; }

    /// <summary>
    /// Number of tuples more than ten minutes earlier than another that came before them in the same log. Sessions can be split there:
    /// the input is out of order, or has something twice.
    /// </summary>
    public long OutOfOrder { get; private set; }

    /// <summary>Number of finished sessions.</summary>
    public long Sessions => _finishedOf[0] + _finishedOf[1] + _finishedOf[2];

    /// <summary>Takes the next record.</summary>
    public void Add(FlowRecord record)
    {
        if (record is null)
        {
            throw new ArgumentNullException(nameof(record));
        }

        Add(in record.Tuple, record.Group);
    }

    /// <summary>Takes the next tuple.</summary>
    [MethodImpl(Hot.Path)]
    public void Add(in FlowTuple tuple, FlowGroup group)
    {
        if (!ReferenceEquals(group, _group))
        {
            Enter(group);
        }

        Tuples++;
        var log = _log!;

        // Nothing is logged later than its entry was written: one tuple with a wrong year must not end the sessions of a whole log.
        var time = Math.Min(tuple.UnixMilliseconds, _latest);
        if (time > log.Clock)
        {
            log.Clock = time;
            Expire(log);
        }
        else if (log.Clock - time > Backwards)
        {
            OutOfOrder++;
        }

        if (tuple.Decision == FlowDecision.Deny || tuple.State == FlowState.Deny)
        {
            Denied++;
        }
        else if (tuple.State == FlowState.None)
        {
            Stateless++;
        }
        else
        {
            Join(in tuple, group, log);
        }
    }

    /// <summary>Finishes the sessions that are still open, by start, and those that started at the same time in the order they came in.</summary>
    public void Complete()
    {
        foreach (var place in _open.InOrder())
        {
            Finish(place, FlowSession.NoEnd);
        }
    }

    /// <summary>Number of finished sessions in a state.</summary>
    public long SessionsIn(FlowSessionState state) => _finishedOf[(int)state];

    [MethodImpl(Hot.Path)]
    private void Join(in FlowTuple tuple, FlowGroup group, SessionLog log)
    {
        var hash = _open.Hash(in tuple, log);
        var place = _open.Find(in tuple, log, hash);
        if (place >= 0 && (tuple.State == FlowState.Begin || IsApart(tuple.UnixMilliseconds, _open[place].Last)))
        {
            Finish(place, FlowSession.NoEnd);
            place = -1;
        }

        if (place < 0)
        {
            if (tuple.State == FlowState.End)
            {
                // Begun before the log, ended with its first tuple here: never open.
                Emit(new FlowSession(in tuple, group, 1, tuple.UnixMilliseconds, tuple.UnixMilliseconds));
                return;
            }

            ref var begun = ref _open.Add(in tuple, group, log, hash);
            if (tuple.State == FlowState.Begin)
            {
                ForgetZeros(ref begun.Sum);
            }

            return;
        }

        ref var session = ref _open[place];
        session.Sum.PacketsSent = Counters.Add(session.Sum.PacketsSent, tuple.PacketsSent);
        session.Sum.BytesSent = Counters.Add(session.Sum.BytesSent, tuple.BytesSent);
        session.Sum.PacketsReceived = Counters.Add(session.Sum.PacketsReceived, tuple.PacketsReceived);
        session.Sum.BytesReceived = Counters.Add(session.Sum.BytesReceived, tuple.BytesReceived);
        session.Last = Math.Max(session.Last, tuple.UnixMilliseconds);
        session.Observations++;
        if (tuple.State == FlowState.End)
        {
            Finish(place, tuple.UnixMilliseconds);
        }
        else
        {
            _open.Touch(place);
        }
    }

    // VNet logs write zeros where nothing was counted yet and NSG logs write nothing; neither is a count.
    private static void ForgetZeros(ref FlowTuple begin)
    {
        begin.PacketsSent = begin.PacketsSent == 0 ? FlowTuple.NotRecorded : begin.PacketsSent;
        begin.BytesSent = begin.BytesSent == 0 ? FlowTuple.NotRecorded : begin.BytesSent;
        begin.PacketsReceived = begin.PacketsReceived == 0 ? FlowTuple.NotRecorded : begin.PacketsReceived;
        begin.BytesReceived = begin.BytesReceived == 0 ? FlowTuple.NotRecorded : begin.BytesReceived;
    }

    private bool IsApart(long one, long two) => Math.Abs(one - two) > _idle;

    // Touched by the clock, not by the tuple's own time: so the queue is in order and its head is enough to look at.
    private void Expire(SessionLog log)
    {
        while (log.Oldest >= 0 && log.Clock - _open[log.Oldest].Touched > _idle + Disorder)
        {
            Finish(log.Oldest, FlowSession.NoEnd);
        }
    }

    private void Enter(FlowGroup group)
    {
        var key = new SessionLog.Key(group ?? throw new ArgumentNullException(nameof(group)));
        if (!_logs.TryGetValue(key, out var log))
        {
            log = new SessionLog(_logs.Count);
            _logs.Add(key, log);
        }

        _group = group;
        _log = log;
        _latest = group.Entry.Time is { } written ? UnixTime.FromDateTime(written) : long.MaxValue;
    }

    private void Finish(int place, long end)
    {
        ref var session = ref _open[place];
        var finished = new FlowSession(in session.Sum, session.Group!, session.Observations, session.Last, end);
        _open.Remove(place);
        Emit(finished);
    }

    private void Emit(FlowSession session)
    {
        _finishedOf[(int)session.State]++;
        _finished(session);
    }
}
