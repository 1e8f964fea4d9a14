using System;
using System.Collections.Generic;
using NsgFlow.Display;

namespace NsgFlow;

/// <summary>
/// What a sample holds, counted from the model while it was written, never by reading back: what a reader of the sample must find.
/// Every count is of what is in the blobs; a flow logged at two network interfaces counts at both unless the name says otherwise.
/// </summary>
public sealed class FlowSampleTruth
{
    /// <summary>Full path of the folder; null when the blobs were not written to one.</summary>
    public string? Path { get; init; }

    /// <summary>The seed the sample was made with.</summary>
    public int Seed { get; init; }

    /// <summary>The log format.</summary>
    public FlowSampleFormat Format { get; init; }

    /// <summary>Whose traffic.</summary>
    public FlowSampleScenario Scenario { get; init; }

    /// <summary>Start of the first hour, UTC.</summary>
    public DateTime StartTime { get; init; }

    /// <summary>End of the last hour, UTC, exclusive.</summary>
    public DateTime EndTime { get; init; }

    /// <summary>MACs of the network interfaces, 12 upper-case hex digits each.</summary>
    public IReadOnlyList<string> MacAddresses { get; init => field = OutputList.Of(value); } = [];

    /// <summary>Number of blobs: one for each network interface and hour with traffic.</summary>
    public int Blobs { get; init; }

    /// <summary>Number of entries (elements of <c>records</c>): one for each network interface and minute with traffic.</summary>
    public long Entries { get; init; }

    /// <summary>Number of tuples.</summary>
    public long Tuples { get; init; }

    /// <summary>Number of allowed tuples.</summary>
    public long AllowedTuples { get; init; }

    /// <summary>Number of denied tuples.</summary>
    public long DeniedTuples { get; init; }

    /// <summary>
    /// Number of allowed tuples in state Begin; 0 in version 1. An NSG version 2 log writes denied tuples in state Begin too:
    /// those are in <see cref="DeniedTuples"/> only.
    /// </summary>
    public long BeginTuples { get; init; }

    /// <summary>Number of tuples in state Continue; 0 in version 1.</summary>
    public long ContinueTuples { get; init; }

    /// <summary>Number of tuples in state End; 0 in version 1.</summary>
    public long EndTuples { get; init; }

    /// <summary>
    /// Number of flows. Version 1: every tuple. Else: Begin tuples of allowed flows, plus denied tuples, plus
    /// <see cref="HeadlessSessions"/>. The five-tuple of a headless session never begins again in the sample.
    /// </summary>
    public long Flows { get; init; }

    /// <summary>
    /// Number of sessions: allowed flows of a network interface with at least one tuple in the sample, those begun before it or
    /// still open at its end included. A denied attempt is no session.
    /// </summary>
    public long Sessions { get; init; }

    /// <summary>Number of sessions begun before the sample: their Continue and End tuples are there, their Begin is not.</summary>
    public long HeadlessSessions { get; init; }

    /// <summary>
    /// Number of tuples that are the second copy of one: the destination's network interface (Inbound) repeats what the source's
    /// (Outbound) logged, with the same time, five-tuple, state and counters.
    /// </summary>
    public long DuplicatedTuples { get; init; }

    /// <summary>Number of flows among <see cref="Flows"/> that are second copies.</summary>
    public long DuplicatedFlows { get; init; }

    /// <summary>Bytes among <see cref="BytesSent"/> that are second copies.</summary>
    public long DuplicatedBytesSent { get; init; }

    /// <summary>Bytes among <see cref="BytesReceived"/> that are second copies.</summary>
    public long DuplicatedBytesReceived { get; init; }

    /// <summary>Bytes source→destination, the sum of the counters written; 0 in version 1, which has none.</summary>
    public long BytesSent { get; init; }

    /// <summary>Bytes destination→source, the sum of the counters written; 0 in version 1, which has none.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Packets source→destination, the sum of the counters written; 0 in version 1, which has none.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Packets destination→source, the sum of the counters written; 0 in version 1, which has none.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>
    /// Earliest tuple's time as written (whole seconds in NSG logs, milliseconds in VNet logs), UTC; null without tuples.
    /// </summary>
    public DateTime? FirstTime { get; init; }

    /// <summary>Latest tuple's time as written, UTC; null without tuples.</summary>
    public DateTime? LastTime { get; init; }

    /// <summary>Bytes of all blobs together, JSON text.</summary>
    public long BytesWritten { get; init; }
}
