using System.Collections.Generic;
using System.Linq;
using System.Text;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>Compares what the reader gave with what the reference says, and shows where they part.</summary>
public static class ReferenceAssert
{
    /// <summary>Rows equal, invalid tuples equal by offset, no other issue.</summary>
    public static void Equal(ReferenceParser reference, ReadResult actual, byte[] input, string how)
    {
        RowsEqual(reference.Rows.ToList(), actual.Rows, input, how);
        var expected = reference.InvalidOffsets.Take(FlowReadLimits.Default.Issues).Select(o => (long)o).ToList();
        var offsets = actual.OffsetsOf(FlowIssueKind.FlowTupleInvalid).ToList();
        if (!expected.SequenceEqual(offsets))
            Assert.Fail($"{how}: invalid tuples at {string.Join(",", expected)} but reported at {string.Join(",", offsets)} of{Show(input)}");
        if (actual.Counts.Issues < reference.InvalidOffsets.Count())
            Assert.Fail($"{how}: too few issues were counted.");
    }

    public static void RowsEqual(List<Row> expected, List<Row> actual, byte[] input, string how)
    {
        for (var i = 0; i < expected.Count && i < actual.Count; i++)
        {
            if (expected[i].Tuple != actual[i].Tuple || !expected[i].Context.Admits(actual[i].Context))
                Assert.Fail($"{how}: row {i} is {actual[i]} where the reference has {expected[i]} in{Show(input)}");
        }

        if (expected.Count != actual.Count)
            Assert.Fail($"{how}: {actual.Count} rows where the reference has {expected.Count} in{Show(input)}");
    }

    public static string Show(byte[] input) => input.Length > 6000 ? $" ({input.Length} bytes)" : "\n" + Encoding.UTF8.GetString(input);
}
