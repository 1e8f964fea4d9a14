using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using NsgFlow.Filtering;
using NsgFlow.Parsing;

namespace NsgFlow.Measuring;

/// <summary>
/// A sink that adds tuples up and makes no object for them. Not thread-safe: each thread has one, and <see cref="TrafficResult"/> puts them together.
/// What cannot be decided yet is kept apart: tuples that may be the second capture of a flow (<see cref="Captures"/>), and tuples that may be
/// the first of a flow that began earlier (the events).
/// </summary>
internal sealed class TrafficMeter : IFlowSink, IDisposable
{
    private const int TuplesBetweenChecks = 1024;
    private const int TuplesAtOnce = 64;

    // So many are near enough, in the processor's own memory, not to be asked for ahead.
    private const int MostNearRows = 16 * 1024;
    private readonly TrafficPlan _plan;
    private readonly long _memory;
    private readonly KeyMaker _keys;
    private readonly FlowTuple[] _one = new FlowTuple[1];
    private readonly Step[] _steps = new Step[TuplesAtOnce];
    private readonly ulong[] _keyRoom;
    private readonly int _words;
    private readonly int _captureWords;
    private readonly bool _canBeCapture;
    private readonly AddressSet? _publicNetworks;
    private readonly DistinctValues _distinct;
    private readonly TrafficOrder _orderBy;
    private readonly Dictionary<(string?, FlowLogKind), ulong> _observers = [];
    private Action<FlowIssue>? _report;
    private FlowEntry? _entry;
    private ulong _observer;
    private FlowLogKind _kind;

    /// <param name="plan">What to do.</param>
    /// <param name="folder">Where to put aside what does not fit.</param>
    /// <param name="memory">Most memory to use, in bytes.</param>
    public TrafficMeter(TrafficPlan plan, SpillFolder folder, long memory)
    {
        _plan = plan;
        _memory = memory;
        var layout = plan.Layout;
        _words = layout.Words;
        IdentityWords = plan.IsSummary ? CaptureKey.Words : CaptureKey.Words + layout.IdentityWords;
        _keys = new KeyMaker(layout, plan.Query.Network, plan.Names);
        _captureWords = CaptureKey.Words + _words + 1;
        _keyRoom = new ulong[TuplesAtOnce * _captureWords];
        _canBeCapture = plan.IsSummary || plan.Captures != CaptureKinds.Once;
        _publicNetworks = plan.Query.Network.PublicNetworks;
        _orderBy = plan.Query.OrderBy;
        _distinct = new DistinctValues(layout, plan.IsSummary ? TrafficDistinct.None : plan.Query.NeededDistinct, folder);

        // A row of a time series has its time as it is.
        var hasTrend = layout.Bucket == 0;
        Rows = new TrafficStore(_words, layout.SeriesWords, hasTotals: true, hasTrend, folder);
        Captures = new TrafficStore(_captureWords, IdentityWords, hasTotals: true, hasTrend && !plan.IsSummary, folder);
        RowStarts = new FlowStarts(plan.Order, _words, folder);
        CaptureStarts = new FlowStarts(plan.Order, _captureWords, folder);
    }

    /// <summary>Rows that count as they stand.</summary>
    public TrafficStore Rows { get; }

    /// <summary>Tuples by flow, hour and rank of who captured them: whether they count is decided when all are known.</summary>
    public TrafficStore Captures { get; }

    /// <summary>Rows and the values to be counted once in them.</summary>
    public TrafficStore Distinct => _distinct.Store;

    /// <summary>The first tuples of the flows in <see cref="Rows"/>.</summary>
    public FlowStarts RowStarts { get; }

    /// <summary>The first tuples of the flows in <see cref="Captures"/>: a flow stands in one of the two, since its ends and its direction decide.</summary>
    public FlowStarts CaptureStarts { get; }

    /// <summary>Tuples that were added.</summary>
    public long Tuples { get; private set; }

    /// <summary>Whether a tuple of a summary carried bytes.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>How many of the first words of a capture's key make it the same as another.</summary>
    public int IdentityWords { get; }

    public bool HasSpilled => Rows.HasSpilled || Captures.HasSpilled || Distinct.HasSpilled || RowStarts.Events.HasSpilled || CaptureStarts.Events.HasSpilled;

    private long Bytes => Rows.Table.BytesWhenGrown + Captures.Table.BytesWhenGrown + Distinct.Table.BytesWhenGrown
        + RowStarts.Bytes + CaptureStarts.Bytes;

    /// <summary>Says that the tuples of a blob follow.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="report">Takes its damage.</param>
    public void BeginBlob(FlowBlob blob, Action<FlowIssue> report)
    {
        _report = report;
        _entry = null;
        if (_plan.Order == FlowOrder.Blob)
        {
            BeginStretch(UnixTime.FromDateTime(blob.Hour!.Value));
        }
    }

