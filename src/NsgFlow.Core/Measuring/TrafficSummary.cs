using System;
using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow;

/// <summary>
/// What the dashboard of Traffic Analytics shows, from the flows themselves. Lists are of <see cref="TrafficMeasure"/>, the largest first, with
/// everything else in a last row. Each flow counts once in each list, but with each rule that decided about it in that of rules.
/// </summary>
public sealed class TrafficSummary
{
    /// <summary>Number of flows; see <see cref="TrafficMeasure.Flows"/>.</summary>
    public long Flows { get; internal init; }

    /// <summary>Number of allowed flows.</summary>
    public long Allowed => Flows - Denied;

    /// <summary>Number of denied (blocked) flows.</summary>
    public long Denied { get; internal init; }

    /// <summary>Number of flows with an address of the threat lists at an end; null when no list was given.</summary>
    public long? Malicious { get; internal init; }

    /// <summary>Number of flows counted by the tuples of the network interface they entered.</summary>
    public long Inbound { get; internal init; }

    /// <summary>Number of flows counted by the tuples of the network interface they left; one between two logged interfaces is counted there.</summary>
    public long Outbound { get; internal init; }

    /// <summary>Bytes both ways; null when no tuple recorded any.</summary>
    public long? Bytes => BytesSent is { } sent && BytesReceived is { } received ? Measuring.TrafficTotals.Sum(sent, received) : null;

    /// <summary>Bytes source→destination; null when no tuple recorded any.</summary>
    public long? BytesSent { get; internal init; }

    /// <summary>Bytes destination→source; null when no tuple recorded any.</summary>
    public long? BytesReceived { get; internal init; }

    /// <summary>Packets both ways; null when no tuple recorded any.</summary>
    public long? Packets => PacketsSent is { } sent && PacketsReceived is { } received ? Measuring.TrafficTotals.Sum(sent, received) : null;

    /// <summary>Packets source→destination; null when no tuple recorded any.</summary>
    public long? PacketsSent { get; internal init; }

    /// <summary>Packets destination→source; null when no tuple recorded any.</summary>
    public long? PacketsReceived { get; internal init; }

    /// <summary>Number of tuples, those not counted as second captures left out; null where tables of a workspace were measured, which do not tell.</summary>
    public long? Tuples { get; internal init; }

    /// <summary>Share of the tuples whose counters were recorded, from 0 to 100; null without tuples, and as <see cref="Tuples"/> is.</summary>
    public double? RecordedPercent { get; internal init; }

    /// <summary>Number of tuples that were not counted, since they are second captures of flows that were; null as <see cref="Tuples"/> is.</summary>
    public long? MergedTuples { get; internal init; }

    /// <summary>Number of entries of the logs that were read; null for records from the pipeline and tables of a workspace.</summary>
    public long? Entries { get; internal init; }

    /// <summary>Number of blobs or files that were read; null for records from the pipeline and tables of a workspace.</summary>
    public int? Blobs { get; internal init; }

    /// <summary>Time of the first tuple, UTC; null without tuples.</summary>
    public DateTime? FirstSeen { get; internal init; }

    /// <summary>Time of the last tuple, UTC; null without tuples.</summary>
    public DateTime? LastSeen { get; internal init; }

    /// <summary>Names of the network security groups seen.</summary>
    public IReadOnlyList<string> Nsg { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Names of the virtual networks seen: of flow logs' targets, and of the inventory.</summary>
    public IReadOnlyList<string> VirtualNetwork { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Names of the subnets seen: of flow logs' targets, and of the inventory.</summary>
    public IReadOnlyList<string> Subnet { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Azure regions seen, of the inventory.</summary>
    public IReadOnlyList<string> Location { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>MACs of the network interfaces that logged.</summary>
    public IReadOnlyList<string> MacAddress { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Flows by flow type, all of them.</summary>
    public IReadOnlyList<TrafficMeasure> FlowType { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Flows by hour, in the order of time.</summary>
    public IReadOnlyList<TrafficMeasure> Hour { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>The hour with the most bytes (without counters: flows); null without tuples.</summary>
    public TrafficMeasure? BusiestHour { get; internal init; }

    /// <summary>Source, destination, destination port and protocol by bytes (without counters: flows).</summary>
    public IReadOnlyList<TrafficMeasure> TopConversation { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Source addresses by bytes (without counters: flows).</summary>
    public IReadOnlyList<TrafficMeasure> TopTalker { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Destination ports and protocols by flows.</summary>
    public IReadOnlyList<TrafficMeasure> TopPort { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Source addresses by denied flows.</summary>
    public IReadOnlyList<TrafficMeasure> TopDeniedSource { get; internal init => field = OutputList.Of(value); } = [];

    /// <summary>Rules and their groups by flows, as captured: a flow decided at both its ends counts with both rules.</summary>
    public IReadOnlyList<TrafficMeasure> TopRule { get; internal init => field = OutputList.Of(value); } = [];
}
