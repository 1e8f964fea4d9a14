using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Measuring;

/// <summary>
/// A field that traffic can be grouped by. <see cref="All"/> is the one table of them: <c>-By</c>, its completion, the help, docs/schema.md and the KQL of a
/// measurement in a workspace are made of it or checked against it.
/// </summary>
public sealed class TrafficField
{
    /// <summary>What <c>Conversation</c> stands for: two endpoints, of which the source opened the connection, and the service.</summary>
    public const string Conversation = "Conversation";

    private static readonly TrafficField[] _all =
    [
        Flow(FieldCode.SourceAddress, typeof(string), "SrcIp, SrcPublicIps", "Address of the side that opened the connection; SourceAddress/24 by prefix.", "SrcIp", "SourceIp"),
        Flow(FieldCode.DestinationAddress, typeof(string), "DestIp, DestPublicIps", "Address of the other side; DestinationAddress/24 by prefix.", "DestIp", "DestinationIp"),
        Flow(FieldCode.SourcePort, typeof(int), null, "Port of the source.", "SrcPort"),
        Flow(FieldCode.DestinationPort, typeof(int), "DestPort", "Port of the destination.", "DestPort", "Port"),
        Flow(FieldCode.Protocol, typeof(FlowProtocol), "L4Protocol", "Tcp, Udp, or the IANA number; an unknown code is its text."),
        Flow(FieldCode.Service, typeof(string), "DestPort", "Name of the destination port (https, ssh, kubelet), or its number.", "Application"),
        Flow(FieldCode.Decision, typeof(FlowDecision), "FlowStatus", "Allow or Deny.", "Action"),
        Capture(FieldCode.State, typeof(FlowState), null, "Begin, Continue, End or Deny; empty in version 1."),
        Capture(FieldCode.Encryption, typeof(FlowEncryption), "FlowEncryption", "Virtual network encryption; empty in NSG logs."),
        Capture(FieldCode.Direction, typeof(FlowDirection), "FlowDirection", "Inbound or Outbound, as seen from the logging network interface."),
        Capture(FieldCode.Rule, typeof(string), "NsgRule, AclRule", "Name of the rule that decided, without its prefix."),
        Capture(FieldCode.RuleKind, typeof(FlowRuleKind), "NsgRuleType", "Default, User, Platform, Unprefixed or Unspecified."),
        Capture(FieldCode.Nsg, typeof(string), "NsgList", "Name of the network security group.", "NetworkSecurityGroup"),
        Capture(FieldCode.AclId, typeof(string), null, "Id of the access control list that decided (VNet logs)."),
        Capture(FieldCode.MacAddress, typeof(string), "MacAddress", "MAC of the logging network interface.", "Mac"),
        Capture(FieldCode.TargetResourceId, typeof(string), "TargetResourceId", "ARM id of what is logged.", "Target"),
        Capture(FieldCode.ResourceGroup, typeof(string), "TargetResourceId", "Resource group of what is logged.", "ResourceGroupName"),
        Capture(FieldCode.SubscriptionId, typeof(string), "TargetResourceId", "Subscription of what is logged.", "Subscription"),
        Capture(FieldCode.FormatVersion, typeof(int), null, "1 or 2 (NSG flow log), 4 (VNet flow log)."),
        Capture(FieldCode.Blob, typeof(string), null, "Blob or file the tuple came from."),
        Capture(FieldCode.VirtualNetwork, typeof(string), "SrcSubnet, DestSubnet", "Virtual network of the logging network interface: from the flow log's target, or the inventory.", "VNet"),
        Capture(FieldCode.Subnet, typeof(string), "SrcSubnet, DestSubnet", "Subnet of the logging network interface: from the flow log's target, or the inventory."),
        Capture(FieldCode.NetworkInterface, typeof(string), "SrcNic, DestNic", "Logging network interface: from the flow log's target, or the inventory.", "Nic"),
        Capture(FieldCode.Location, typeof(string), "SrcRegion, DestRegion", "Azure region of the logging network interface, from the inventory.", "Region"),
        Known(FieldCode.FlowType, typeof(FlowType), "FlowType", "Traffic Analytics' class: IntraVNet, InterVNet, S2S, P2S, AzurePublic, ExternalPublic, MaliciousFlow, UnknownPrivate, Unknown."),
        Known(FieldCode.SourceVirtualNetwork, typeof(string), "SrcSubnet", "Virtual network of the source, from the inventory.", "SourceVNet"),
        Known(FieldCode.SourceSubnet, typeof(string), "SrcSubnet", "Subnet of the source, from the inventory."),
        Known(FieldCode.SourceLocation, typeof(string), "SrcRegion, AzureRegion", "Azure region of the source, from the inventory or its service tag.", "SourceRegion"),
        Known(FieldCode.SourceServiceTag, typeof(string), "SrcServiceTags", "Azure service tag of the source."),
        Known(FieldCode.DestinationVirtualNetwork, typeof(string), "DestSubnet", "Virtual network of the destination, from the inventory.", "DestinationVNet"),
        Known(FieldCode.DestinationSubnet, typeof(string), "DestSubnet", "Subnet of the destination, from the inventory."),
        Known(FieldCode.DestinationLocation, typeof(string), "DestRegion, AzureRegion", "Azure region of the destination, from the inventory or its service tag.", "DestinationRegion"),
        Known(FieldCode.DestinationServiceTag, typeof(string), "DestServiceTags", "Azure service tag of the destination."),
        Known(FieldCode.ThreatType, typeof(string), "ThreatType", "Threat type of either end, from the threat lists."),
        Clock(FieldCode.Hour, typeof(DateTime), "FlowStartTime", "The hour, UTC."),
        Clock(FieldCode.Day, typeof(DateTime), "FlowStartTime", "The day, UTC.", "Date"),
        Clock(FieldCode.HourOfDay, typeof(int), "FlowStartTime", "0 to 23, UTC."),
        Clock(FieldCode.DayOfWeek, typeof(DayOfWeek), "FlowStartTime", "Monday to Sunday, UTC."),
    ];

