using System;

namespace NsgFlow;

/// <summary>
/// One tuple, as numbers: what the reader hands to filters and sinks before any object exists. Fields, not properties,
/// since it is written in place a million times a second; everything is by value, nothing needs freeing.
/// </summary>
public struct FlowTuple
{
    /// <summary>The value of a counter that the log left blank (begun and denied flows of NSG version 2; all of version 1).</summary>
    public const long NotRecorded = -1;

    /// <summary>Time stamp in milliseconds since 1970-01-01 UTC (NSG logs record whole seconds).</summary>
    public long UnixMilliseconds;

    /// <summary>Source address: the side that opened the connection.</summary>
    public FlowAddress Source;

    /// <summary>Destination address.</summary>
    public FlowAddress Destination;

    /// <summary>Packets source→destination since the last update, or <see cref="NotRecorded"/>.</summary>
    public long PacketsSent;

    /// <summary>Bytes source→destination since the last update, headers included, or <see cref="NotRecorded"/>.</summary>
    public long BytesSent;

    /// <summary>Packets destination→source since the last update, or <see cref="NotRecorded"/>.</summary>
    public long PacketsReceived;

    /// <summary>Bytes destination→source since the last update, headers included, or <see cref="NotRecorded"/>.</summary>
    public long BytesReceived;

    /// <summary>Source port.</summary>
    public ushort SourcePort;

    /// <summary>Destination port.</summary>
    public ushort DestinationPort;

    /// <summary>IANA protocol number; from 256 on the number of an unknown code's text in <see cref="UnknownCodes"/>.</summary>
    public ushort ProtocolCode;

    /// <summary>A <see cref="FlowEncryption"/> value; from 256 on the number of an unknown code's text in <see cref="UnknownCodes"/>.</summary>
    public ushort EncryptionCode;

    /// <summary>Direction as seen from the logging network interface.</summary>
    public FlowDirection Direction;

    /// <summary>Allowed or denied.</summary>
    public FlowDecision Decision;

    /// <summary>State, <see cref="FlowState.None"/> in version 1.</summary>
    public FlowState State;

    /// <summary>The protocol; <see cref="FlowProtocol.Other"/> for a code that is no number.</summary>
    public readonly FlowProtocol Protocol => ProtocolCode < 256 ? (FlowProtocol)ProtocolCode : FlowProtocol.Other;

    /// <summary>The encryption state; <see cref="FlowEncryption.None"/> in NSG logs.</summary>
    public readonly FlowEncryption Encryption => EncryptionCode < 256 ? (FlowEncryption)EncryptionCode : FlowEncryption.Other;

    /// <summary>Time stamp, UTC.</summary>
    public readonly DateTime Time => UnixTime.ToDateTime(UnixMilliseconds);
}
