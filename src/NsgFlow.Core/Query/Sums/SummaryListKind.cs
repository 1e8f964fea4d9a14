using System.Collections.Generic;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>A list of a summary: its name, what it is by, and what it is ordered by.</summary>
internal sealed class SummaryListKind
{
    private SummaryListKind(string name, TrafficOrder? order, bool isWhole, params FieldCode[] fields)
    {
        Name = name;
        Order = order;
        IsWhole = isWhole;
        Keys = [.. System.Array.ConvertAll(fields, static code => TrafficKey.Of(code))];
    }

    public static SummaryListKind FlowType { get; } = new(nameof(TrafficSummary.FlowType), TrafficOrder.Flows, isWhole: true, FieldCode.FlowType);

    public static SummaryListKind Hour { get; } = new(nameof(TrafficSummary.Hour), null, isWhole: true, FieldCode.Hour);

    public static SummaryListKind TopConversation { get; } = new(
        nameof(TrafficSummary.TopConversation), null, isWhole: false, FieldCode.SourceAddress, FieldCode.DestinationAddress, FieldCode.DestinationPort, FieldCode.Protocol);

    public static SummaryListKind TopTalker { get; } = new(nameof(TrafficSummary.TopTalker), null, isWhole: false, FieldCode.SourceAddress);

    public static SummaryListKind TopPort { get; } = new(nameof(TrafficSummary.TopPort), TrafficOrder.Flows, isWhole: false, FieldCode.DestinationPort, FieldCode.Protocol);

    public static SummaryListKind TopDeniedSource { get; } = new(nameof(TrafficSummary.TopDeniedSource), TrafficOrder.Denied, isWhole: false, FieldCode.SourceAddress);

    public static SummaryListKind TopRule { get; } = new(
        nameof(TrafficSummary.TopRule), TrafficOrder.Flows, isWhole: false, FieldCode.Nsg, FieldCode.Rule, FieldCode.RuleKind);

    /// <summary>All lists, in the summary's order.</summary>
    public static IReadOnlyList<SummaryListKind> All { get; } = [FlowType, Hour, TopConversation, TopTalker, TopPort, TopDeniedSource, TopRule];

    public string Name { get; }

    /// <summary>What it is ordered by; null for the size: bytes, or flows where none of the rows has bytes.</summary>
    public TrafficOrder? Order { get; }

    /// <summary>Whether all rows are wanted.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether a flow counts with each rule that decided about it.</summary>
    public bool IsOfRules => this == TopRule;

    public IReadOnlyList<TrafficKey> Keys { get; }
}