    private static readonly Dictionary<string, TrafficField> _byName = Index();

    private TrafficField(FieldCode code, TrafficFieldSource source, Type type, string? analytics, string description, string[] aliases)
    {
        Code = code;
        Name = code.ToString();
        Source = source;
        ValueType = type;
        TrafficAnalytics = analytics;
        Description = description;
        Aliases = aliases;
    }

    /// <summary>All fields, those of the flow first.</summary>
    public static IReadOnlyList<TrafficField> All => _all;

    /// <summary>The name, which is that of the property of the result.</summary>
    public string Name { get; }

    /// <summary>Other names it can be asked for by.</summary>
    public IReadOnlyList<string> Aliases { get; }

    /// <summary>Type of the values; a value can be null where the log or the inventory does not tell.</summary>
    public Type ValueType { get; }

    /// <summary>Where the value comes from.</summary>
    public TrafficFieldSource Source { get; }

    /// <summary>
    /// Columns of NTANetAnalytics that tell it in a workspace (those of AzureNetworkAnalytics_CL have like names); null where Traffic Analytics drops it, so that
    /// only the flow logs themselves can answer.
    /// </summary>
    public string? TrafficAnalytics { get; }

    /// <summary>What it is, as a sentence.</summary>
    public string Description { get; }

    /// <summary>True for addresses, which can be asked for by prefix.</summary>
    public bool TakesPrefix => Code is FieldCode.SourceAddress or FieldCode.DestinationAddress;

    internal FieldCode Code { get; }

    /// <summary>Finds a field by name or alias; case does not matter.</summary>
    public static bool TryFind(string? name, out TrafficField? field)
    {
        field = null;
        return name is not null && _byName.TryGetValue(name, out field);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal static TrafficField Of(FieldCode code) => Array.Find(_all, field => field.Code == code)!;

    private static Dictionary<string, TrafficField> Index()
    {
        var index = new Dictionary<string, TrafficField>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in _all)
        {
            foreach (var name in field.Aliases.Prepend(field.Name))
            {
                index.Add(name, field);
            }
        }

        return index;
    }

    private static TrafficField Flow(FieldCode code, Type type, string? analytics, string description, params string[] aliases) =>
        new(code, TrafficFieldSource.Flow, type, analytics, description, aliases);

    private static TrafficField Capture(FieldCode code, Type type, string? analytics, string description, params string[] aliases) =>
        new(code, TrafficFieldSource.Capture, type, analytics, description, aliases);

    private static TrafficField Known(FieldCode code, Type type, string? analytics, string description, params string[] aliases) =>
        new(code, TrafficFieldSource.Network, type, analytics, description, aliases);

    private static TrafficField Clock(FieldCode code, Type type, string? analytics, string description, params string[] aliases) =>
        new(code, TrafficFieldSource.Time, type, analytics, description, aliases);
}
