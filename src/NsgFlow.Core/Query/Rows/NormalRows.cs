using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>The rows of both tables as one table of <see cref="NormalColumns"/>: a row per flow of two addresses, filtered. Everything else is built on them.</summary>
internal static class NormalRows
{
    /// <summary>All columns, in the order in which full rows have them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "Table", "IntervalStart", "IntervalEnd", "FirstSeen", "LastSeen", "SourceAddress", "DestinationAddress", "DestinationPort", "Protocol", "Service",
        "Direction", "Decision", "FlowType", "Flows", "Denied", "CompletedFlows", "PacketsSent", "BytesSent", "PacketsReceived", "BytesReceived",
        "Rule", "RuleKind", "Nsg", "NsgPath", "MacAddress", "Encryption", "Target",
        "SourceSubscription", "DestinationSubscription", "SourceVirtualNetwork", "DestinationVirtualNetwork", "SourceSubnet", "DestinationSubnet",
        "SourceLocation", "DestinationLocation", "SourceNetworkInterface", "DestinationNetworkInterface", "SourceVm", "DestinationVm",
        "SourceServiceTag", "DestinationServiceTag", "Country", "AzureRegion",
        "SubscriptionId", "ResourceGroup", "VirtualNetwork", "Subnet", "NetworkInterface", "Location",
    ];

    private const int MostOfOneLine = 8;

    // A row of many public addresses has none at that end, but a list. The star marks the list's first entry, and stands alone where there is no list.
    // What is not needed of a list goes before it is taken apart: each of its flows would get a copy.
    private const string Expand = """
        | extend Side = case(isempty(SrcIp) and isnotempty(SrcPublicIps), "Source", isempty(DestIp) and isnotempty(DestPublicIps), "Destination", "")
        | extend List = case(Side == "Source", SrcPublicIps, Side == "Destination", DestPublicIps, "")
        | extend HasCounters = List contains "|", Entry = split(strcat("*", replace_regex(List, "^ +", "")), " ")
        | project-away List, SrcPublicIps, DestPublicIps
        | mv-expand Entry to typeof(string)
        | where isnotempty(Entry)

        """;

    /// <summary>A tabular expression of the columns asked for.</summary>
    /// <param name="question">Which rows.</param>
    /// <param name="columns">Names of columns; the same ones come, in this order.</param>
    /// <param name="script">Takes the values that the expression uses.</param>
    public static string Of(AnalyticsQuestion question, IReadOnlyList<string> columns, KqlScript script)
    {
        AnalyticsLimits.Check(question);
        var early = FlowConditions.OfRow(question, script);
        var late = FlowConditions.OfFlow(question, script);
        var filtering = KqlColumns.Used(NormalColumns.Row, early);
        var flow = KqlColumns.Used(NormalColumns.Flow, [.. columns, .. late]);
        var row = KqlColumns.Used(NormalColumns.Row, columns).Except(filtering).ToList();
        IReadOnlyList<string> used =
        [
            .. early, .. Expressions(filtering), Expand, .. late, .. Expressions(flow), .. columns, .. Expressions(row),
        ];
        var legs = FlowTables.Of(question.Tables).Where(table => !AnalyticsLimits.IsNever(question, table.Kind))
            .Select(table => Stored(table, question, used) + Extend(filtering) + Where(early)).ToList();
        var stored = legs.Count == 1 ? legs[0] : "union isfuzzy=true\n(\n" + string.Join("),\n(\n", legs) + ")\n";
        return stored + Expand + Extend(flow) + Where(late) + Extend(row) + Project(columns);
    }

    /// <summary>Conditions, all of which must hold.</summary>
    public static string Where(IReadOnlyList<string> conditions) => string.Concat(conditions.Select(static condition => "| where " + condition + "\n"));

    /// <summary>Columns, and no others; many stand in a line of their own each, for whoever reads the query.</summary>
    public static string Project<T>(IReadOnlyCollection<T> columns) =>
        columns.Count > MostOfOneLine ? "| project\n    " + string.Join(",\n    ", columns) + "\n" : "| project " + string.Join(", ", columns) + "\n";

    /// <summary>The flows of a table as they are stored, of the time asked for. The columns of time are the table's own, by which the service finds what to read.</summary>
    private static string Stored(FlowTable table, AnalyticsQuestion question, IReadOnlyList<string> used) =>
        table.Name + "\n"
            + Where(FlowConditions.OfTime(question, table.FirstSeen))
            + Where([table.SubType + " =~ \"FlowLog\""])
            + Project(KqlColumns.Used(table.Columns, used));

    private static IEnumerable<string> Expressions(IEnumerable<KqlColumn> columns) => columns.Select(static column => column.Expression);

    private static string Extend(IReadOnlyList<KqlColumn> columns) => string.Concat(columns.Select(static column => "| extend " + column + "\n"));
}
