using System;
using System.Collections.Generic;
using NsgFlow.Filtering;
using NsgFlow.Query;

namespace NsgFlow;

/// <summary>
/// A row of Traffic Analytics: the flows of one interval between two addresses, to one port, that one network interface logged and one rule decided. Names are
/// those of <see cref="FlowRecord"/> where they mean the same. What the row does not tell is null, never 0 or empty.
/// </summary>
public sealed class TrafficAnalyticsRecord
{
    private readonly LogsRow _row;

    private TrafficAnalyticsRecord(LogsRow row) => _row = row;

    /// <summary>When the first of the flows was seen in the interval, UTC.</summary>
    public DateTime? FirstSeen => _row.Time(nameof(FirstSeen));

    /// <summary>When the last of the flows was seen (in NSG flow logs of version 2: began) in the interval, UTC.</summary>
    public DateTime? LastSeen => _row.Time(nameof(LastSeen));

    /// <summary>Address of the side that opened the connection.</summary>
    public string? SourceAddress => Text(nameof(SourceAddress));

    /// <summary>Address of the other side.</summary>
    public string? DestinationAddress => Text(nameof(DestinationAddress));

    /// <summary>Destination port.</summary>
    public int? DestinationPort => _row.Number(nameof(DestinationPort)) is { } port and >= 0 and <= ushort.MaxValue ? (int)port : null;

    /// <summary>Tcp, Udp, or the IANA number.</summary>
    public FlowProtocol? Protocol =>
        Text(nameof(Protocol)) is { } text && ProtocolSet.TryParse(text, out var protocol, out _) && protocol != FlowProtocol.Other ? protocol : null;

    /// <summary>Name that Traffic Analytics gives the destination port (<c>https</c>).</summary>
    public string? Service => Text(nameof(Service));

    /// <summary>Inbound or Outbound, as seen from the network interface that logged the flows.</summary>
    public FlowDirection? Direction => Word(nameof(Direction), NormalColumns.Words, [FlowDirection.Inbound, FlowDirection.Outbound]);

    /// <summary>Allow or Deny.</summary>
    public FlowDecision? Decision => Word(nameof(Decision), NormalColumns.Words, [FlowDecision.Allow, FlowDecision.Deny]);

    /// <summary>What is known of the two ends.</summary>
    public FlowType? FlowType => Text(nameof(FlowType)) is null ? null : Word(nameof(FlowType), NormalColumns.Words, NormalColumns.FlowTypes) ?? NsgFlow.FlowType.Unknown;

    /// <summary>How many flows; null where it is told for several addresses together, with the first of them.</summary>
    public long? Flows => _row.Number(nameof(Flows));

    /// <summary>How many of the flows were denied.</summary>
    public long? Denied => _row.Number(nameof(Denied));

    /// <summary>How many flows ended in the interval; null when not recorded.</summary>
    public long? CompletedFlows => _row.Number(nameof(CompletedFlows));

    /// <summary>Packets source→destination; null when not recorded.</summary>
    public long? PacketsSent => _row.Number(nameof(PacketsSent));

    /// <summary>Bytes source→destination; null when not recorded.</summary>
    public long? BytesSent => _row.Number(nameof(BytesSent));

    /// <summary>Packets destination→source; null when not recorded.</summary>
    public long? PacketsReceived => _row.Number(nameof(PacketsReceived));

    /// <summary>Bytes destination→source; null when not recorded.</summary>
    public long? BytesReceived => _row.Number(nameof(BytesReceived));

    /// <summary>Bytes both ways; null when neither way is recorded.</summary>
    public long? Bytes => BytesSent is null && BytesReceived is null ? null : (BytesSent ?? 0) + (BytesReceived ?? 0);

    /// <summary>Name of the rule that decided, without <c>DefaultRule_</c> or <c>UserRule_</c>.</summary>
    public string? Rule => Text(nameof(Rule));

    /// <summary>Kind of that rule.</summary>
    public FlowRuleKind? RuleKind => Word(
        nameof(RuleKind),
        static kind => [kind.ToString()],
        [FlowRuleKind.Default, FlowRuleKind.User, FlowRuleKind.Platform, FlowRuleKind.Unspecified, FlowRuleKind.Unprefixed]);

    /// <summary>Name of the network security group that decided.</summary>
    public string? Nsg => Text(nameof(Nsg));

    /// <summary>That group as <c>subscription/resource group/name</c>, or as the row tells it.</summary>
    public string? NsgPath => Text(nameof(NsgPath));

    /// <summary>MAC of the network interface that logged the flows: 12 upper-case hex digits.</summary>
    public string? MacAddress => Text(nameof(MacAddress));

    /// <summary>Virtual network encryption; null in flows of NSG flow logs.</summary>
    public FlowEncryption? Encryption => Text(nameof(Encryption)) is null ? null : Word(nameof(Encryption), NormalColumns.Words, NormalColumns.Encryptions) ?? FlowEncryption.Other;

    /// <summary>What the flow log is on, as <c>subscription/resource group/name</c>; of NSG flow logs the NSG.</summary>
    public string? Target => Text(nameof(Target));

    /// <summary>Subscription of the target.</summary>
    public string? SubscriptionId => Text(nameof(SubscriptionId));

