using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Parsing;
using NsgFlow.Reading;
using NsgFlow.Unit.Filtering;
using Xunit;

namespace NsgFlow.Unit.Reading;

public class RecordCollectorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(RecordCollector.BatchSize - 1)]
    [InlineData(RecordCollector.BatchSize)]
    [InlineData(RecordCollector.BatchSize + 1)]
    [InlineData((2 * RecordCollector.BatchSize) + 1)]
    public void Every_record_is_in_one_full_batch_or_in_the_rest(int count)
    {
        foreach (var groupSize in new[] { 1, 7, 5000, count })
        {
            var batches = new List<ArraySegment<FlowRecord>>();
            RecordCollector? collector = null;
            collector = new RecordCollector(() => batches.Add(collector!.TakeRecords()));
            var tuples = Enumerable.Range(0, count).Select(number => new FlowTuple { BytesSent = number }).ToArray();
            var group = Groups.Nsg();
            for (var start = 0; start < count; start += groupSize)
            {
                collector.Accept(group, tuples.AsSpan(start, Math.Min(groupSize, count - start)));
            }

            Assert.False(collector.IsEmpty);
            Assert.All(batches, batch => Assert.Equal(RecordCollector.BatchSize, batch.Count));
            batches.Add(collector.TakeRecords());
            Assert.InRange(batches[^1].Count, 1, RecordCollector.BatchSize);
            Assert.True(collector.IsEmpty);
            Assert.Equal(Enumerable.Range(0, count).Select(number => (long)number), batches.SelectMany(batch => batch).Select(FlowTexts.Number));
            Assert.All(batches.SelectMany(batch => batch), record => Assert.Same(group, record.Group));
        }
    }

    [Fact]
    public void What_was_taken_does_not_change()
    {
        var collector = new RecordCollector(() => Assert.Fail("not full"));
        collector.Accept(Groups.Nsg(), [new FlowTuple { BytesSent = 1 }]);
        collector.Report(Issue(1));
        var (records, issues) = (collector.TakeRecords(), collector.TakeIssues());
        collector.Accept(Groups.Nsg(), [new FlowTuple { BytesSent = 2 }]);
        collector.Report(Issue(2));
        Assert.Equal(1, FlowTexts.Number(Assert.Single(records)));
        Assert.Equal(1, Assert.Single(issues).Offset);
        Assert.Equal(2, FlowTexts.Number(Assert.Single(collector.TakeRecords())));
        Assert.Equal(2, Assert.Single(collector.TakeIssues()).Offset);
        Assert.Equal(0, collector.TakeRecords().Count);
        Assert.Empty(collector.TakeIssues());
    }

    [Fact]
    public void Issues_fill_a_batch_too()
    {
        var sizes = new List<int>();
        RecordCollector? collector = null;
        collector = new RecordCollector(() => sizes.Add(collector!.TakeIssues().Count));
        Assert.True(collector.IsEmpty);
        for (var i = 0; i <= 2 * RecordCollector.BatchSize; i++)
        {
            collector.Report(Issue(i));
        }

        Assert.Equal([RecordCollector.BatchSize, RecordCollector.BatchSize], sizes);
        Assert.False(collector.IsEmpty);
        Assert.Single(collector.TakeIssues());
    }

    private static FlowIssue Issue(long offset) => new() { Kind = FlowIssueKind.FlowTupleInvalid, Blob = "a", Offset = offset, Reason = "" };
}
