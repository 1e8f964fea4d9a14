using System;
using System.Globalization;

namespace NsgFlow;

/// <summary>
/// One connection as one network interface logged it: its Begin, Continue and End tuples joined (<see cref="SessionJoiner"/>). A
/// connection between two logged network interfaces is two sessions, one Outbound and one Inbound. A value that the log does not record
/// is null, never 0.
/// </summary>
public sealed class FlowSession
{
    // The first tuple, with the sums of all in place of its counters.
    private readonly FlowRecord _sum;
    private readonly long _last;
    private readonly long _end;

    /// <summary>Makes a session.</summary>
    /// <param name="sum">The first tuple, with the sums of all in place of its counters.</param>
    /// <param name="group">The first tuple's group.</param>
    /// <param name="observations">Number of tuples.</param>
    /// <param name="last">Latest time of any of them, in milliseconds since 1970.</param>
    /// <param name="end">Time of the End tuple; <see cref="NoEnd"/> without one.</param>
    internal FlowSession(in FlowTuple sum, FlowGroup group, int observations, long last, long end)
    {
        _sum = new FlowRecord(sum, group);
        _last = last;
        _end = end;
        Observations = observations;
        State = sum.State != FlowState.Begin ? FlowSessionState.HeadMissing : end == NoEnd ? FlowSessionState.Open : FlowSessionState.Complete;
    }

    /// <summary>The end of a session that none was seen of.</summary>
    internal const long NoEnd = long.MinValue;

    /// <summary>Time of the Begin tuple, UTC; of the first tuple seen when the state is <see cref="FlowSessionState.HeadMissing"/>.</summary>
    public DateTime StartTime => _sum.Time;

    /// <summary>Time of the End tuple, UTC; null when none was seen.</summary>
    public DateTime? EndTime => _end == NoEnd ? null : UnixTime.ToDateTime(_end);

    /// <summary>Latest time of any of its tuples, UTC.</summary>
    public DateTime LastSeen => UnixTime.ToDateTime(_last);

    /// <summary>
    /// From <see cref="StartTime"/> to <see cref="EndTime"/>, or to <see cref="LastSeen"/> when no End was seen. The whole length when
    /// the state is <see cref="FlowSessionState.Complete"/>, else the least it can be. Never negative.
    /// </summary>
    public TimeSpan Duration
    {
        get
        {
            var length = (_end == NoEnd ? _last : _end) - _sum.Tuple.UnixMilliseconds;
            return length > 0 ? TimeSpan.FromTicks(length * TimeSpan.TicksPerMillisecond) : TimeSpan.Zero;
        }
    }

    /// <summary>Address of the side that opened the connection.</summary>
    public string SourceAddress => _sum.SourceAddress;

    /// <summary>Source port.</summary>
    public int SourcePort => _sum.SourcePort;

    /// <summary>Address of the other side.</summary>
    public string DestinationAddress => _sum.DestinationAddress;

    /// <summary>Destination port.</summary>
    public int DestinationPort => _sum.DestinationPort;

    /// <summary>Tcp, Udp, or the IANA number; Other for a code that is no number (see <see cref="ProtocolCode"/>).</summary>
    public FlowProtocol Protocol => _sum.Protocol;

    /// <summary>The protocol as a number in text (<c>6</c>), or the unknown code as the log wrote it.</summary>
    public string ProtocolCode => _sum.ProtocolCode;

    /// <summary>Inbound or Outbound, as seen from the network interface of <see cref="MacAddress"/>.</summary>
    public FlowDirection Direction => _sum.Direction;

    /// <summary>Complete, Open or HeadMissing.</summary>
    public FlowSessionState State { get; }

    /// <summary>Number of tuples joined.</summary>
    public int Observations { get; }

    /// <summary>Virtual network encryption as the first tuple told; null in NSG logs.</summary>
    public FlowEncryption? Encryption => _sum.Encryption;

    /// <summary>The encryption code as the log wrote it (<c>X</c>, <c>NX</c>, <c>NX_…</c>); null in NSG logs.</summary>
    public string? EncryptionCode => _sum.EncryptionCode;

    /// <summary>
    /// Packets source→destination of all tuples together; null when none recorded any. The four totals stop at
    /// <see cref="long.MaxValue"/>, which only forged counters can reach.
    /// </summary>
    public long? PacketsSent => _sum.PacketsSent;

    /// <summary>Bytes source→destination of all tuples together, headers included; null when none recorded any.</summary>
    public long? BytesSent => _sum.BytesSent;

    /// <summary>Packets destination→source of all tuples together; null when none recorded any.</summary>
    public long? PacketsReceived => _sum.PacketsReceived;

    /// <summary>Bytes destination→source of all tuples together, headers included; null when none recorded any.</summary>
    public long? BytesReceived => _sum.BytesReceived;

    /// <summary>Bytes both ways; null when neither way is recorded.</summary>
    public long? Bytes => BytesSent is null && BytesReceived is null ? null : Counters.Add(BytesSent ?? 0, BytesReceived ?? 0);

    /// <summary>Name of the rule that decided, by the first tuple, without <c>DefaultRule_</c> or <c>UserRule_</c>; null when the log does not say.</summary>
    public string? Rule => _sum.Rule;

    /// <summary>Kind of that rule; null when the log does not say the rule.</summary>
    public FlowRuleKind? RuleKind => _sum.RuleKind;

    /// <summary>VNet logs: GUID or ARM id of the access control list that decided, by the first tuple; null in NSG logs.</summary>
    public string? AclId => _sum.AclId;

    /// <summary>MAC of the network interface that logged the session: 12 upper-case hex digits; null when the log does not say.</summary>
    public string? MacAddress => _sum.MacAddress;

    /// <summary>Name of the network security group: the logged one, or in VNet logs the one of <see cref="AclId"/>; null when not known.</summary>
    public string? Nsg => _sum.Nsg;

    /// <summary>ARM id of what is logged (NSG, virtual network, subnet or network interface); null when the log does not say.</summary>
    public string? TargetResourceId => _sum.TargetResourceId;

    /// <summary>Resource group of the target; null when not known.</summary>
    public string? ResourceGroup => _sum.ResourceGroup;

    /// <summary>Subscription of the target; null when not known.</summary>
    public string? SubscriptionId => _sum.SubscriptionId;

    /// <summary>2 (NSG flow log) or 4 (VNet flow log).</summary>
    public int FormatVersion => _sum.FormatVersion;

    /// <summary>The record with the first tuple and the sums.</summary>
    internal FlowRecord Sum => _sum;

    /// <summary>A line for logs and messages: start, endpoints, protocol, direction, state.</summary>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture,
        "{0:yyyy-MM-ddTHH:mm:ss.fffZ} {1} {2} -> {3} {4} {5}",
        StartTime,
        Protocol,
        Display.FlowFormat.Endpoint(SourceAddress, SourcePort),
        Display.FlowFormat.Endpoint(DestinationAddress, DestinationPort),
        Direction,
        State);
}
