using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using NsgFlow.Network;

namespace NsgFlow.Measuring;

/// <summary>Puts together what the meters of a summary have: conversations by hour, grouped once more for each of its lists.</summary>
internal sealed class SummaryResult : IDisposable
{
    private readonly TrafficPlan _plan;
    private readonly TrafficMeters _meters;
    private readonly SpillFolder _folder;
    private readonly long _memory;
    private readonly CancellationToken _cancellation;
    private readonly List<SummaryList> _lists = [];
    private readonly SortedSet<string>[] _seen = new SortedSet<string>[TrafficPlan.SummaryFields.Length];
    private TrafficTotals _whole = TrafficTotals.Nothing;
    private long _inbound;

    public SummaryResult(TrafficPlan plan, TrafficMeters meters, SpillFolder folder, long memory, CancellationToken cancellation)
    {
        _plan = plan;
        _meters = meters;
        _folder = folder;
        _memory = memory;
        _cancellation = cancellation;
        for (var i = 0; i < _seen.Length; i++)
        {
            _seen[i] = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>The summary.</summary>
    /// <param name="entries">Entries read; null for records.</param>
    /// <param name="blobs">Blobs read; null for records.</param>
    public TrafficSummary ToSummary(long? entries, int? blobs)
    {
        var size = _meters.HasBytes ? TrafficOrder.Bytes : TrafficOrder.Flows;
        var top = _plan.Query.Top ?? 10;
        var types = List(TrafficOrder.Flows, null, FieldCode.FlowType);
        var hours = List(size, null, FieldCode.Hour);
        var conversations = List(size, top, FieldCode.SourceAddress, FieldCode.DestinationAddress, FieldCode.DestinationPort, FieldCode.Protocol);
        var talkers = List(size, top, FieldCode.SourceAddress);
        var ports = List(TrafficOrder.Flows, top, FieldCode.DestinationPort, FieldCode.Protocol);
        var denied = List(TrafficOrder.Denied, top, FieldCode.SourceAddress);
        var rules = List(TrafficOrder.Flows, top, FieldCode.Nsg, FieldCode.Rule, FieldCode.RuleKind);
        _meters.ResolveStarts(isTrendOfFlows: false, _plan.Layout);
        foreach (var captures in _meters.GatherCaptures(_memory))
        {
            _cancellation.ThrowIfCancellationRequested();
            Count(captures, rules);
            LargeMemory.LetGo(captures.Bytes);
        }

        var flowTypes = Finish(types);
        var byHour = Finish(hours);
        var hasBytes = _whole.Recorded > 0;
        return new TrafficSummary
        {
            Flows = _whole.Flows,
            Denied = _whole.Denied,
            Malicious = HasThreats ? flowTypes.Where(static row => row.KeyValues[0] is FlowType.MaliciousFlow).Sum(static row => row.Flows) : null,
            Inbound = _inbound,
            Outbound = _whole.Flows - _inbound,
            BytesSent = hasBytes ? _whole.BytesSent : null,
            BytesReceived = hasBytes ? _whole.BytesReceived : null,
            PacketsSent = hasBytes ? _whole.PacketsSent : null,
            PacketsReceived = hasBytes ? _whole.PacketsReceived : null,
            Tuples = _whole.Tuples,
            RecordedPercent = _whole.Tuples == 0 ? null : 100.0 * _whole.Recorded / _whole.Tuples,
            MergedTuples = _whole.Merged,
            Entries = entries,
            Blobs = blobs,
            FirstSeen = _whole.First > _whole.Last ? null : UnixTime.ToDateTime(_whole.First),
            LastSeen = _whole.First > _whole.Last ? null : UnixTime.ToDateTime(_whole.Last),
            Nsg = Seen(FieldCode.Nsg),
            VirtualNetwork = Seen(FieldCode.VirtualNetwork),
            Subnet = Seen(FieldCode.Subnet),
            Location = Seen(FieldCode.Location),
            MacAddress = Seen(FieldCode.MacAddress),
            FlowType = flowTypes,
            Hour = [.. byHour.OrderBy(static row => row.KeyValues[0])],
            BusiestHour = byHour.FirstOrDefault(),
            TopConversation = Finish(conversations),
            TopTalker = Finish(talkers),
            TopPort = Finish(ports),
            TopDeniedSource = Finish(denied),
            TopRule = Finish(rules),
        };
    }

    public void Dispose() => _lists.ForEach(static list => list.Dispose());

    private bool HasThreats => _plan.Query.Network.Places.Any(static place => place.Kind == PlaceKind.Malicious);

    private SummaryList List(TrafficOrder order, int? top, params FieldCode[] fields)
    {
        var list = new SummaryList(_plan, order, top, _folder, fields);
        _lists.Add(list);
        return list;
    }

    [MethodImpl(Hot.Path)]
    private void Count(TrafficTable captures, SummaryList rules)
    {
        var ofFlows = new BestCaptures(captures, CaptureKey.Words);
        var ofRules = new BestCaptures(captures, CaptureKey.Words + TrafficPlan.SummaryRuleWords);
        for (var i = 0; i < captures.Count; i++)
        {
            var key = captures.Key(i);
            ref var totals = ref captures.Totals(i);
            NoteNames(key);
            var isBest = ofFlows.IsBest(i);
            foreach (var list in _lists)
            {
                if (list == rules ? ofRules.IsBest(i) : isBest)
                {
                    list.Add(key, in totals);
                }
                else
                {
                    list.AddMerged(key, totals.Tuples);
                }
            }

            Relieve();
            if (!isBest)
            {
                _whole.Merged += totals.Tuples;
                continue;
            }

            _whole.Add(in totals);
            var isInbound = CaptureKey.RowOf(key)[TrafficPlan.SummaryDirection] == (ulong)FlowDirection.Inbound;
            _inbound += isInbound ? totals.Flows : 0;
        }
    }

    private void NoteNames(ReadOnlySpan<ulong> key)
    {
        for (var i = 0; i < _seen.Length; i++)
        {
            if (TrafficPlan.SummaryFields[i] is FieldCode.Nsg or FieldCode.VirtualNetwork or FieldCode.Subnet or FieldCode.Location or FieldCode.MacAddress
                && _plan.Names.TextOf((int)CaptureKey.RowOf(key)[i]) is { } name)
            {
                _seen[i].Add(name);
            }
        }
    }

    private string[] Seen(FieldCode code) => [.. _seen[Array.IndexOf(TrafficPlan.SummaryFields, code)]];

    private TrafficMeasure[] Finish(SummaryList list)
    {
        using var finisher = new RowFinisher(list.Question, _memory, _folder, _cancellation);

        // Trends are by the hour here, and its start may be before the first tuple.
        var first = _whole.IsEmpty ? _whole.First : _whole.First / KeyMaker.HourLength * KeyMaker.HourLength;
        return [.. finisher.Finish([list.Rows], [], (first, _whole.Last))];
    }

    private void Relieve()
    {
        if (_lists.Sum(static list => list.Rows.Table.BytesWhenGrown) > _memory)
        {
            _lists.ForEach(static list => list.Rows.Spill());
        }
    }
}
