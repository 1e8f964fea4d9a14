using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>Makes cases of parameters, and queries of cases.</summary>
internal static class Cases
{
    /// <summary>Every pair of values of any two parameters.</summary>
    public static IReadOnlyList<(string Name, TCase Case)> Pairs<TCase>(IReadOnlyList<Parameter<TCase>> parameters, int seed, Func<TCase> make) =>
        [.. PairwiseCover.Of([.. parameters.Select(static one => one.Values.Count)], seed).Select(values => Make(parameters, values, make()))];

    /// <summary>Every value once, with others.</summary>
    public static IReadOnlyList<(string Name, TCase Case)> Singles<TCase>(IReadOnlyList<Parameter<TCase>> parameters, Func<TCase> make) =>
        [.. Enumerable.Range(0, parameters.Max(static one => one.Values.Count))
            .Select(at => Make(parameters, [.. parameters.Select((one, index) => (at + index) % one.Values.Count)], make()))];

    /// <summary>The queries of cases that the tables can answer.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="query">Makes a query; the error of <see cref="AnalyticsLimits"/> is allowed.</param>
    /// <param name="refused">The cases that they cannot.</param>
    public static IReadOnlyList<(string Name, string Query)> Queries<TCase>(
        IReadOnlyList<(string Name, TCase Case)> cases, Func<TCase, string> query, out IReadOnlyList<string> refused)
    {
        var queries = new List<(string, string)>();
        var not = new List<string>();
        foreach (var (name, one) in cases)
        {
            try
            {
                queries.Add((name, query(one)));
            }
            catch (NsgFlowException e) when (e.ErrorId == "AnalyticsCannotAnswer")
            {
                Assert.NotEmpty(e.Message);
                not.Add(name);
            }
        }

        refused = not;
        return queries;
    }

    private static (string Name, TCase Case) Make<TCase>(IReadOnlyList<Parameter<TCase>> parameters, int[] values, TCase one)
    {
        var chosen = parameters.Zip(values, static (parameter, value) => (parameter.Name, Value: parameter.Values[value])).Where(static each => each.Value.Name != "-").ToList();
        chosen.ForEach(each => each.Value.Set(one));
        return (string.Join(", ", chosen.Select(static each => $"{each.Name} {each.Value.Name}")), one);
    }
}
