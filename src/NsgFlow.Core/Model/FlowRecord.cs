using System;
using System.Globalization;

namespace NsgFlow;

/// <summary>
/// One flow record: a tuple with the entry and rule it stood under. Cheap to make (the tuple's numbers and one shared reference);
/// addresses become text when asked for. A value that the log does not record is null, never 0.
/// </summary>
public sealed class FlowRecord
{
    private readonly FlowTuple _tuple;
    private readonly FlowGroup _group;

    /// <summary>Makes a record of a tuple and its group.</summary>
    public FlowRecord(in FlowTuple tuple, FlowGroup group)
    {
        _tuple = tuple;
        _group = group ?? throw new ArgumentNullException(nameof(group));
    }

    /// <summary>When the flow was seen, UTC: whole seconds in NSG logs, milliseconds in VNet logs.</summary>
    public DateTime Time => _tuple.Time;

    /// <summary>Address of the side that opened the connection.</summary>
    public string SourceAddress => _tuple.Source.ToString();

    /// <summary>Source port.</summary>
    public int SourcePort => _tuple.SourcePort;

    /// <summary>Address of the other side.</summary>
    public string DestinationAddress => _tuple.Destination.ToString();

    /// <summary>Destination port.</summary>
    public int DestinationPort => _tuple.DestinationPort;

    /// <summary>Tcp, Udp, or the IANA number; Other for a code that is no number (see <see cref="ProtocolCode"/>).</summary>
    public FlowProtocol Protocol => _tuple.Protocol;

    /// <summary>The protocol as a number in text (<c>6</c>), or the unknown code as the log wrote it.</summary>
    public string ProtocolCode => _tuple.ProtocolCode < UnknownCodes.First
        ? _tuple.ProtocolCode.ToString(CultureInfo.InvariantCulture)
        : UnknownCodes.Text(_tuple.ProtocolCode);

    /// <summary>Inbound or Outbound, as seen from the network interface of <see cref="MacAddress"/>.</summary>
    public FlowDirection Direction => _tuple.Direction;

    /// <summary>Allow or Deny; in VNet logs derived from the state.</summary>
    public FlowDecision Decision => _tuple.Decision;

    /// <summary>Begin, Continue, End or (VNet logs) Deny; null in version 1.</summary>
    public FlowState? State => _tuple.State == FlowState.None ? null : _tuple.State;

    /// <summary>Virtual network encryption; null in NSG logs.</summary>
    public FlowEncryption? Encryption => _tuple.EncryptionCode == 0 ? null : _tuple.Encryption;

    /// <summary>The encryption code as the log wrote it (<c>X</c>, <c>NX</c>, <c>NX_…</c>); null in NSG logs.</summary>
    public string? EncryptionCode => EncryptionCodes.Text(_tuple.EncryptionCode);

    /// <summary>Packets source→destination since the last update of the flow; null when not recorded.</summary>
    public long? PacketsSent => Recorded(_tuple.PacketsSent);

    /// <summary>Bytes source→destination since the last update of the flow, headers included; null when not recorded.</summary>
    public long? BytesSent => Recorded(_tuple.BytesSent);

    /// <summary>Packets destination→source since the last update of the flow; null when not recorded.</summary>
    public long? PacketsReceived => Recorded(_tuple.PacketsReceived);

    /// <summary>Bytes destination→source since the last update of the flow, headers included; null when not recorded.</summary>
    public long? BytesReceived => Recorded(_tuple.BytesReceived);

    /// <summary>Bytes both ways since the last update; null when neither way is recorded.</summary>
    public long? Bytes => BytesSent is null && BytesReceived is null ? null : (BytesSent ?? 0) + (BytesReceived ?? 0);

    /// <summary>Name of the rule that decided, without <c>DefaultRule_</c> or <c>UserRule_</c>; null when the log does not say.</summary>
    public string? Rule => _group.Rule;

    /// <summary>Kind of that rule; null when the log does not say the rule.</summary>
    public FlowRuleKind? RuleKind => _group.Rule is null ? null : _group.RuleKind;

    /// <summary>VNet logs: GUID or ARM id of the access control list that decided; null in NSG logs.</summary>
    public string? AclId => _group.AclId;

    /// <summary>MAC of the network interface that logged the flow: 12 upper-case hex digits; null when the log does not say.</summary>
    public string? MacAddress => _group.MacAddress;

    /// <summary>Name of the network security group: the logged one, or in VNet logs the one of <see cref="AclId"/>; null when not known.</summary>
    public string? Nsg => Entry.Kind == FlowLogKind.Nsg ? new ResourceId(Entry.TargetResourceId).Nsg : new ResourceId(AclId).Nsg;

    /// <summary>ARM id of what is logged (NSG, virtual network, subnet or network interface); null when the log does not say.</summary>
    public string? TargetResourceId => Entry.TargetResourceId;

    /// <summary>Resource group of the target; null when not known.</summary>
    public string? ResourceGroup => new ResourceId(Entry.TargetResourceId).ResourceGroup;

    /// <summary>Subscription of the target; null when not known.</summary>
    public string? SubscriptionId => new ResourceId(Entry.TargetResourceId).SubscriptionId;

    /// <summary>1 or 2 (NSG flow log), 4 (VNet flow log).</summary>
    public int FormatVersion => Entry.FormatVersion;

    /// <summary>When Azure wrote the entry, UTC; null when the log does not say.</summary>
    public DateTime? EntryTime => Entry.Time;

    /// <summary>Blob or file the record came from; null for text from the pipeline.</summary>
    public string? Blob => Entry.Blob.Length == 0 ? null : Entry.Blob;

    /// <summary>The tuple's numbers, for code that wants no text.</summary>
    internal ref readonly FlowTuple Tuple => ref _tuple;

    internal FlowGroup Group => _group;

    private FlowEntry Entry => _group.Entry;

    /// <summary>A line for logs and messages: time, endpoints, protocol, decision.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:yyyy-MM-ddTHH:mm:ss.fffZ} {1} {2} -> {3} {4} {5}",
        Time,
        Protocol,
        Endpoint(_tuple.Source, _tuple.SourcePort),
        Endpoint(_tuple.Destination, _tuple.DestinationPort),
        Direction,
        Decision);

    private static string Endpoint(FlowAddress address, ushort port) =>
        address.IsV4 ? $"{address}:{port.ToString(CultureInfo.InvariantCulture)}" : $"[{address}]:{port.ToString(CultureInfo.InvariantCulture)}";

    private static long? Recorded(long counter) => counter == FlowTuple.NotRecorded ? null : counter;
}
