using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NsgFlow.Parsing;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>Ways of reading an input with the reader under test.</summary>
public static class Reading
{
    public const string BlobName = "PT1H.json";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static ReadResult Read(string text, FlowReadLimits? limits = null) => Read(Utf8(text), [int.MaxValue], limits);

    public static ReadResult Read(byte[] bytes, FlowReadLimits? limits = null) => Read(bytes, [int.MaxValue], limits);

    /// <summary>Feeds chunks of these sizes; the last size is repeated until the input ends.</summary>
    public static ReadResult Read(byte[] bytes, IEnumerable<int> chunkSizes, FlowReadLimits? limits = null)
    {
        var sink = new CollectingSink();
        var reader = new FlowLogReader(sink, null, BlobName, limits);
        using var sizes = chunkSizes.GetEnumerator();
        var at = 0;
        var size = int.MaxValue;
        while (at < bytes.Length)
        {
            if (sizes.MoveNext())
                size = sizes.Current;
            var length = Math.Min(size, bytes.Length - at);
            reader.Write(new ReadOnlySpan<byte>(bytes, at, length));
            at += length;
        }

        reader.Complete();
        CheckCounts(bytes, sink, reader.Counts, limits ?? FlowReadLimits.Default);
        return new ReadResult(sink.Rows, sink.Issues, reader.Counts);
    }

    /// <summary>Feeds through GetBuffer and Advance, as a reader of streams does.</summary>
    public static ReadResult ReadByBuffer(byte[] bytes, int most = int.MaxValue)
    {
        var sink = new CollectingSink();
        var reader = new FlowLogReader(sink, null, BlobName);
        using var stream = new MemoryStream(bytes);
        while (stream.Position < stream.Length)
        {
            var buffer = reader.GetBuffer();
            Assert.False(buffer.IsEmpty, "GetBuffer gave no room.");
            var length = (int)Math.Min(Math.Min(buffer.Length, most), stream.Length - stream.Position);
            new ReadOnlySpan<byte>(bytes, (int)stream.Position, length).CopyTo(buffer);
            stream.Position += length;
            reader.Advance(length);
        }

        reader.Complete();
        CheckCounts(bytes, sink, reader.Counts, FlowReadLimits.Default);
        return new ReadResult(sink.Rows, sink.Issues, reader.Counts);
    }

    public static string Describe(FlowIssue issue) => $"{issue.Kind} @{issue.Offset}: {issue.Reason} [{issue.Text}] {issue.Blob}";

    /// <summary>Rows, issues (with their places and words) and counts are the same.</summary>
    public static void AssertSame(ReadResult expected, ReadResult actual, string how)
    {
        if (!expected.Rows.SequenceEqual(actual.Rows))
            Assert.Fail($"{how}: the rows differ.");
        var expectedIssues = expected.Issues.Select(Describe).ToList();
        var actualIssues = actual.Issues.Select(Describe).ToList();
        if (!expectedIssues.SequenceEqual(actualIssues))
            Assert.Fail($"{how}: {string.Join(" | ", expectedIssues)} but was {string.Join(" | ", actualIssues)}");
        if (!expected.Counts.Equals(actual.Counts))
            Assert.Fail($"{how}: the counts differ.");
    }

    /// <summary>What holds for every input, however broken.</summary>
    private static void CheckCounts(byte[] bytes, CollectingSink sink, in FlowReadCounts counts, FlowReadLimits limits)
    {
        Assert.Equal(bytes.Length, counts.Bytes);
        if (sink.Rows.Count != counts.Tuples)
            Assert.Fail($"{counts.Tuples} tuples were counted and {sink.Rows.Count} came from{ReferenceAssert.Show(bytes)}");
        Assert.Equal(sink.Rows.Count, counts.Kept);
        var suppressed = sink.Issues.Count(i => i.Kind == FlowIssueKind.FlowIssuesSuppressed);
        var single = sink.Issues.Count - suppressed;
        if (single > limits.Issues)
            Assert.Fail($"{single} issues were reported, the limit is {limits.Issues}.");
        if (suppressed != (counts.Issues > single ? 1 : 0))
            Assert.Fail($"{suppressed} issues of suppression, {single} single ones, {counts.Issues} counted.");
        Assert.True(counts.Issues >= single);
        foreach (var issue in sink.Issues)
        {
            Assert.Equal(BlobName, issue.Blob);
            Assert.InRange(issue.Offset, 0, bytes.Length);
            Assert.False(string.IsNullOrWhiteSpace(issue.Reason));
            Assert.False(issue.Text is not null && issue.Text.Any(char.IsControl), "Control characters in an issue's text.");
        }
    }
}
