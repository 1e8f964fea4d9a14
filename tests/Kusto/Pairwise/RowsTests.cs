using System.Linq;
using System.Threading.Tasks;
using NsgFlow.KustoTests.Infrastructure;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>The KQL of Get-NsgTrafficAnalytics, for every pair of values of any two parameters.</summary>
[Collection(PairwiseDefinition.Name)]
public sealed class RowsTests(KustoParser parser)
{
    private const int Seed = 20261123;

    [KustoFact]
    public async Task Rows_are_good_KQL_for_every_pair_of_parameters()
    {
        var cases = Cases.Pairs(FilterParameters.All, Seed, static () => new QueryCase());
        var queries = Cases.Queries(cases, static one => AnalyticsKql.Rows(one.ToQuestion()), out var refused);

        // -Encryption with the table that records none.
        Assert.InRange(refused.Count, 1, cases.Count / 3);
        await Judge.AllAsync(parser, queries);
    }

    [KustoFact]
    public async Task Rows_are_good_KQL_in_every_workspace()
    {
        var cases = Cases.Singles(FilterParameters.All, static () => new QueryCase());
        await Judge.AnywhereAsync(parser, [.. Cases.Queries(cases, static one => AnalyticsKql.Rows(one.ToQuestion()), out _), .. Plain(AnalyticsKql.Rows)]);
    }

    [KustoFact]
    public async Task Topology_is_good_KQL_in_every_workspace()
    {
        var cases = Cases.Singles(FilterParameters.All, static () => new QueryCase());
        await Judge.AnywhereAsync(parser, [.. Cases.Queries(cases, static one => AnalyticsKql.Topology(one.ToQuestion()), out _), .. Plain(AnalyticsKql.Topology)]);
    }

    [KustoFact]
    public async Task What_asks_for_the_tables_is_good_KQL_in_every_workspace()
    {
        var queries = new[] { QueryCase.Now, (System.DateTime?)null }.Select(static end => ("tables", AnalyticsPresence.Query([], QueryCase.Now.AddDays(-1), end))).ToList();
        await Judge.AnywhereAsync(parser, queries);
        await Judge.HasColumnsAsync(parser, queries[0].Item2, "Table:string", "Rows:long", "Newest:datetime");
        await Judge.AllAsync(parser, [("one table", AnalyticsPresence.Query([TrafficAnalyticsTable.Nsg], QueryCase.Now, null))]);
        await Judge.AnywhereAsync(parser, [("topology", TopologyPresence.Query([], QueryCase.Now))]);
    }

    // Nothing asked for but all of it, and malicious flows.
    private static (string, string)[] Plain(System.Func<AnalyticsQuestion, string> query) =>
    [
        ("everything", query(new AnalyticsQuestion())),
        ("malicious", query(new AnalyticsQuestion { IsMalicious = true })),
    ];
}
