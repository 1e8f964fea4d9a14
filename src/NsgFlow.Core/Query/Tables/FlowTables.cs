using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>
/// Both tables of flows, brought into one shape. Sources: "Traffic analytics schema and data aggregation", the reference of <c>NTANetAnalytics</c>, and
/// decision 0016 for what these leave open.
/// </summary>
internal static class FlowTables
{
    /// <summary>When a row came into the workspace; in every table.</summary>
    public const string TimeGenerated = "TimeGenerated";

    // An ARM id, up to the resource's name and its subnet's.
    private static readonly string _armId = KqlText.Of("(?i)^/?subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/[^/]+/[^/]+/([^/]+)(?:/subnets)?");
    private static readonly string _threeParts = KqlText.Of(@"\1/\2/\3");

    // The first part of a path that tells the subscription; the article's paths of targets and flow logs begin with the group.
    private static readonly string _subscriptionFirst = KqlText.Of("(?i)^/?subscriptions/|^[0-9a-f]{8}-[0-9a-f]{4}-");

    /// <summary>Flows of NSG flow logs.</summary>
    public static FlowTable Nsg { get; } = new()
    {
        Kind = TrafficAnalyticsTable.Nsg,
        Name = "AzureNetworkAnalytics_CL",
        SubType = Custom.Text("SubType_s"),
        FirstSeen = Custom.Time("FlowStartTime_t"),
        Columns =
        [
            new("Table", KqlText.Of(nameof(TrafficAnalyticsTable.Nsg))),
            new("IntervalStart", Custom.Time("FlowIntervalStartTime_t")),
            new("IntervalEnd", Custom.Time("FlowIntervalEndTime_t")),
            new("FirstSeen", Custom.Time("FlowStartTime_t")),
            new("LastSeen", Custom.Time("FlowEndTime_t")),

            new("SrcIp", NsgEnd("SrcIP_s", "SrcPublicIPs_s", isSource: true, isList: false)),
            new("DestIp", NsgEnd("DestIP_s", "DestPublicIPs_s", isSource: false, isList: false)),
            new("SrcPublicIps", NsgEnd("SrcIP_s", "SrcPublicIPs_s", isSource: true, isList: true)),
            new("DestPublicIps", NsgEnd("DestIP_s", "DestPublicIPs_s", isSource: false, isList: true)),
            new("DestinationPort", Custom.Number("DestPort_d")),
            new("L4Protocol", Custom.Text("L4Protocol_s")),
            new("Service", Custom.Text("L7Protocol_s")),
            new("FlowDirection", Custom.Text("FlowDirection_s")),
            new("FlowStatus", Custom.Text("FlowStatus_s")),
            new("FlowTypeText", Custom.Text("FlowType_s")),
            new("RuleText", Custom.Text("NSGRule_s")),
            new("RuleType", Custom.Text("NSGRuleType_s")),
            new("NsgPath", Custom.Text("NSGList_s")),
            new("MacText", Custom.Text("MACAddress_s")),
            new("FlowEncryption", "\"\""),
            new("IsAtHop", IsTrue(Custom.Flag("IsFlowCapturedAtUDRHop_b"))),
            new("SourceSubscription", Custom.Guid("Subscription1_g")),
            new("DestinationSubscription", Custom.Guid("Subscription2_g")),
            new("SourceLocation", Custom.Text("Region1_s")),
            new("DestinationLocation", Custom.Text("Region2_s")),
            new("SrcSubnet", Custom.Text("Subnet1_s")),
            new("DestSubnet", Custom.Text("Subnet2_s")),
            new("SrcNic", Custom.Text("NIC1_s")),
            new("DestNic", Custom.Text("NIC2_s")),
            new("SrcVm", Custom.Text("VM1_s")),
            new("DestVm", Custom.Text("VM2_s")),
            new("SourceServiceTag", "\"\""),
            new("DestinationServiceTag", "\"\""),
            new("Country", Custom.Text("Country_s")),
            new("AzureRegion", Custom.Text("AzureRegion_s")),
            new("Target", Custom.Text("NSGList_s")),
            new("TargetType", KqlText.Of("NetworkSecurityGroup")),
            new("FlowLogPath", "\"\""),
            new("RowFlows", Sum(new[] { "AllowedInFlows_d", "AllowedOutFlows_d", "DeniedInFlows_d", "DeniedOutFlows_d" }.Select(Custom.Number))),
            new("RowDenied", Sum(new[] { "DeniedInFlows_d", "DeniedOutFlows_d" }.Select(Custom.Number))),
            new("RowCompleted", Custom.Number("CompletedFlows_d")),

            // "Outbound" is what the source sent, at whichever end it was captured.
            new("RowPacketsSent", Custom.Number("OutboundPackets_d")),
            new("RowBytesSent", Custom.Number("OutboundBytes_d")),
            new("RowPacketsReceived", Custom.Number("InboundPackets_d")),
            new("RowBytesReceived", Custom.Number("InboundBytes_d")),
        ],
    };

