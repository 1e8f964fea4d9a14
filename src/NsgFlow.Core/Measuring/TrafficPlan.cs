using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Measuring;

/// <summary>
/// What follows from the question and from the names of the blobs, before anything is read: what can be left out without changing the answer.
/// Shared by all meters of a measurement; immutable but for the names.
/// </summary>
internal sealed class TrafficPlan
{
    private TrafficPlan(TrafficQuery query, bool isSummary, CaptureKinds captures, FlowOrder order)
    {
        Query = query;
        IsSummary = isSummary;
        Captures = query.Raw ? CaptureKinds.Once : captures;
        Order = order;
        Layout = isSummary
            ? new KeyLayout(Array.ConvertAll(SummaryFields, TrafficKey.Of), 0, Names)
            : new KeyLayout(query.By, (long)(query.Bucket ?? TimeSpan.Zero).TotalMilliseconds, Names);
    }

    /// <summary>What a summary keeps of a capture beside its conversation and hour, a word each. Those of rules first, as they are asked for together.</summary>
    public static FieldCode[] SummaryFields { get; } =
    [
        FieldCode.Nsg, FieldCode.Rule, FieldCode.RuleKind, FieldCode.Direction,
        FieldCode.MacAddress, FieldCode.VirtualNetwork, FieldCode.Subnet, FieldCode.Location,
    ];

    /// <summary>How many of <see cref="SummaryFields"/> are of the rule.</summary>
    public static int SummaryRuleWords => 3;

    /// <summary>Place of the direction among <see cref="SummaryFields"/>.</summary>
    public static int SummaryDirection => 3;

    public TrafficQuery Query { get; }

    /// <summary>Whether everything is kept by conversation and hour, to be grouped in several ways at the end.</summary>
    public bool IsSummary { get; }

    public CaptureKinds Captures { get; }

    public FlowOrder Order { get; }

    /// <summary>Whether the trends are of flows: numbers of different values cannot be added up.</summary>
    public bool IsTrendOfFlows => Query.OrderBy is TrafficOrder.Flows or TrafficOrder.Sources or TrafficOrder.Destinations or TrafficOrder.Ports;

    public KeyLayout Layout { get; }

    public TrafficNames Names { get; } = new();

    /// <summary>A plan for blobs.</summary>
    public static TrafficPlan ForBlobs(TrafficQuery query, bool isSummary, IReadOnlyCollection<FlowBlob> blobs)
    {
        var areNamed = blobs.All(static blob => blob.Kind is not null && blob.MacAddress is not null && blob.Hour is not null && blob.Target is not null);
        if (!areNamed)
        {
            return new TrafficPlan(query, isSummary, CaptureKinds.TwoEndsTwoLogs, FlowOrder.Entry);
        }

        var logs = blobs.Select(static blob => blob.Kind).Distinct().Count();
        var nics = blobs.Select(static blob => blob.MacAddress).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        var captures = logs > 1 ? CaptureKinds.TwoEndsTwoLogs : nics > 1 ? CaptureKinds.TwoEnds : CaptureKinds.Once;
        var hours = new HashSet<(FlowLogKind?, string?, DateTime?)>();
        var isOneBlobEach = blobs.All(blob => hours.Add((blob.Kind, blob.MacAddress?.ToUpperInvariant(), blob.Hour)));
        return new TrafficPlan(query, isSummary, captures, isOneBlobEach ? FlowOrder.Blob : FlowOrder.Entry);
    }

    /// <summary>A plan for records from anywhere.</summary>
    public static TrafficPlan ForRecords(TrafficQuery query, bool isSummary) => new(query, isSummary, CaptureKinds.TwoEndsTwoLogs, FlowOrder.Tuple);
}
