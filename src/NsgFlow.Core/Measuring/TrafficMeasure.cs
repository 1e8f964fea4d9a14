using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Display;

namespace NsgFlow;

/// <summary>
/// One row of a measurement: the values it is of, and what was added up. Numbers of all rows add up to the whole, since what is not shown
/// stands in the row of the rest (<see cref="IsOther"/>).
/// </summary>
public sealed class TrafficMeasure
{
    /// <summary>What stands in the first field of the row of the rest.</summary>
    public const string Other = "(other)";

    private readonly IReadOnlyList<long> _trend = [];

    internal TrafficMeasure(IReadOnlyList<string> keyNames, IReadOnlyList<object?> keyValues)
    {
        KeyNames = ShownList<string>.Of(keyNames);
        KeyValues = ShownList<object?>.Of(keyValues);
    }

    /// <summary>Names of the fields it was grouped by; with time buckets, <c>Time</c> is the first.</summary>
    public IReadOnlyList<string> KeyNames { get; }

    /// <summary>The row's values of these fields; null where the log or the inventory does not tell. In the row of the rest the first is <see cref="Other"/>.</summary>
    public IReadOnlyList<object?> KeyValues { get; }

    /// <summary>True for the row of all that is not shown.</summary>
    public bool IsOther { get; internal init; }

    /// <summary>
    /// Number of flows: Begin tuples of allowed flows, denied tuples, tuples of version 1, and one for each flow that began before the first tuple
    /// seen of it.
    /// </summary>
    public long Flows { get; internal init; }

    /// <summary>Number of allowed flows.</summary>
    public long Allowed => Flows - Denied;

    /// <summary>Number of denied flows.</summary>
    public long Denied { get; internal init; }

    /// <summary>Number of tuples, those not counted as second captures left out; null where tables of a workspace were measured, which do not tell.</summary>
    public long? Tuples { get; internal init; }

    /// <summary>Number of tuples whose counters were recorded, of the others it is not known what they carried; null as <see cref="Tuples"/> is.</summary>
    public long? RecordedTuples { get; internal init; }

    /// <summary>Number of tuples that were not counted, since they are second captures of flows that were; null as <see cref="Tuples"/> is.</summary>
    public long? MergedTuples { get; internal init; }

    /// <summary>Bytes both ways; null when no tuple recorded any.</summary>
    public long? Bytes => BytesSent is { } sent && BytesReceived is { } received ? Measuring.TrafficTotals.Sum(sent, received) : null;

    /// <summary>Bytes source→destination, headers included; null when no tuple recorded any.</summary>
    public long? BytesSent { get; internal init; }

    /// <summary>Bytes destination→source, headers included; null when no tuple recorded any.</summary>
    public long? BytesReceived { get; internal init; }

    /// <summary>Packets both ways; null when no tuple recorded any.</summary>
    public long? Packets => PacketsSent is { } sent && PacketsReceived is { } received ? Measuring.TrafficTotals.Sum(sent, received) : null;

    /// <summary>Packets source→destination; null when no tuple recorded any.</summary>
    public long? PacketsSent { get; internal init; }

    /// <summary>Packets destination→source; null when no tuple recorded any.</summary>
    public long? PacketsReceived { get; internal init; }

    /// <summary>Number of different source addresses, exact; null when it was not asked for, and in the row of the rest.</summary>
    public long? Sources { get; internal init; }

    /// <summary>Number of different destination addresses, exact; null when it was not asked for, and in the row of the rest.</summary>
    public long? Destinations { get; internal init; }

    /// <summary>Number of different destination ports, exact; null when it was not asked for, and in the row of the rest.</summary>
    public long? Ports { get; internal init; }

    /// <summary>Time of the first tuple, UTC; null without tuples (an empty bucket).</summary>
    public DateTime? FirstSeen { get; internal init; }

    /// <summary>Time of the last tuple, UTC; null without tuples.</summary>
    public DateTime? LastSeen { get; internal init; }

    /// <summary>Share of the whole in what the rows are ordered by, from 0 to 100; null when there is no whole (numbers of different values; bytes and packets that were not recorded).</summary>
    public double? Percent { get; internal init; }

    /// <summary>What the rows are ordered by, over the time of the whole measurement, in pieces of <see cref="TrendStep"/>; empty with time buckets.</summary>
    public IReadOnlyList<long> Trend { get => _trend; internal init => _trend = ShownList<long>.Of(value); }

    /// <summary>Length of a piece of <see cref="Trend"/>.</summary>
    public TimeSpan TrendStep { get; internal init; }

    /// <summary>What the rows are ordered by.</summary>
    public TrafficOrder OrderedBy { get; internal init; }

    /// <summary>What was counted once, in this row or in others.</summary>
    internal TrafficDistinct Counted { get; init; }

    /// <summary>The keys and the flows, for messages.</summary>
    public override string ToString()
    {
        var keys = string.Join(", ", KeyValues.Select(static value => Convert.ToString(value, CultureInfo.InvariantCulture)));
        return FormattableString.Invariant($"{FlowFormat.Text(keys)}: {Flows} {(Flows == 1 ? "flow" : "flows")}");
    }
}