    /// <summary>Says that the blob has ended.</summary>
    public void EndBlob()
    {
        Cut();
        _entry = null;
    }

    public void Report(FlowIssue issue) => _report?.Invoke(issue);

    public void Accept(FlowGroup group, ReadOnlySpan<FlowTuple> tuples)
    {
        Enter(group);
        if (_plan.Order == FlowOrder.Entry && !ReferenceEquals(group.Entry, _entry))
        {
            _entry = group.Entry;
            BeginStretch(_entry.Time is { } time ? UnixTime.FromDateTime(time) : tuples[0].UnixMilliseconds);
        }

        for (var at = 0; at < tuples.Length; at += TuplesBetweenChecks)
        {
            Add(tuples.Slice(at, Math.Min(TuplesBetweenChecks, tuples.Length - at)));
            Relieve();
        }
    }

    /// <summary>Takes note of the group whose tuples follow.</summary>
    public void Enter(FlowGroup group)
    {
        _keys.Enter(group);
        _observer = ObserverOf(group);
        _kind = group.Entry.Kind;
    }

    /// <summary>Adds a tuple of the group that was entered.</summary>
    public void Add(in FlowTuple tuple)
    {
        _one[0] = tuple;
        Add(_one);
        if ((Tuples & (TuplesBetweenChecks - 1)) == 0)
        {
            Relieve();
        }
    }

    /// <summary>Puts everything aside when it takes too much memory.</summary>
    public void Relieve()
    {
        if (Bytes <= _memory)
        {
            return;
        }

        // Flows that are open become events, which can be put aside.
        Cut();
        Rows.Spill();
        Captures.Spill();
        Distinct.Spill();
        RowStarts.Events.Spill();
        CaptureStarts.Events.Spill();
    }

    public void Dispose()
    {
        Rows.Dispose();
        Captures.Dispose();
        _distinct.Dispose();
        RowStarts.Dispose();
        CaptureStarts.Dispose();
    }

    [MethodImpl(Hot.Path)]
    private void Add(ReadOnlySpan<FlowTuple> tuples)
    {
        Tuples += tuples.Length;
        while (!tuples.IsEmpty)
        {
            // First where to look for each of some tuples, then what is there: memory answers while the others are being looked up.
            var some = tuples.Slice(0, Math.Min(TuplesAtOnce, tuples.Length));
            if (_canBeCapture)
            {
                AddToRowsOrCaptures(some);
            }
            else
            {
                AddToRows(some);
            }

            for (var i = 0; _distinct.AreWanted && i < some.Length; i++)
            {
                _distinct.Add(in some[i], RowKey(i));
            }

            tuples = tuples.Slice(some.Length);
        }
    }