    /// <summary>Flows of virtual network flow logs.</summary>
    public static FlowTable VirtualNetwork { get; } = new()
    {
        Kind = TrafficAnalyticsTable.VirtualNetwork,
        Name = "NTANetAnalytics",
        SubType = "SubType",
        FirstSeen = "FlowStartTime",
        Columns =
        [
            new("Table", KqlText.Of(nameof(TrafficAnalyticsTable.VirtualNetwork))),
            new("IntervalStart", "FlowIntervalStartTime"),
            new("IntervalEnd", "FlowIntervalEndTime"),
            new("FirstSeen", "FlowStartTime"),
            new("LastSeen", "FlowEndTime"),
            new("SrcIp", "SrcIp"),
            new("DestIp", "DestIp"),
            new("SrcPublicIps", "SrcPublicIps"),
            new("DestPublicIps", "DestPublicIps"),
            new("DestinationPort", Number("DestPort")),
            new("L4Protocol", "L4Protocol"),
            new("Service", "L7Protocol"),
            new("FlowDirection", "FlowDirection"),
            new("FlowStatus", "FlowStatus"),
            new("FlowTypeText", "FlowType"),
            new("RuleText", "iff(isnotempty(AclRule), AclRule, NsgRule)"),
            new("RuleType", "NsgRuleType"),
            new("NsgPath", $"replace_regex(iff(isnotempty(AclGroup), AclGroup, NsgList), {_armId}, {_threeParts})"),
            new("MacText", "MacAddress"),
            new("FlowEncryption", "FlowEncryption"),
            new("IsAtHop", IsTrue("IsFlowCapturedAtUdrHop")),
            new("SourceSubscription", "SrcSubscription"),
            new("DestinationSubscription", "DestSubscription"),
            new("SourceLocation", "SrcRegion"),
            new("DestinationLocation", "DestRegion"),
            new("SrcSubnet", "SrcSubnet"),
            new("DestSubnet", "DestSubnet"),
            new("SrcNic", "SrcNic"),
            new("DestNic", "DestNic"),
            new("SrcVm", "SrcVm"),
            new("DestVm", "DestVm"),
            new("SourceServiceTag", "SrcServiceTags"),
            new("DestinationServiceTag", "DestServiceTags"),
            new("Country", "Country"),
            new("AzureRegion", "AzureRegion"),
            new("Target", Path("TargetResourceId", _armId, _threeParts)),
            new("TargetType", "TargetResourceType"),
            new("FlowLogPath", Path(
                "FlowLogResourceId",
                KqlText.Of("(?i)^/?subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/[^/]+/networkWatchers/([^/]+)/flowLogs"),
                _threeParts)),
            new("RowFlows", Sum(new[] { "AllowedInFlows", "AllowedOutFlows", "DeniedInFlows", "DeniedOutFlows" }.Select(Number))),
            new("RowDenied", Sum(new[] { "DeniedInFlows", "DeniedOutFlows" }.Select(Number))),
            new("RowCompleted", Number("CompletedFlows")),
            new("RowPacketsSent", Number("PacketsSrcToDest")),
            new("RowBytesSent", Number("BytesSrcToDest")),
            new("RowPacketsReceived", Number("PacketsDestToSrc")),
            new("RowBytesReceived", Number("BytesDestToSrc")),
        ],
    };

    /// <summary>The tables that a question is about.</summary>
    public static IReadOnlyList<FlowTable> Of(IReadOnlyList<TrafficAnalyticsTable> kinds) =>
        [.. new[] { Nsg, VirtualNetwork }.Where(table => kinds.Count == 0 || kinds.Contains(table.Kind))];

    /// <summary>
    /// Address or list of one end. Where neither is told, the logged end is the machine's and the other one's list is that of both ends: so in rows from before
    /// August 2019, and the article may be read as if the machine's address were only there still.
    /// </summary>
    private static string NsgEnd(string address, string list, bool isSource, bool isList)
    {
        var letter = KqlText.Of(isSource == isList ? "I" : "O");
        return $"iff(isempty({Custom.Text(address)}) and isempty({Custom.Text(list)}) and {Custom.Text("FlowDirection_s")} startswith {letter}, "
            + $"{Custom.Text(isList ? "PublicIPs_s" : "VMIP_s")}, {Custom.Text(isList ? list : address)})";
    }

    private static string Sum(IEnumerable<string> numbers) => string.Join(" + ", numbers.Select(static number => $"coalesce({number}, 0)"));

    /// <summary>A number of 64 bits, as the other table's are: columns of one name and two types come out of a union as two columns.</summary>
    private static string Number(string column) => $"tolong({column})";

    private static string IsTrue(string flag) => $"coalesce(tobool({flag}), false)";

    /// <summary>A path as <c>subscription/group/name</c>, whichever of its forms the column has; without a subscription of its own, that of the logged end.</summary>
    private static string Path(string column, string armId, string parts) =>
        $"case(isempty({column}), \"\", {column} matches regex {_subscriptionFirst}, replace_regex({column}, {armId}, {parts}), "
        + $"strcat(iff(FlowDirection startswith \"I\", DestSubscription, SrcSubscription), \"/\", {column}))";
}