    /// <summary>Resource group of the target.</summary>
    public string? ResourceGroup => Text(nameof(ResourceGroup));

    /// <summary>Name of the virtual network of the end that was logged.</summary>
    public string? VirtualNetwork => Text(nameof(VirtualNetwork));

    /// <summary>Name of the subnet of the end that was logged.</summary>
    public string? Subnet => Text(nameof(Subnet));

    /// <summary>Name of the network interface that logged the flows.</summary>
    public string? NetworkInterface => Text(nameof(NetworkInterface));

    /// <summary>Region of the end that was logged.</summary>
    public string? Location => Text(nameof(Location));

    /// <summary>Subscription of the source.</summary>
    public string? SourceSubscription => Text(nameof(SourceSubscription));

    /// <summary>Subscription of the destination.</summary>
    public string? DestinationSubscription => Text(nameof(DestinationSubscription));

    /// <summary>Name of the source's virtual network.</summary>
    public string? SourceVirtualNetwork => Text(nameof(SourceVirtualNetwork));

    /// <summary>Name of the destination's virtual network.</summary>
    public string? DestinationVirtualNetwork => Text(nameof(DestinationVirtualNetwork));

    /// <summary>Name of the source's subnet.</summary>
    public string? SourceSubnet => Text(nameof(SourceSubnet));

    /// <summary>Name of the destination's subnet.</summary>
    public string? DestinationSubnet => Text(nameof(DestinationSubnet));

    /// <summary>Region of the source.</summary>
    public string? SourceLocation => Text(nameof(SourceLocation));

    /// <summary>Region of the destination.</summary>
    public string? DestinationLocation => Text(nameof(DestinationLocation));

    /// <summary>Name of the source's network interface.</summary>
    public string? SourceNetworkInterface => Text(nameof(SourceNetworkInterface));

    /// <summary>Name of the destination's network interface.</summary>
    public string? DestinationNetworkInterface => Text(nameof(DestinationNetworkInterface));

    /// <summary>Name of the source's virtual machine.</summary>
    public string? SourceVirtualMachine => Text("SourceVm");

    /// <summary>Name of the destination's virtual machine.</summary>
    public string? DestinationVirtualMachine => Text("DestinationVm");

    /// <summary>Service tags of the source.</summary>
    public string? SourceServiceTag => Text(nameof(SourceServiceTag));

    /// <summary>Service tags of the destination.</summary>
    public string? DestinationServiceTag => Text(nameof(DestinationServiceTag));

    /// <summary>Country of a public address, two letters.</summary>
    public string? Country => Text(nameof(Country));

    /// <summary>Region of an address of Azure that is not the customer's.</summary>
    public string? AzureRegion => Text(nameof(AzureRegion));

    /// <summary>What makes the address malicious, in Microsoft's words (<c>Botnet</c>, <c>C2</c> …).</summary>
    public string? ThreatType => Text(nameof(ThreatType));

    /// <summary>More about the threat.</summary>
    public string? ThreatDescription => Text(nameof(ThreatDescription));

    /// <summary>Where the malicious address is.</summary>
    public string? ThreatLocation => Text(nameof(ThreatLocation));

    /// <summary>URL that belongs to the malicious address.</summary>
    public string? ThreatUrl => Text(nameof(ThreatUrl));

    /// <summary>Port that belongs to the malicious address.</summary>
    public int? ThreatPort => _row.Number(nameof(ThreatPort)) is { } port and >= 0 and <= ushort.MaxValue ? (int)port : null;

    /// <summary>Domain that belongs to the malicious address.</summary>
    public string? DnsDomain => Text(nameof(DnsDomain));

    /// <summary>Who the malicious address is registered to.</summary>
    public string? AddressDetails => Text(nameof(AddressDetails));

    /// <summary>Start of the interval that Traffic Analytics put together, UTC.</summary>
    public DateTime? IntervalStart => _row.Time(nameof(IntervalStart));

    /// <summary>End of that interval, UTC.</summary>
    public DateTime? IntervalEnd => _row.Time(nameof(IntervalEnd));

    /// <summary>The table the row stands in.</summary>
    public TrafficAnalyticsTable? Table => Word(nameof(Table), static table => [table.ToString()], [TrafficAnalyticsTable.Nsg, TrafficAnalyticsTable.VirtualNetwork]);

    /// <summary>Makes a record of a row of <see cref="AnalyticsKql.Rows"/>. Columns that the row has not are null.</summary>
    public static TrafficAnalyticsRecord Of(LogsRow row) => new(row ?? throw new ArgumentNullException(nameof(row)));

    /// <summary>A line for logs and messages: time, endpoints, protocol, decision.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{FirstSeen:yyyy-MM-ddTHH:mm:ssZ} {Protocol} {SourceAddress} -> {DestinationAddress} port {DestinationPort} {Direction} {Decision}");

    private string? Text(string column) => _row.Text(column) is { Length: > 0 } text ? text : null;

    private T? Word<T>(string column, Func<T, IReadOnlyList<string>> words, IReadOnlyList<T> values)
        where T : struct
    {
        var text = Text(column);
        foreach (var value in values)
        {
            foreach (var word in words(value))
            {
                if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                    return value;
            }
        }

        return null;
    }
}
