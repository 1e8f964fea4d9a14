using System.Linq;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>Random well-formed flow logs: the reader and the reference agree on every row and every bad tuple.</summary>
public class RandomInputTests
{
    /// <summary>Tuples over all seeds; Mono is slow, so there it is a part of them.</summary>
    private static readonly int _tuples = Scale.Of(1_100_000);

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 30)]
    [InlineData(3, 120)]
    [InlineData(4, 600)]
    public void The_reader_agrees_with_the_reference_on_generated_input(int seed, int mostTuplesOfGroup)
    {
        var random = Scale.Random(seed);
        var log = new RandomFlowLog(random, mostTuplesOfGroup);
        var due = seed == 1 ? _tuples / 11 : _tuples * 10 / 33;
        var seen = 0;
        var invalid = 0;
        for (var i = 0; seen < due; i++)
        {
            var bytes = log.Next(entries: 1 + random.Next(20));
            var reference = ReferenceParser.Parse(bytes);
            Assert.NotNull(reference);
            Assert.False(reference.Unsure, ReferenceAssert.Show(bytes));
            var read = random.OneIn(2) ? Reading.Read(bytes) : Reading.Read(bytes, [1 + random.Next(3000)]);
            ReferenceAssert.Equal(reference, read, bytes, $"seed {seed}, document {i}");
            Assert.Equal(reference.Tuples.Count > 0 ? reference.Entries : read.Counts.Entries, read.Counts.Entries);
            Assert.All(read.Issues, issue => Assert.True(IsExpected(issue.Kind, reference), Reading.Describe(issue)));
            seen += reference.Tuples.Count;
            invalid += reference.InvalidOffsets.Count();
        }

        Assert.InRange(invalid, due / 200, due / 20);
    }

    private static bool IsExpected(NsgFlow.Parsing.FlowIssueKind kind, ReferenceParser reference) => kind switch
    {
        NsgFlow.Parsing.FlowIssueKind.FlowTupleInvalid => true,
        NsgFlow.Parsing.FlowIssueKind.FlowIssuesSuppressed => reference.InvalidOffsets.Count() > 100,
        NsgFlow.Parsing.FlowIssueKind.NotFlowLog => reference.Tuples.Count == 0 && reference.Entries == 0,
        _ => false,
    };
}
