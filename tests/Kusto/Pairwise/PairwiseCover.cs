using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.KustoTests.Pairwise;

/// <summary>
/// Few cases that together hold every pair of values of any two parameters: most mistakes that hang on a combination hang on two. Greedy: each case
/// begins with a pair that is still missing and takes for the other parameters the values that bring most missing pairs.
/// </summary>
internal static class PairwiseCover
{
    private const int Tries = 4;

    /// <summary>Makes the cases: for each parameter the index of its value.</summary>
    /// <param name="sizes">How many values each parameter has.</param>
    /// <param name="seed">The same seed gives the same cases.</param>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<int> sizes, int seed)
    {
        var random = new Random(seed);
        var missing = new Missing(sizes);
        var cases = new List<int[]>();
        while (missing.Any(out var first, out var second, out var pair))
        {
            var best = Enumerable.Range(0, Tries)
                .Select(_ => Make(sizes, missing, first, second, pair, random))
                .MaxBy(missing.CountOf)!;
            missing.Remove(best);
            cases.Add(best);
        }

        return cases;
    }

    private static int[] Make(IReadOnlyList<int> sizes, Missing missing, int first, int second, (int First, int Second) pair, Random random)
    {
        var values = new int[sizes.Count];
        Array.Fill(values, -1);
        (values[first], values[second]) = pair;
        var others = Enumerable.Range(0, sizes.Count).Where(one => one != first && one != second).ToArray();
        random.Shuffle(others);
        foreach (var parameter in others)
        {
            var order = Enumerable.Range(0, sizes[parameter]).ToArray();
            random.Shuffle(order);
            values[parameter] = order.MaxBy(value => missing.CountOf(values, parameter, value));
        }

        return values;
    }

    /// <summary>The pairs that no case has yet.</summary>
    private sealed class Missing
    {
        private readonly IReadOnlyList<int> _sizes;
        private readonly HashSet<(int, int, int, int)> _pairs = [];

        public Missing(IReadOnlyList<int> sizes)
        {
            _sizes = sizes;
            for (var first = 0; first < sizes.Count; first++)
            {
                for (var second = first + 1; second < sizes.Count; second++)
                {
                    for (var pair = 0; pair < sizes[first] * sizes[second]; pair++)
                    {
                        _pairs.Add((first, second, pair / sizes[second], pair % sizes[second]));
                    }
                }
            }
        }

        public bool Any(out int first, out int second, out (int First, int Second) pair)
        {
            // A set's own order hangs on its history; the least is the same in every run.
            var (one, two, left, right) = _pairs.Count > 0 ? _pairs.Min() : default;
            (first, second, pair) = (one, two, (left, right));
            return _pairs.Count > 0;
        }

        public int CountOf(int[] values, int parameter, int value)
        {
            var count = 0;
            for (var other = 0; other < _sizes.Count; other++)
            {
                if (other != parameter && values[other] >= 0 && _pairs.Contains(Pair(parameter, value, other, values[other])))
                {
                    count++;
                }
            }

            return count;
        }

        public int CountOf(int[] values) => Pairs(values).Count(_pairs.Contains);

        public void Remove(int[] values) => _pairs.ExceptWith(Pairs(values));

        private static (int, int, int, int) Pair(int one, int left, int two, int right) => one < two ? (one, two, left, right) : (two, one, right, left);

        private static IEnumerable<(int, int, int, int)> Pairs(int[] values) =>
            from first in Enumerable.Range(0, values.Length)
            from second in Enumerable.Range(first + 1, values.Length - first - 1)
            select (first, second, values[first], values[second]);
    }
}
