using System;
using System.Runtime.CompilerServices;

namespace NsgFlow.Measuring;

/// <summary>One list of a summary: captures grouped once more by some of their fields.</summary>
internal sealed class SummaryList : IDisposable
{
    private readonly TrafficPlan _plan;
    private readonly KeyLayout _layout;
    private readonly ulong[] _key;
    private readonly int[] _from;

    /// <param name="plan">The summary's plan.</param>
    /// <param name="order">What the list is ordered by.</param>
    /// <param name="top">Its length; null for all rows.</param>
    /// <param name="folder">Where to put rows aside.</param>
    /// <param name="fields">Its fields.</param>
    public SummaryList(TrafficPlan plan, TrafficOrder order, int? top, SpillFolder folder, params FieldCode[] fields)
    {
        _plan = plan;
        _layout = new KeyLayout(Array.ConvertAll(fields, static code => TrafficKey.Of(code)), 0, plan.Names);
        _key = new ulong[_layout.Words];
        _from = Array.ConvertAll(_layout.Parts, part => Array.Find(plan.Layout.Parts, other => other.Code == part.Code).At);
        Order = order;
        Question = new RowQuestion(plan.Query, _layout, order, top);
        Rows = new TrafficStore(_layout.Words, _layout.Words, hasTotals: true, hasTrend: true, folder, KeyMaker.HourLength);
    }

    public TrafficOrder Order { get; }

    public RowQuestion Question { get; }

    public TrafficStore Rows { get; }

    /// <summary>Adds captures of a conversation in an hour.</summary>
    [MethodImpl(Hot.Path)]
    public void Add(ReadOnlySpan<ulong> capture, in TrafficTotals totals)
    {
        FillKey(capture);
        var table = Rows.Table;
        var row = table.Add(_key);
        table.Totals(row).Add(in totals);
        var value = totals.Value(Order);
        if (value > 0)
        {
            table.AddTrend(row, (long)capture[5] * KeyMaker.HourLength, value);
        }
    }

    /// <summary>Adds captures that count elsewhere.</summary>
    public void AddMerged(ReadOnlySpan<ulong> capture, long tuples)
    {
        FillKey(capture);
        Rows.Table.Totals(Rows.Table.Add(_key)).Merged += tuples;
    }

    public void Dispose() => Rows.Dispose();

    [MethodImpl(Hot.Path)]
    private void FillKey(ReadOnlySpan<ulong> capture)
    {
        for (var i = 0; i < _layout.Parts.Length; i++)
        {
            ref readonly var part = ref _layout.Parts[i];
            if (KeyPart.IsAddress(part.Code))
            {
                var at = part.Code == FieldCode.SourceAddress ? 0 : 2;
                _key[part.At] = capture[at];
                _key[part.At + 1] = capture[at + 1];
            }
            else
            {
                _key[part.At] = part.Code switch
                {
                    FieldCode.DestinationPort => capture[4] & 0xFFFF,
                    FieldCode.Protocol => (capture[4] >> 16) & 0xFFFF,
                    FieldCode.Hour => capture[5],
                    FieldCode.FlowType => (ulong)TypeOf(capture),
                    _ => capture[TrafficMeter.ConversationWords + _from[i]],
                };
            }
        }
    }

    private FlowType TypeOf(ReadOnlySpan<ulong> capture)
    {
        var map = _plan.Query.Network;
        var direction = (FlowDirection)capture[TrafficMeter.ConversationWords + TrafficPlan.SummaryDirection];
        return map.TypeOf(
            map.IndexOf(new FlowAddress(capture[0], capture[1])),
            map.IndexOf(new FlowAddress(capture[2], capture[3])),
            direction);
    }
}
