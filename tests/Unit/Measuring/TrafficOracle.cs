using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using NsgFlow.Measuring;

namespace NsgFlow.Unit.Measuring;

/// <summary>
/// What a measurement must give, by the written rules and as plainly as possible: everything in lists, LINQ, numbers without limit.
/// Of what it measures with it takes the names of things only.
/// </summary>
public sealed class TrafficOracle
{
    private readonly TrafficQuery _query;
    private readonly List<OracleField> _fields;
    private readonly List<Item> _items;
    private readonly Dictionary<(string, string), object> _spellings;
    private readonly long _firstTime;
    private readonly long _lastTime;
    private BigInteger? _whole;
    private bool? _hasCounters;

    public TrafficOracle(TrafficQuery query, IEnumerable<string> by, IReadOnlyCollection<OracleTuple> tuples, OracleNames names = OracleNames.Untold, OracleOrder order = OracleOrder.Entries)
    {
        _query = query;
        _fields = OracleField.Parse(by, query.Network);
        _items = tuples.Select(t => new Item(t, _fields.Select(f => f.Of(t)).ToList())).ToList();
        MarkStarts(order);
        MarkCounted(names);
        _spellings = (from item in _items
                      from i in Enumerable.Range(0, _fields.Count)
                      where item.Values[i].Shown is string
                      group (string)item.Values[i].Shown! by (_fields[i].Name, item.Values[i].Sort) into spellings
                      select spellings).ToDictionary(g => g.Key, g => (object)g.OrderBy(s => s, StringComparer.Ordinal).Last());
        _firstTime = _items.Count == 0 ? 0 : _items.Min(i => i.Fields.Milliseconds);
        _lastTime = _items.Count == 0 ? 0 : _items.Max(i => i.Fields.Milliseconds);
    }

    private long Bucket => (long)(_query.Bucket ?? TimeSpan.Zero).TotalMilliseconds;

    /// <summary>All tuples that count, added up.</summary>
    public OracleSums Whole => new(_items);

    /// <summary>The rows in their order, as text; see <see cref="RowText"/>.</summary>
    public List<string> Rows()
    {
        var all = _items.GroupBy(i => i.SeriesKey).Select(g => new Series(g.ToList(), this)).OrderByDescending(s => s.Rank).ThenBy(s => s.Items[0].SeriesKey, StringComparer.Ordinal).ToList();
        var wanted = all.Where(s => new OracleSums(s.Items).Flows >= _query.MinFlows && new OracleSums(s.Items).Bytes >= _query.MinBytes).ToList();
        var shown = wanted.Take(_query.Top ?? int.MaxValue).ToList();
        var rest = all.Except(shown).SelectMany(s => s.Items).ToList();
        return Bucket == 0
            ? [.. shown.Select(s => Text(s.Items, s.Items[0], null, false)), .. rest.Count == 0 ? Array.Empty<string>() : [Text(rest, null, null, true)]]
            : [.. shown.SelectMany(s => Buckets(s.Items, s.Items[0])), .. rest.Count == 0 ? [] : Buckets(rest, null)];
    }

    /// <summary>One number of the sums: what rows are ordered by.</summary>
    private BigInteger Metric(IReadOnlyCollection<Item> items)
    {
        var sums = new OracleSums(items);
        return _query.OrderBy switch
        {
            TrafficOrder.Bytes => sums.Bytes,
            TrafficOrder.BytesSent => sums.BytesSent ?? 0,
            TrafficOrder.BytesReceived => sums.BytesReceived ?? 0,
            TrafficOrder.Packets => OracleSums.Saturate((BigInteger)(sums.PacketsSent ?? 0) + (sums.PacketsReceived ?? 0)),
            TrafficOrder.Denied => sums.Denied,
            TrafficOrder.Sources => sums.Sources,
            TrafficOrder.Destinations => sums.Destinations,
            TrafficOrder.Ports => sums.Ports,
            _ => sums.Flows,
        };
    }

    private IEnumerable<string> Buckets(List<Item> items, Item? key)
    {
        var first = _query.Filter.Start is { } start ? Milliseconds(start) : _firstTime;
        var last = _query.Filter.End is { } end ? Milliseconds(end) - 1 : _lastTime;
        for (var at = first / Bucket; at <= last / Bucket; at++)
            yield return Text(items.Where(i => i.Fields.Milliseconds / Bucket == at).ToList(), key, OracleField.Time(at * Bucket), key is null);
    }

    private static long Milliseconds(DateTime time) => (long)Math.Ceiling((time - DateTime.UnixEpoch).TotalMilliseconds);

