using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>Makes cases of parameters, and queries of cases.</summary>
internal static class Cases
{
    /// <summary>A pairwise cover, and as many cases again by chance: what hangs on three parameters is then often found, too.</summary>
    public static IReadOnlyList<(string Name, TCase Case)> Of<TCase>(IReadOnlyList<Parameter<TCase>> parameters, int seed, Func<TCase> make)
    {
        var cover = PairwiseCover.Of([.. parameters.Select(static one => one.Values.Count)], seed);
        var random = new Random(seed);
        var chance = cover.Select(_ => parameters.Select(one => random.Next(one.Values.Count)).ToArray());
        return [.. cover.Concat(chance).Select(values => Make(parameters, values, make()))];
    }

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
            catch (NsgFlowException e) when (e.ErrorId == AnalyticsLimits.ErrorId)
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
