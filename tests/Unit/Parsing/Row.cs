using System;

namespace NsgFlow.Unit.Parsing;

/// <summary>What one tuple's text says, in plain values. Protocol and encryption as text, addresses as 128 bits.</summary>
public readonly record struct TupleFields
{
    public long Milliseconds { get; init; }

    public ulong SourceHigh { get; init; }

    public ulong SourceLow { get; init; }

    public ulong DestinationHigh { get; init; }

    public ulong DestinationLow { get; init; }

    public int SourcePort { get; init; }

    public int DestinationPort { get; init; }

    public string Protocol { get; init; }

    public string? Encryption { get; init; }

    public FlowDirection Direction { get; init; }

    public FlowDecision Decision { get; init; }

    public FlowState State { get; init; }

    public long? PacketsSent { get; init; }

    public long? BytesSent { get; init; }

    public long? PacketsReceived { get; init; }

    public long? BytesReceived { get; init; }
}

/// <summary>What a tuple's group and entry say.</summary>
public sealed record RowContext
{
    /// <summary>Expected value of <see cref="FormatVersion"/> where the contract leaves it open.</summary>
    public const int AnyVersion = -1;

    /// <summary>Expected value of <see cref="EntryTime"/> where the contract leaves it open.</summary>
    public static readonly DateTime AnyTime = DateTime.MinValue;

    public long EntryOffset { get; init; }

    public FlowLogKind Kind { get; init; }

    public int FormatVersion { get; init; }

    public DateTime? EntryTime { get; init; }

    public string? EntryMac { get; init; }

    public string? Mac { get; init; }

    public string? Rule { get; init; }

    public FlowRuleKind RuleKind { get; init; }

    public string? AclId { get; init; }

    public string? Target { get; init; }

    public string? FlowLog { get; init; }

    /// <summary>Whether a reader's context is what this one asks for.</summary>
    public bool Admits(RowContext actual) => this == actual || this == actual with
    {
        FormatVersion = FormatVersion == AnyVersion ? AnyVersion : actual.FormatVersion,
        EntryTime = EntryTime == AnyTime ? AnyTime : actual.EntryTime,
    };
}

/// <summary>One flow record in plain values.</summary>
public sealed record Row(TupleFields Tuple, RowContext Context);
