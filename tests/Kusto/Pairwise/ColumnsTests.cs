using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.KustoTests.Infrastructure;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>The columns that come back, and their types: what reads the answers counts on both.</summary>
[Collection(PairwiseDefinition.Name)]
public sealed class ColumnsTests(KustoParser parser)
{
    private static readonly string[] s_times = ["IntervalStart", "IntervalEnd", "FirstSeen", "LastSeen"];
    private static readonly string[] s_numbers =
        ["DestinationPort", "Protocol", "Flows", "Denied", "CompletedFlows", "PacketsSent", "BytesSent", "PacketsReceived", "BytesReceived", "ThreatPort"];

    // Without the ones that lack tables: of these the parser knows no types.
    public static IEnumerable<object[]> Workspaces => [[KqlWorkspace.Full], [KqlWorkspace.Young], [KqlWorkspace.Moved], [KqlWorkspace.Narrow]];

    [KustoTheory]
    [MemberData(nameof(Workspaces), DisableDiscoveryEnumeration = true)]
    public async Task Rows_of_flows_have_the_columns_that_their_reader_expects(KqlWorkspace workspace)
    {
        var rows = await parser.AnalyzeAsync(workspace, AnalyticsKql.Rows(new AnalyticsQuestion()));
        Assert.Equal(NormalRows.All.Select(Typed), rows.Columns);

        var malicious = await parser.AnalyzeAsync(workspace, AnalyticsKql.Rows(new AnalyticsQuestion { IsMalicious = true }));
        Assert.Equal(NormalRows.All.Concat(DetailsTable.Told).Select(Typed), malicious.Columns);
    }

    [KustoTheory]
    [MemberData(nameof(Workspaces), DisableDiscoveryEnumeration = true)]
    public async Task No_column_of_topology_comes_twice(KqlWorkspace workspace)
    {
        // Columns of one name and two types come as two, with the type behind the name.
        var rows = await parser.AnalyzeAsync(workspace, AnalyticsKql.Topology(new AnalyticsQuestion()));
        Assert.DoesNotContain(rows.Columns, static column => column.Split(':') is [var name, var type] && name.EndsWith('_' + type, System.StringComparison.Ordinal));
    }

    private static string Typed(string column) => column + (s_times.Contains(column) ? ":datetime" : s_numbers.Contains(column) ? ":long" : ":string");
}
