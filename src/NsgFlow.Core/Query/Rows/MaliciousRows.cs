using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>Joins flows with what is known of their malicious addresses. Each flow stays one row, and stays where nothing is known.</summary>
internal static class MaliciousRows
{
    // Before the names of what was told of an address last.
    private const string Last = "Last";

    // The addresses' tables may both be missing: this one never is.
    private const string None = "datatable(TimeGenerated: datetime, RemoteAddress: string, IntervalStart: datetime, ThreatType: string, ThreatDescription: string, "
        + "ThreatLocation: string, ThreatUrl: string, ThreatPort: long, DnsDomain: string, AddressDetails: string)[]\n";

    /// <summary>Columns of the flows that the join needs.</summary>
    public static IReadOnlyList<string> Needed { get; } = ["Direction", "SourceAddress", "DestinationAddress", "IntervalStart"];

    /// <summary>What follows behind the flows.</summary>
    public static string Join(AnalyticsQuestion question, KqlScript script) => Join(question, NormalRows.All, DetailsTable.Told, script);

    /// <summary>The same, for flows of some columns.</summary>
    /// <param name="question">Which rows.</param>
    /// <param name="columns">The flows' columns, with <see cref="Needed"/>.</param>
    /// <param name="wanted">What is wanted of the addresses.</param>
    /// <param name="script">Takes what is known of the addresses.</param>
    public static string Join(AnalyticsQuestion question, IEnumerable<string> columns, IReadOnlyList<string> wanted, KqlScript script)
    {
        var tables = DetailsTable.All.Select(table => table.Name + "\n"
            + NormalRows.Where(FlowConditions.OfArrival(question))
            + NormalRows.Where([$"{table.SubType} =~ \"FlowLog\"", $"{table.FlowType} =~ {KqlText.Of(nameof(FlowType.MaliciousFlow))}"])
            + NormalRows.Project([new KqlColumn(FlowTables.TimeGenerated, FlowTables.TimeGenerated), .. table.Columns]));

        // Several rows may tell of one address in one interval: the last one counts.
        var details = script.Let("details", "materialize(union isfuzzy=true\n(\n" + string.Join("),\n(\n", new[] { None }.Concat(tables)) + ")\n"
            + $"| summarize arg_max({FlowTables.TimeGenerated}, {Kql.List(wanted)}) by RemoteAddress, IntervalStart)");

        // Where there is none of a flow's interval (intervals of both tables need not begin together), what was last told of the address does.
        return "| extend RemoteAddress = tolower(iff(Direction == \"Inbound\", SourceAddress, DestinationAddress))\n"
            + $"| join kind=leftouter ({details}) on RemoteAddress, IntervalStart\n"
            + $"| join kind=leftouter ({details}\n"
            + $"| summarize arg_max({FlowTables.TimeGenerated}, {Kql.List(wanted)}) by RemoteAddress\n"
            + $"| project RemoteAddress, {Kql.List(wanted.Select(static name => $"{Last}{name} = {name}"))}\n"
            + ") on RemoteAddress\n"
            + $"| extend {Kql.List(wanted.Select(static name => $"{name} = iff(isnull({FlowTables.TimeGenerated}), {Last}{name}, {name})"))}\n"
            + NormalRows.Project([.. columns, .. wanted]);
    }
}
