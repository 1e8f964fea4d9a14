using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>A table of what Traffic Analytics knows about public addresses: a row for an address in each interval in which it had flows.</summary>
internal sealed class DetailsTable
{
    private DetailsTable(TrafficAnalyticsTable kind, string name, string subType, string flowType, IReadOnlyList<KqlColumn> columns)
    {
        Kind = kind;
        Name = name;
        SubType = subType;
        FlowType = flowType;
        Columns = columns;
    }

    /// <summary>The tables of NSG and of virtual network flow logs.</summary>
    public static IReadOnlyList<DetailsTable> All { get; } =
    [
        new(
            TrafficAnalyticsTable.Nsg,
            "AzureNetworkAnalyticsIPDetails_CL",
            Custom.Text("SubType_s"),
            Custom.Text("FlowType_s"),
            [
                new("RemoteAddress", $"tolower({Custom.Text("IP_s")})"),
                new("IntervalStart", Custom.Time("FlowIntervalStartTime_t")),
                new("ThreatType", Custom.Text("ThreatType_s")),
                new("ThreatDescription", Custom.Text("ThreatDescription_s")),
                new("ThreatLocation", Custom.Text("Location_s")),
                new("ThreatUrl", Custom.Text("Url_s")),
                new("ThreatPort", Custom.Number("Port_d")),
                new("DnsDomain", Custom.Text("DNSDomain_s")),
                new("AddressDetails", Custom.Text("PublicIPDetails_s")),
            ]),
        new(
            TrafficAnalyticsTable.VirtualNetwork,
            "NTAIpDetails",
            "SubType",
            "FlowType",
            [
                new("RemoteAddress", "tolower(Ip)"),
                new("IntervalStart", "FlowIntervalStartTime"),
                new("ThreatType", "ThreatType"),
                new("ThreatDescription", "ThreatDescription"),
                new("ThreatLocation", "Location"),
                new("ThreatUrl", "Url"),
                new("ThreatPort", "tolong(Port)"),
                new("DnsDomain", "DnsDomain"),
                new("AddressDetails", "PublicIpDetails"),
            ]),
    ];

    /// <summary>The tables that a question is about.</summary>
    public static IEnumerable<DetailsTable> Of(IReadOnlyList<TrafficAnalyticsTable> kinds) => All.Where(table => kinds.Count == 0 || kinds.Contains(table.Kind));

    /// <summary>What is told of an address.</summary>
    public static IReadOnlyList<string> Told { get; } =
        ["ThreatType", "ThreatDescription", "ThreatLocation", "ThreatUrl", "ThreatPort", "DnsDomain", "AddressDetails"];

    /// <summary>The table of the flows that its addresses are of.</summary>
    public TrafficAnalyticsTable Kind { get; }

    public string Name { get; }

    public string SubType { get; }

    public string FlowType { get; }

    public IReadOnlyList<KqlColumn> Columns { get; }

    /// <summary>The beginning of a row's interval, of the table's own column.</summary>
    public string IntervalStart => Columns.Single(static column => column.Name == nameof(IntervalStart)).Expression;
}
