using System;

namespace NsgFlow.Simulator;

/// <summary>A line of a flow log, and what the log says around it.</summary>
/// <param name="Version">1, 2 or 4.</param>
/// <param name="State">B, C, E or D; blank in version 1.</param>
/// <param name="Acl">The id of the NSG or of other rules.</param>
/// <param name="Target">The id of what is logged.</param>
/// <param name="FlowLog">The id of the flow log; empty for an NSG's.</param>
internal sealed record RawFlow(
    int Version,
    DateTime Time,
    string Source,
    string Destination,
    string SourcePort,
    int DestinationPort,
    string Protocol,
    bool IsInbound,
    bool IsDenied,
    char State,
    string Encryption,
    RawCounters? Counters,
    string Rule,
    string Acl,
    string Mac,
    string Target,
    string FlowLog)
{
    public bool IsNsg => Version < 4;

    /// <summary>Whether the line is a flow's first.</summary>
    public bool Begins => Version == 1 || State is 'B' or 'D';

    public bool Ends => State == 'E';
}

/// <summary>What went there and back since the line before.</summary>
internal sealed record RawCounters(long PacketsSent, long BytesSent, long PacketsReceived, long BytesReceived);