    [MethodImpl(Hot.Path)]
    private void AddToRows(ReadOnlySpan<FlowTuple> tuples)
    {
        var steps = _steps;
        var table = Rows.Table;
        var starts = RowStarts;
        if (table.Count <= MostNearRows && starts.IsNear)
        {
            for (var i = 0; i < tuples.Length; i++)
            {
                ref readonly var tuple = ref tuples[i];
                var key = RowKey(i);
                _keys.Fill(in tuple, key);
                var hash = key.Length == 2 ? KeyHash.Of(key[0], key[1]) : KeyHash.Of(key);
                Add(in tuple, FlowStarts.Find(in tuple, _observer), table, starts, key, hash);
            }

            return;
        }

        for (var i = 0; i < tuples.Length; i++)
        {
            var key = RowKey(i);
            _keys.Fill(in tuples[i], key);
            steps[i].Flow = starts.Expect(in tuples[i], _observer);
            steps[i].Hash = KeyHash.Of(key);
            table.Expect(steps[i].Hash);
        }

        for (var i = 0; i < tuples.Length; i++)
        {
            table.ExpectRow(steps[i].Hash);
        }

        for (var i = 0; i < tuples.Length; i++)
        {
            Add(in tuples[i], steps[i].Flow, table, starts, RowKey(i), steps[i].Hash);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<ulong> RowKey(int i) => _keyRoom.AsSpan((i * _captureWords) + CaptureKey.Words, _words);

    [MethodImpl(Hot.Path)]
    private void AddToRowsOrCaptures(ReadOnlySpan<FlowTuple> tuples)
    {
        for (var i = 0; i < tuples.Length; i++)
        {
            Expect(in tuples[i], i);
        }

        for (var i = 0; i < tuples.Length; i++)
        {
            (_steps[i].IsCapture ? Captures : Rows).Table.ExpectRow(_steps[i].Hash);
        }

        for (var i = 0; i < tuples.Length; i++)
        {
            ref readonly var step = ref _steps[i];
            var capture = _keyRoom.AsSpan(i * _captureWords, _captureWords);
            if (step.IsCapture)
            {
                Add(in tuples[i], step.Flow, Captures.Table, CaptureStarts, capture, step.Hash);
                continue;
            }

            Add(in tuples[i], step.Flow, Rows.Table, RowStarts, capture.Slice(CaptureKey.Words, _words), step.Hash);
            if (step.IsToldOf)
            {
                Captures.Table.Add(capture);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(in FlowTuple tuple, ulong flow, TrafficTable table, FlowStarts starts, ReadOnlySpan<ulong> key, ulong hash)
    {
        var flows = starts.Count(in tuple, flow, key);
        var row = table.Add(key, hash);
        table.Totals(row).Add(in tuple, flows);
        if (table.HasTrend)
        {
            table.AddTrend(row, tuple.UnixMilliseconds, TrendOf(in tuple, flows));
        }
    }

    /// <summary>Makes a tuple's keys and finds out where it belongs.</summary>
    [MethodImpl(Hot.Path)]
    private void Expect(in FlowTuple tuple, int i)
    {
        var capture = _keyRoom.AsSpan(i * _captureWords, _captureWords);
        var key = capture.Slice(CaptureKey.Words, _words);
        _keys.Fill(in tuple, key);
        var isOnce = _plan.Captures == CaptureKinds.Once;
        var isInside = CaptureKey.IsInside(in tuple) || (_publicNetworks is { } more && CaptureKey.IsInsideWith(in tuple, more));
        CaptureKey.Fill(in tuple, !isOnce, isInside, capture);
        capture[capture.Length - 1] = isOnce ? 0 : (ulong)CaptureKey.Rank(_kind, tuple.Direction);
        ref var step = ref _steps[i];
        Place(in tuple, isInside, ref step);
        if (step.IsCapture)
        {
            step.Hash = KeyHash.Of(capture);
            step.Flow = CaptureStarts.Expect(in tuple, _observer);
            Captures.Table.Expect(step.Hash);
        }
        else
        {
            step.Hash = KeyHash.Of(key);
            step.Flow = RowStarts.Expect(in tuple, _observer);
            Rows.Table.Expect(step.Hash);
        }
    }

    /// <summary>
    /// A tuple that no other capture can outrank goes to its row at once; where it can outrank others itself, an empty capture tells of it. All
    /// others wait until it is known who else captured the flow.
    /// </summary>
    [MethodImpl(Hot.Path)]
    private void Place(in FlowTuple tuple, bool isInside, ref Step step)
    {
        if (_plan.IsSummary)
        {
            HasBytes |= tuple.BytesSent > 0 || tuple.BytesReceived > 0;
            step.IsCapture = true;
            step.IsToldOf = false;
            return;
        }

        var isFirstEnd = !isInside || tuple.Direction == FlowDirection.Outbound;
        var areTwoLogs = _plan.Captures == CaptureKinds.TwoEndsTwoLogs;
        step.IsCapture = !isFirstEnd || (areTwoLogs && _kind == FlowLogKind.Nsg);
        step.IsToldOf = !step.IsCapture && (isInside || areTwoLogs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long TrendOf(in FlowTuple tuple, int flows) => _orderBy switch
    {
        TrafficOrder.Bytes => TrafficTotals.Sum(TrafficTotals.OrZero(tuple.BytesSent), TrafficTotals.OrZero(tuple.BytesReceived)),
        TrafficOrder.BytesSent => TrafficTotals.OrZero(tuple.BytesSent),
        TrafficOrder.BytesReceived => TrafficTotals.OrZero(tuple.BytesReceived),
        TrafficOrder.Packets => TrafficTotals.Sum(TrafficTotals.OrZero(tuple.PacketsSent), TrafficTotals.OrZero(tuple.PacketsReceived)),
        TrafficOrder.Denied => (long)tuple.Decision,
        _ => flows,
    };

    private ulong ObserverOf(FlowGroup group)
    {
        var name = group.MacAddress ?? group.Entry.TargetResourceId;
        if (!_observers.TryGetValue((name, group.Entry.Kind), out var observer))
        {
            // The same on every meter, since the names are shared.
            observer = KeyHash.Of((ulong)_plan.Names.IdOf(FieldCode.MacAddress, name), (ulong)group.Entry.Kind, 0);
            _observers.Add((name, group.Entry.Kind), observer);
        }

        return observer;
    }

    private void BeginStretch(long milliseconds)
    {
        RowStarts.BeginStretch(milliseconds);
        CaptureStarts.BeginStretch(milliseconds);
    }

    private void Cut()
    {
        RowStarts.Cut();
        CaptureStarts.Cut();
    }

    /// <summary>What has been found out of a tuple before it is added.</summary>
    private struct Step
    {
        public ulong Flow;
        public ulong Hash;
        public bool IsCapture;
        public bool IsToldOf;
    }
}