    private string Text(List<Item> items, Item? key, DateTime? time, bool isOther)
    {
        var names = _fields.Select(f => f.Name).ToList();
        List<object?> values = [.. Enumerable.Range(0, _fields.Count).Select(i => key is null ? (i == 0 ? TrafficMeasure.Other : null) : Shown(key, i))];
        if (time is not null)
        {
            names.Insert(0, "Time");
            values.Insert(0, time);
        }

        var sums = new OracleSums(items);
        var isDistinct = _query.OrderBy is TrafficOrder.Sources or TrafficOrder.Destinations or TrafficOrder.Ports;
        var whole = isDistinct ? 0 : _whole ??= Metric(_items);
        // Of what nobody recorded there is no share.
        var isOfCounters = !isDistinct && _query.OrderBy is not (TrafficOrder.Flows or TrafficOrder.Denied);
        double? percent = isDistinct || (isOfCounters && (_hasCounters ??= new OracleSums(_items).Recorded > 0) == false) ? null : whole == 0 ? 0 : 100.0 * (double)Metric(items) / (double)whole;
        return new RowText
        {
            Names = names,
            Values = values,
            IsOther = isOther,
            Sums = sums,
            Percent = percent,
            Sources = Has(TrafficDistinct.Sources, TrafficOrder.Sources) ? sums.Sources : null,
            Destinations = Has(TrafficDistinct.Destinations, TrafficOrder.Destinations) ? sums.Destinations : null,
            Ports = Has(TrafficDistinct.Ports, TrafficOrder.Ports) ? sums.Ports : null,
            Trend = Trend(items, out var step),
            TrendStep = step,
        }.ToString();

        bool Has(TrafficDistinct what, TrafficOrder order) => !isOther && ((_query.Distinct & what) != 0 || _query.OrderBy == order);
    }

    private object? Shown(Item item, int field) => item.Values[field].Shown is string ? _spellings[(_fields[field].Name, item.Values[field].Sort)] : item.Values[field].Shown;

    /// <summary>At most 16 pieces, a minute times a power of two, from the piece of the first tuple of all to that of the last; none with time buckets.</summary>
    private List<BigInteger> Trend(List<Item> items, out TimeSpan step)
    {
        long width = 60_000;
        while ((_lastTime / width) - (_firstTime / width) >= 16)
            width *= 2;
        step = TimeSpan.FromMilliseconds(width);
        var pieces = _items.Count == 0 || Bucket > 0 ? 0 : (int)((_lastTime / width) - (_firstTime / width)) + 1;
        return Enumerable.Range(0, pieces)
            .Select(p => items.Where(i => (i.Fields.Milliseconds / width) - (_firstTime / width) == p).ToList())
            .Select(piece => _query.OrderBy is TrafficOrder.Sources or TrafficOrder.Destinations or TrafficOrder.Ports ? new OracleSums(piece).Flows : Metric(piece))
            .ToList();
    }

    /// <summary>The first tuples of flows. A flow is a five-tuple at a network interface in one kind of log and one direction.</summary>
    private void MarkStarts(OracleOrder order)
    {
        foreach (var item in _items.Where(i => i.Fields.Decision == FlowDecision.Deny || i.Fields.State == FlowState.None))
            item.IsStart = true;
        var chains = _items.Where(i => !i.IsStart).GroupBy(i => (
            (i.Context.Mac ?? i.Context.Target)?.ToUpperInvariant(),
            i.Context.Kind,
            i.Fields.Direction,
            (i.Fields.SourceHigh, i.Fields.SourceLow, i.Fields.SourcePort),
            (i.Fields.DestinationHigh, i.Fields.DestinationLow, i.Fields.DestinationPort, i.Fields.Protocol)));
        foreach (var chain in chains)
        {
            var isOpen = false;
            foreach (var item in order == OracleOrder.Entries ? ByEntries(chain) : ByTime(chain))
            {
                item.IsStart = item.Fields.State == FlowState.Begin || !isOpen;
                isOpen = item.Fields.State != FlowState.End;
            }
        }
    }

    /// <summary>Entries in the order of their time; in each its tuples in the order of theirs, as written where that is the same.</summary>
    private static IEnumerable<Item> ByEntries(IEnumerable<Item> chain) =>
        chain.GroupBy(i => (i.Blob, i.Context.EntryOffset))
            .OrderBy(e => e.First().Context.EntryTime ?? OracleField.Time(e.First().Fields.Milliseconds))
            .ThenBy(e => e.Key.Blob, StringComparer.Ordinal)
            .ThenBy(e => e.Key.EntryOffset)
            .SelectMany(e => e.OrderBy(i => i.Fields.Milliseconds).ThenBy(i => i.Position));

    /// <summary>
    /// The order of time; of several of the same moment first the one that fits: an open flow goes on and ends before another begins, a closed one begins
    /// before it ends.
    /// </summary>
    private static IEnumerable<Item> ByTime(IEnumerable<Item> chain)
    {
        var isOpen = false;
        foreach (var moment in chain.GroupBy(i => i.Fields.Milliseconds).OrderBy(g => g.Key))
        {
            var left = moment.ToList();
            while (left.Count > 0)
            {
                var fitting = isOpen ? new[] { FlowState.Continue, FlowState.End, FlowState.Begin } : [FlowState.Begin, FlowState.Continue, FlowState.End];
                var next = left.OrderBy(i => Array.IndexOf(fitting, i.Fields.State)).First();
                left.Remove(next);
                isOpen = next.Fields.State != FlowState.End;
                yield return next;
            }
        }
    }

