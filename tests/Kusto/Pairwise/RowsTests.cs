using System.Threading.Tasks;
using NsgFlow.KustoTests.Infrastructure;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>The KQL of Get-NsgTrafficAnalytics, for every pair of values of any two parameters.</summary>
[Collection(KustoDefinition.Name)]
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

    // Nothing asked for but all of it, and malicious flows.
    private static (string, string)[] Plain(System.Func<AnalyticsQuestion, string> query) =>
    [
        ("everything", query(new AnalyticsQuestion())),
        ("malicious", query(new AnalyticsQuestion { IsMalicious = true })),
    ];
}
