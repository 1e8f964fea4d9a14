using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace NsgFlow.KustoTests.Infrastructure;

/// <summary>Holds queries against workspaces of every kind.</summary>
internal static class Judge
{
    // "Consider dcount": that one estimates, and the module's numbers are exact.
    private const string Exact = "Suggestion KS515";

    // Missing tables are named, and left out by isfuzzy=true.
    private const string Fuzzy = "Warning KS205";

    // The tables that a query is about first of all.
    private static readonly string[][] s_pairs =
    [
        ["AzureNetworkAnalytics_CL", "NTANetAnalytics"],
        ["AzureNetworkAnalytics_CL", "NTATopologyDetails"],
        ["AzureNetworkAnalyticsIPDetails_CL", "NTAIpDetails"],
    ];

    /// <summary>Nothing is wrong with any of them where all tables have all columns.</summary>
    public static Task AllAsync(KustoParser parser, IReadOnlyList<(string Name, string Query)> queries) =>
        AllAsync(parser, KqlWorkspace.Full, queries, static diagnostic => IsExpected(diagnostic, Exact));

    /// <summary>Nor where tables have the fewest columns, GUIDs are texts, numbers short, or tables are missing that the query does not insist on.</summary>
    public static async Task AnywhereAsync(KustoParser parser, IReadOnlyList<(string Name, string Query)> queries)
    {
        await AllAsync(parser, queries);
        await AllAsync(parser, KqlWorkspace.Young, queries, static diagnostic => IsExpected(diagnostic, Exact));
        await AllAsync(parser, KqlWorkspace.Moved, queries, static diagnostic => IsExpected(diagnostic, Exact));
        await AllAsync(parser, KqlWorkspace.Narrow, queries, static diagnostic => IsExpected(diagnostic, Exact));
        var both = queries.Where(static one => s_pairs.Any(pair => pair.All(table => Names(one.Query, table)) && IsFirst(one.Query, pair))).ToList();
        await AllAsync(parser, KqlWorkspace.OnlyNsg, both, static diagnostic => IsExpected(diagnostic, Exact) || IsExpected(diagnostic, Fuzzy));
        await AllAsync(parser, KqlWorkspace.OnlyVirtualNetwork, both, static diagnostic => IsExpected(diagnostic, Exact) || IsExpected(diagnostic, Fuzzy));
    }

    /// <summary>The answers' columns, which are those that are expected.</summary>
    public static async Task HasColumnsAsync(KustoParser parser, string query, params string[] columns) =>
        Assert.Equal(columns, (await parser.AnalyzeAsync(KqlWorkspace.Full, query)).Columns);

    private static async Task AllAsync(KustoParser parser, KqlWorkspace workspace, IReadOnlyList<(string Name, string Query)> queries, Func<string, bool> isExpected)
    {
        Assert.NotEmpty(queries);
        var analyses = await parser.AnalyzeAsync(workspace, queries.Select(static one => one.Query));
        EngineJudge.Check(workspace, analyses);
        var wrong = analyses.Select((analysis, index) => (analysis, queries[index].Name, Diagnostics: analysis.Diagnostics.Where(one => !isExpected(one)).ToList()))
            .Where(static one => one.Diagnostics.Count > 0 || one.analysis.Kind != "Query")
            .ToList();
        if (wrong.Count > 0)
        {
            // The shortest is the easiest to understand.
            var (first, name, diagnostics) = wrong.MinBy(static one => one.analysis.Query.Length);
            var kinds = wrong.SelectMany(static one => one.Diagnostics).GroupBy(static one => one).OrderByDescending(static group => group.Count()).Take(12);
            Assert.Fail($"{wrong.Count} of {analyses.Count} queries are not good in a workspace of {workspace}:\n"
                + string.Join("\n", kinds.Select(static group => $"{group.Count()} × {group.Key}"))
                + $"\nCase: {name}\n{string.Join("\n", diagnostics)}\n{first.Query}");
        }
    }

    // Flows of one table are joined with the addresses of both.
    private static bool IsFirst(string query, string[] pair) => pair[1] != "NTAIpDetails" || !s_pairs[0].Any(table => Names(query, table));

    private static bool Names(string query, string table) => query.Contains(table + "\n", StringComparison.Ordinal);

    private static bool IsExpected(string diagnostic, string code) => diagnostic.StartsWith(code + ":", StringComparison.Ordinal);
}
