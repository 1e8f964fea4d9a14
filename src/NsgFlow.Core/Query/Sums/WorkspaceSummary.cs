using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>Makes a summary of the rows of all its lists.</summary>
internal sealed class WorkspaceSummary
{
    private readonly TrafficQuery _query;
    private readonly TrendPieces? _trend;
    private readonly CancellationToken _cancellation;
    private readonly TrafficNames _names = new();
    private readonly Dictionary<string, List<LogsRow>> _rows = new(StringComparer.Ordinal);
    private TrafficTotals _whole = TrafficTotals.Nothing;
    private bool _hasBytes;

    public WorkspaceSummary(TrafficQuery query, TrendPieces? trend, CancellationToken cancellation)
    {
        _query = query;
        _trend = trend;
        _cancellation = cancellation;
    }

    /// <summary>The summary of an answer to the KQL of <see cref="TrafficSummaryKql"/>.</summary>
    public TrafficSummary Of(IEnumerable<LogsRow> rows)
    {
        foreach (var row in rows)
        {
            _cancellation.ThrowIfCancellationRequested();
            var name = row.Text("List") ?? string.Empty;
            if (!_rows.TryGetValue(name, out var list))
            {
                _rows.Add(name, list = []);
            }

            list.Add(row);
        }

        var whole = RowsOf(TrafficSummaryKql.Whole) is [var one, ..] ? one : null;
        _whole = whole is null ? TrafficTotals.Nothing : TrafficRowReader.Totals(whole);
        _hasBytes = whole?.Flag("HasBytes") == true;
        var isTold = _whole.Recorded > 0;
        var isSeen = _whole.First <= _whole.Last;
        var inbound = Math.Min(_whole.Flows, whole?.Number("Inbound") ?? 0);
        var types = Finish(SummaryListKind.FlowType);
        var hours = Finish(SummaryListKind.Hour);
        return new TrafficSummary
        {
            Flows = _whole.Flows,
            Denied = _whole.Denied,
            Malicious = types.Where(static row => row.KeyValues[0] is FlowType.MaliciousFlow).Sum(static row => row.Flows),
            Inbound = inbound,
            Outbound = _whole.Flows - inbound,
            BytesSent = isTold ? _whole.BytesSent : null,
            BytesReceived = isTold ? _whole.BytesReceived : null,
            PacketsSent = isTold ? _whole.PacketsSent : null,
            PacketsReceived = isTold ? _whole.PacketsReceived : null,
            FirstSeen = isSeen ? UnixTime.ToDateTime(_whole.First) : null,
            LastSeen = isSeen ? UnixTime.ToDateTime(_whole.Last) : null,
            Nsg = Seen(FieldCode.Nsg),
            VirtualNetwork = Seen(FieldCode.VirtualNetwork),
            Subnet = Seen(FieldCode.Subnet),
            Location = Seen(FieldCode.Location),
            MacAddress = Seen(FieldCode.MacAddress),
            FlowType = types,
            Hour = [.. hours.OrderBy(static row => row.KeyValues[0])],
            BusiestHour = hours.Length > 0 ? hours[0] : null,
            TopConversation = Finish(SummaryListKind.TopConversation),
            TopTalker = Finish(SummaryListKind.TopTalker),
            TopPort = Finish(SummaryListKind.TopPort),
            TopDeniedSource = Finish(SummaryListKind.TopDeniedSource),
            TopRule = Finish(SummaryListKind.TopRule),
        };
    }

    private List<LogsRow> RowsOf(string list) => _rows.TryGetValue(list, out var rows) ? rows : [];

    // In one spelling of several, as everywhere.
    private string[] Seen(FieldCode code)
    {
        var ids = new HashSet<int>(RowsOf(TrafficSummaryKql.Seen).Select(row => row.Text(code.ToString()) is { Length: > 0 } name ? _names.IdOf(code, name) : 0));
        return [.. ids.Select(_names.TextOf).OfType<string>().OrderBy(static name => name, StringComparer.OrdinalIgnoreCase)];
    }

    private TrafficMeasure[] Finish(SummaryListKind list)
    {
        using var folder = new SpillFolder(_query.TemporaryFolder);
        var order = list.Order ?? (_hasBytes ? TrafficOrder.Bytes : TrafficOrder.Flows);
        var question = new RowQuestion(_query, new KeyLayout(list.Keys, 0, _names), order, list.IsWhole ? null : _query.Top ?? TrafficSummaryKql.UsualTop)
        {
            HasTuples = false,
            HasTrend = _trend is not null,
            TrendUnit = _trend?.Width ?? TrendScale.Minute,
            TrendEnd = _trend?.Last ?? long.MaxValue,
        };
        using var finisher = new RowFinisher(question, TrafficQuery.UsualMemory, folder, _cancellation);
        using var rows = new WorkspaceRows(finisher, new TrafficRowReader(question.Layout, _names, _trend), question, folder, TrafficQuery.UsualMemory, areAdded: false);
        foreach (var row in RowsOf(list.Name))
        {
            rows.Add(row);
        }

        return [.. rows.Finish((_whole.First, _whole.Last))];
    }
}
