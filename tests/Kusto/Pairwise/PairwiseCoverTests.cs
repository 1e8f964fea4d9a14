using System.Linq;
using Xunit;

namespace NsgFlow.KustoTests.Pairwise;

public sealed class PairwiseCoverTests
{
    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(3, 1, 4, 2)]
    [InlineData(5, 5, 5, 5, 5, 5)]
    [InlineData(11, 3, 2, 2, 7, 4, 4, 2)]
    public void Every_pair_of_values_is_in_a_case(params int[] sizes)
    {
        var cases = PairwiseCover.Of(sizes, 7);

        Assert.All(cases, one => Assert.True(one.Zip(sizes).All(static pair => pair.First >= 0 && pair.First < pair.Second)));
        for (var first = 0; first < sizes.Length; first++)
        {
            for (var second = first + 1; second < sizes.Length; second++)
            {
                Assert.Equal(sizes[first] * sizes[second], cases.Select(one => (one[first], one[second])).Distinct().Count());
            }
        }

        // At least the product of the two largest, and far from the product of all.
        var largest = sizes.OrderDescending().Take(2).Aggregate(1, static (product, size) => product * size);
        Assert.InRange(cases.Count, largest, 3 * largest);
    }

    [Fact]
    public void The_same_seed_gives_the_same_cases() =>
        Assert.Equal(PairwiseCover.Of([4, 3, 5, 2, 6], 42), PairwiseCover.Of([4, 3, 5, 2, 6], 42));
}
