using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using NsgFlow.KustoTests.Infrastructure;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>The KQL of Get-NsgTrafficAnalytics, for every pair of values of any two parameters.</summary>
[Collection(KustoDefinition.Name)]
public sealed class RowsTests(KustoParser parser)
{
    private static readonly Lazy<IReadOnlyList<(string Name, QueryCase Case)>> s_cases = new(() => Cases.Of(FilterParameters.All, 20261123, static () => new QueryCase()));

    [KustoFact]
    public async Task Rows_of_flows_are_good_KQL()
    {
        var queries = Cases.Queries(s_cases.Value, static one => AnalyticsKql.Rows(one.ToQuestion()), out var refused);
        Assert.InRange(refused.Count, 0, queries.Count / 3);
        await Judge.AllAsync(parser, queries);
    }
}
