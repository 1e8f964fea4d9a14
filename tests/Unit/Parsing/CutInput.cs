using System;
using System.Linq;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>What a cut-off input must give: every tuple before the cut, and one error if something was open there.</summary>
public static class CutInput
{
    /// <summary>Reads the first bytes of a well-formed input and compares with what the reference says about the whole.</summary>
    public static void Check(byte[] whole, int cut, string how)
    {
        var reference = ReferenceParser.Parse(whole)!;
        var head = new byte[cut];
        Array.Copy(whole, head, cut);
        Check(reference, head, Reading.Read(head), how);
    }

    public static void Check(ReferenceParser whole, byte[] head, ReadResult read, string how)
    {
        var before = whole.Tuples.Where(t => t.End <= head.Length).ToList();
        var good = before.Where(t => t.Row is not null).ToList();
        if (good.Count != read.Rows.Count)
            Assert.Fail($"{how}: {read.Rows.Count} rows where {good.Count} stand before the cut in{ReferenceAssert.Show(head)}");
        for (var i = 0; i < good.Count; i++)
        {
            if (good[i].Row!.Tuple != read.Rows[i].Tuple)
                Assert.Fail($"{how}: row {i} differs in{ReferenceAssert.Show(head)}");
            var complete = good[i].EntryEnd <= head.Length;
            if (complete && !good[i].Row!.Context.Admits(read.Rows[i].Context))
                Assert.Fail($"{how}: the context of row {i} is {read.Rows[i].Context} in{ReferenceAssert.Show(head)}");
        }

        var bad = before.Where(t => t.Row is null).Select(t => (long)t.Start).ToList();
        if (!bad.SequenceEqual(read.OffsetsOf(FlowIssueKind.FlowTupleInvalid)))
            Assert.Fail($"{how}: invalid tuples differ in{ReferenceAssert.Show(head)}");
        var others = read.Issues.Where(i => i.Kind != FlowIssueKind.FlowTupleInvalid).Select(i => i.Kind).ToList();
        var open = IsOpen(head);
        var expected = open ? FlowIssueKind.FlowBlobTruncated : FlowIssueKind.NotFlowLog;
        var fine = open ? others.Count == 1 && others[0] == expected : others.Count == 0 || (others.Count == 1 && others[0] == expected && good.Count == 0);
        if (!fine)
            Assert.Fail($"{how}: {string.Join(",", read.Issues.Select(Reading.Describe))} where {(open ? "one FlowBlobTruncated" : "nothing")} was due in{ReferenceAssert.Show(head)}");
    }

    /// <summary>Whether an object, array or string is open at the end of these first bytes of a well-formed input.</summary>
    private static bool IsOpen(byte[] head)
    {
        var depth = 0;
        var inString = false;
        for (var i = 0; i < head.Length; i++)
        {
            var c = (char)head[i];
            if (inString && c == '\\')
                i++;
            else if (c == '"')
                inString = !inString;
            else if (!inString && (c is '{' or '['))
                depth++;
            else if (!inString && (c is '}' or ']'))
                depth = Math.Max(0, depth - 1);
        }

        return depth > 0 || inString;
    }
}