    /// <summary>Of captures of the same in the same row those of the best rank count.</summary>
    private void MarkCounted(OracleNames names)
    {
        _items.ForEach(i => i.SeriesKey = string.Join("\0", i.Values.Select(v => v.Sort)));
        if (_query.Raw || names == OracleNames.OneInterface)
            return;
        var captures = _items.GroupBy(i => (
            (i.Fields.SourceHigh, i.Fields.SourceLow, i.Fields.SourcePort),
            (i.Fields.DestinationHigh, i.Fields.DestinationLow, i.Fields.DestinationPort, i.Fields.Protocol),
            i.Fields.Decision,
            i.Fields.Milliseconds / 3_600_000,
            string.Join("\0", i.Values.Where((_, f) => !_fields[f].IsTime).Select(v => v.Sort)),
            IsPrivate(i.Fields.SourceHigh, i.Fields.SourceLow) && IsPrivate(i.Fields.DestinationHigh, i.Fields.DestinationLow) ? null : (FlowDirection?)i.Fields.Direction));
        foreach (var capture in captures)
        {
            var best = capture.Min(i => i.Rank);
            foreach (var item in capture)
                item.IsCounted = item.Rank == best;
        }
    }

    private static bool IsPrivate(ulong high, ulong low)
    {
        if (!OracleField.IsV4(high, low))
            return (high >> 56) is 0xFC or 0xFD;
        var (first, second) = ((low >> 24) & 0xFF, (low >> 16) & 0xFF);
        return first == 10 || (first == 172 && second is >= 16 and <= 31) || (first == 192 && second == 168) || (first == 100 && second is >= 64 and <= 127);
    }

    private sealed class Series(List<Item> items, TrafficOracle oracle)
    {
        public List<Item> Items { get; } = items;

        public BigInteger Rank { get; } = oracle.Metric(items);
    }

    internal sealed class Item(OracleTuple tuple, List<OracleValue> values)
    {
        public NsgFlow.Unit.Parsing.TupleFields Fields => tuple.Fields;

        public NsgFlow.Unit.Parsing.RowContext Context => tuple.Context;

        public string? Blob => tuple.Blob;

        public int Position => tuple.Position;

        public List<OracleValue> Values { get; } = values;

        public string SeriesKey { get; set; } = string.Empty;

        public bool IsStart { get; set; }

        public bool IsCounted { get; set; } = true;

        public int Rank => (Fields.Direction == FlowDirection.Outbound ? 0 : 2) + (Context.Kind == FlowLogKind.VirtualNetwork ? 0 : 1);
    }
}

/// <summary>What tuples come to.</summary>
public sealed class OracleSums
{
    internal OracleSums(IEnumerable<TrafficOracle.Item> all)
    {
        var items = all.Where(i => i.IsCounted).ToList();
        Merged = all.Count(i => !i.IsCounted);
        Tuples = items.Count;
        Flows = items.Count(i => i.IsStart);
        Denied = items.Count(i => i.IsStart && i.Fields.Decision == FlowDecision.Deny);
        Recorded = items.Count(i => (i.Fields.PacketsSent ?? i.Fields.BytesSent ?? i.Fields.PacketsReceived ?? i.Fields.BytesReceived) is not null);
        PacketsSent = Sum(items.Select(i => i.Fields.PacketsSent));
        BytesSent = Sum(items.Select(i => i.Fields.BytesSent));
        PacketsReceived = Sum(items.Select(i => i.Fields.PacketsReceived));
        BytesReceived = Sum(items.Select(i => i.Fields.BytesReceived));
        Sources = items.Select(i => (i.Fields.SourceHigh, i.Fields.SourceLow)).Distinct().Count();
        Destinations = items.Select(i => (i.Fields.DestinationHigh, i.Fields.DestinationLow)).Distinct().Count();
        Ports = items.Select(i => i.Fields.DestinationPort).Distinct().Count();
        if (Tuples > 0)
        {
            First = OracleField.Time(items.Min(i => i.Fields.Milliseconds));
            Last = OracleField.Time(items.Max(i => i.Fields.Milliseconds));
        }
    }

    public int Merged { get; }

    public int Tuples { get; }

    public int Flows { get; }

    public int Denied { get; }

    public int Recorded { get; }

    public long? PacketsSent { get; }

    public long? BytesSent { get; }

    public long? PacketsReceived { get; }

    public long? BytesReceived { get; }

    public long Bytes => Saturate((BigInteger)(BytesSent ?? 0) + (BytesReceived ?? 0));

    public int Sources { get; }

    public int Destinations { get; }

    public int Ports { get; }

    public DateTime? First { get; }

    public DateTime? Last { get; }

    public static long Saturate(BigInteger number) => (long)BigInteger.Min(number, long.MaxValue);

    private static long? Sum(IEnumerable<long?> counters)
    {
        var recorded = counters.Where(c => c is not null).ToList();
        return recorded.Count == 0 ? null : Saturate(recorded.Aggregate(BigInteger.Zero, (sum, c) => sum + c!.Value));
    }
}
