using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>What rows of flows are told by: lines of one key in one interval become one row.</summary>
/// <param name="Source">Blank when the address goes into the row's list.</param>
/// <param name="Place">Country or region of the addresses in the list, which they share.</param>
internal sealed record ReducedKey(
    bool IsNsg,
    DateTime Start,
    string Source,
    string Destination,
    int Port,
    string Protocol,
    bool IsInbound,
    bool IsDenied,
    string Acl,
    string Rule,
    string Mac,
    string Target,
    string FlowLog,
    string Encryption,
    string FlowType,
    string Place);

/// <summary>The numbers of a row, or of an address in its list.</summary>
internal sealed class ReducedCounters
{
    public long Started { get; private set; }

    public long Ended { get; private set; }

    /// <summary>Null as long as no line told any.</summary>
    public RawCounters? Sums { get; private set; }

    public void Add(RawFlow flow)
    {
        Started += flow.Begins ? 1 : 0;
        Ended += flow.Ends ? 1 : 0;
        if (flow.Counters is { } more)
        {
            var sums = Sums ?? new RawCounters(0, 0, 0, 0);
            Sums = new RawCounters(
                sums.PacketsSent + more.PacketsSent, sums.BytesSent + more.BytesSent, sums.PacketsReceived + more.PacketsReceived, sums.BytesReceived + more.BytesReceived);
        }
    }
}

/// <summary>A row in the making.</summary>
internal sealed class ReducedFlow(AnalyticsEnd source, AnalyticsEnd destination)
{
    private readonly SortedDictionary<string, ReducedCounters> _listed = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _ports = new(StringComparer.Ordinal);
    private DateTime? _lastBegin;
    private DateTime _last;

    public AnalyticsEnd Source { get; } = source;

    public AnalyticsEnd Destination { get; } = destination;

    public ReducedCounters Counters { get; } = new();

    public DateTime First { get; private set; } = DateTime.MaxValue;

    /// <summary>When the last of the flows began; of flows that had begun before, the last line.</summary>
    public DateTime Last => _lastBegin ?? _last;

    public long Lines { get; private set; }

    public IEnumerable<string> Ports => _ports;

    /// <summary>address|started|ended|packets there|back|bytes there|back, with a space between.</summary>
    public string List => string.Join(' ', _listed.Select(static one => string.Join(
        '|', one.Key, one.Value.Started, one.Value.Ended, one.Value.Sums?.PacketsSent ?? 0, one.Value.Sums?.PacketsReceived ?? 0, one.Value.Sums?.BytesSent ?? 0, one.Value.Sums?.BytesReceived ?? 0)));

    public IEnumerable<string> Listed => _listed.Keys;

    /// <param name="listed">The address that goes into the list, if one does.</param>
    public void Add(RawFlow flow, string? listed)
    {
        Counters.Add(flow);
        Lines++;
        First = flow.Time < First ? flow.Time : First;
        _last = flow.Time > _last ? flow.Time : _last;
        _lastBegin = flow.Begins && !(flow.Time < _lastBegin) ? flow.Time : _lastBegin;
        _ports.Add(flow.SourcePort);
        if (listed is not null)
        {
            _listed.TryAdd(listed, new ReducedCounters());
            _listed[listed].Add(flow);
        }
    }
}
