using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Parsing;
using NsgFlow.Reading;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Reading;

public class BlobFeedTests
{
    private readonly FakeStore _store = new();
    private readonly RecordCollector _collector = new(() => Assert.Fail("not full"));
    private readonly FlowLogReader _reader;

    public BlobFeedTests() => _reader = new FlowLogReader(_collector, blob: "a");

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(10_000_000)]
    public void All_bytes_reach_the_reader_whatever_the_chunks(int most)
    {
        var random = new TestRandom(1);
        var bytes = FlowTexts.Blob(0, RecordCollector.BatchSize);
        var calls = 0;
        BlobFeed.Feed(_store.Add("a", FlowTexts.Split(bytes, () => 1 + random.Next(most)).ToArray()), _reader, () => calls++, default);
        Assert.Equal(bytes.Length, _reader.Counts.Bytes);
        Assert.Equal(Enumerable.Range(0, RecordCollector.BatchSize).Select(number => (long)number), _collector.TakeRecords().Select(FlowTexts.Number));
        Assert.Empty(_collector.TakeIssues());
        var stream = Assert.Single(_store.Streams);
        Assert.True(stream.IsClosed);

        // After each read, also the one that finds the end.
        Assert.Equal(stream.Reads, calls);
    }

    [Fact]
    public void The_reader_is_told_that_the_blob_has_ended()
    {
        var isComplete = false;
        BlobFeed.Feed(_store.Add("a", FlowTexts.Start, FlowTexts.Entry(0, 2), FlowTexts.Entry(2, 9).Take(300).ToArray()), _reader, () => isComplete = !_collector.IsEmpty, default);
        Assert.True(isComplete);
        Assert.Equal(FlowIssueKind.FlowBlobTruncated, Assert.Single(_collector.TakeIssues()).Kind);
        Assert.Throws<InvalidOperationException>(() => _reader.Advance(0));
    }

    [Fact]
    public void A_failure_passes_as_it_is_and_the_stream_is_closed()
    {
        var failure = new NsgFlowException("BlobReadFailed", "broken", "");
        IEnumerable<byte[]> Broken()
        {
            yield return FlowTexts.Start;
            yield return FlowTexts.Entry(0, 3);
            throw failure;
        }

        Assert.Same(failure, Assert.Throws<NsgFlowException>(() => BlobFeed.Feed(_store.Add("a", _ => Broken()), _reader, () => { }, default)));
        Assert.Equal(3, _collector.TakeRecords().Count);
        Assert.True(Assert.Single(_store.Streams).IsClosed);
    }

    [Fact]
    public void Whole_tuples_of_an_entry_that_a_failure_cuts_come_and_nothing_is_said_of_the_cut()
    {
        var entry = System.Text.Encoding.UTF8.GetString(FlowTexts.Entry(3, 4));
        var cut = entry.Substring(0, entry.IndexOf("E,1,5,", StringComparison.Ordinal));
        IEnumerable<byte[]> Broken()
        {
            yield return FlowTexts.Start;
            yield return FlowTexts.Entry(0, 3);
            yield return System.Text.Encoding.UTF8.GetBytes(cut);
            throw new NsgFlowException("BlobReadFailed", "broken", "");
        }

        Assert.Throws<NsgFlowException>(() => BlobFeed.Feed(_store.Add("a", _ => Broken()), _reader, () => { }, default));
        Assert.Equal([0, 1, 2, 3, 4], _collector.TakeRecords().Select(FlowTexts.Number));
        Assert.Empty(_collector.TakeIssues());
    }

    [Fact]
    public void A_failure_of_the_taker_passes_and_the_stream_is_closed()
    {
        var failure = new FormatException();
        Assert.Same(failure, Assert.Throws<FormatException>(() => BlobFeed.Feed(_store.Add("a", _ => FlowTexts.Endless()), _reader, () => throw failure, default)));
        Assert.True(Assert.Single(_store.Streams).IsClosed);
    }

    [Fact]
    public void A_blob_that_came_from_no_store_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => BlobFeed.Feed(new FlowBlob { Name = "made-up" }, _reader, () => { }, default));
        Assert.Contains("made-up", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_before_it_began_nothing_is_read()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => BlobFeed.Feed(_store.Add("a", FlowTexts.Blob(0, 3)), _reader, () => { }, cancellation.Token));
        Assert.True(_collector.IsEmpty);
        Assert.All(_store.Streams, stream => Assert.Equal((0, true), (stream.Reads, stream.IsClosed)));
    }

    [Fact]
    public void Cancelling_ends_a_feed_between_reads()
    {
        using var cancellation = new CancellationTokenSource();
        var calls = 0;
        var feeding = Waiting.Start(() => BlobFeed.Feed(
            _store.Add("a", _ => FlowTexts.Endless()),
            _reader,
            () =>
            {
                if (++calls == 5)
                {
                    cancellation.Cancel();
                }
            },
            cancellation.Token));
        Assert.IsType<OperationCanceledException>(feeding.End(Waiting.Promptly));
        Assert.Equal(5, calls);
        Assert.True(Assert.Single(_store.Streams).IsClosed);
    }

    [Fact]
    public void Cancelling_ends_a_read_that_hangs()
    {
        static IEnumerable<byte[]> Hanging(FakeStream stream)
        {
            yield return FlowTexts.Start;
            stream.Hang();
        }

        using var cancellation = new CancellationTokenSource();
        var feeding = Waiting.Start(() => BlobFeed.Feed(_store.Add("a", Hanging), _reader, () => { }, cancellation.Token));
        Waiting.Until(() => _store.Reads() == 2, "the read that hangs");
        cancellation.Cancel();
        var error = Assert.IsType<OperationCanceledException>(feeding.End(Waiting.Promptly));
        Assert.Equal(cancellation.Token, error.CancellationToken);
    }
}
