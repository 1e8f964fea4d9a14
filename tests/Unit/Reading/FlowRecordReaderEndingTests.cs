using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Reading;
using Xunit;

namespace NsgFlow.Unit.Reading;

/// <summary>Nothing goes on behind an enumeration's back: not when it ends, not when it is cancelled, not when it waits.</summary>
public class FlowRecordReaderEndingTests
{
    private readonly FakeStore _store = new();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Ending_early_ends_all_reading(int throttleLimit)
    {
        // The first gives records; of the others some give without an end, some hang.
        var blobs = Enumerable.Range(0, 10).Select(i => _store.Add("blob" + i, stream => i % 2 == 0 ? FlowTexts.Endless() : Hanging(stream)));
        var reading = Waiting.Start(() =>
        {
            var batch = new FlowRecordReader { ThrottleLimit = throttleLimit }.Read(blobs, default).First(batch => batch.Records.Count > 0);
            Assert.Equal("blob0", batch.Blob.Name);
        });
        Assert.Null(reading.End());
        AssertAllClosed();
    }

    [Fact]
    public void Ending_early_does_not_wait_for_a_store_that_hears_nothing()
    {
        using var release = new ManualResetEventSlim();
        FlowBlob[] blobs = [_store.Add("blob0", _ => FlowTexts.Endless()), _store.Add("blob1", _ => Deaf(release))];
        var reading = Waiting.Start(() => Assert.NotNull(new FlowRecordReader().Read(blobs, default).First()));
        Assert.Null(reading.End(Waiting.Promptly));
        release.Set();
        AssertAllClosed();
    }

    [Fact]
    public void Cancelling_ends_a_read_that_hangs()
    {
        using var cancellation = new CancellationTokenSource();
        var blobs = Enumerable.Range(0, 6).Select(i => _store.Add("blob" + i, Hanging));
        var reading = Waiting.Start(() => All(new FlowRecordReader { ThrottleLimit = 3 }.Read(blobs, cancellation.Token)));
        Waiting.Until(() => _store.Reads() == 6, "three reads that hang");
        cancellation.Cancel();
        Assert.IsType<OperationCanceledException>(reading.End(Waiting.Promptly));
        AssertAllClosed();
        Assert.Equal(3, _store.Streams.Count);
    }

    [Fact]
    public void Cancelling_does_not_wait_for_a_store_that_hears_nothing()
    {
        using var release = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var reading = Waiting.Start(() => All(new FlowRecordReader().Read([_store.Add("a", _ => Deaf(release))], cancellation.Token)));
        Waiting.Until(() => _store.Reads() == 1, "the read that hangs");
        cancellation.Cancel();
        Assert.IsType<OperationCanceledException>(reading.End(Waiting.Promptly));
        release.Set();
        AssertAllClosed();
    }

    [Fact]
    public void Cancelling_ends_an_opening_that_hangs()
    {
        using var isOpening = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        _store.BeforeOpen = (_, token) =>
        {
            isOpening.Set();
            token.WaitHandle.WaitOne();
            token.ThrowIfCancellationRequested();
        };
        var reading = Waiting.Start(() => All(new FlowRecordReader().Read([_store.Add("a", [])], cancellation.Token)));
        Assert.True(isOpening.Wait(TimeSpan.FromSeconds(30)));
        cancellation.Cancel();
        Assert.IsType<OperationCanceledException>(reading.End(Waiting.Promptly));
        Assert.Empty(_store.Streams);
    }

    [Fact]
    public void Cancelling_between_batches_ends_the_enumeration()
    {
        using var cancellation = new CancellationTokenSource();
        var taken = 0;
        var reading = Waiting.Start(() =>
        {
            foreach (var batch in new FlowRecordReader().Read([_store.Add("a", _ => FlowTexts.Endless())], cancellation.Token))
            {
                taken++;
                cancellation.Cancel();
            }
        });
        Assert.IsType<OperationCanceledException>(reading.End(Waiting.Promptly));
        Assert.Equal(1, taken);
        AssertAllClosed();
    }

    [Fact]
    public void Cancelled_before_it_began_no_record_comes()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => All(new FlowRecordReader().Read([_store.Add("a", FlowTexts.Blob(0, 3))], cancellation.Token)));
        AssertAllClosed();
        Assert.Equal(0, _store.Reads());
    }

    [Fact]
    public void A_blob_that_cancelling_ended_before_it_was_looked_at_is_not_taken_for_whole()
    {
        using var cancellation = new CancellationTokenSource();
        IEnumerable<FlowBlob> List()
        {
            yield return _store.Add("a", Hanging);
            Waiting.Until(() => _store.Reads() == 2, "the read that hangs");
            cancellation.Cancel();
            AssertAllClosed();
            Thread.Sleep(50);
        }

        Assert.IsType<OperationCanceledException>(Waiting.Start(() => All(new FlowRecordReader().Read(List(), cancellation.Token))).End());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Blobs_are_listed_on_the_callers_thread_and_only_as_far_as_needed(int throttleLimit)
    {
        var listed = 0;
        var threads = new HashSet<int>();
        var hasEnded = false;
        IEnumerable<FlowBlob> List()
        {
            try
            {
                for (var i = 0; i < 12; i++)
                {
                    threads.Add(Environment.CurrentManagedThreadId);
                    yield return _store.Add("blob" + listed++, FlowTexts.Start, FlowTexts.Entry(0, 1), FlowTexts.Entry(1, 1), FlowTexts.End);
                }
            }
            finally
            {
                hasEnded = true;
            }
        }

        var batches = new FlowRecordReader { ThrottleLimit = throttleLimit }.Read(List(), default);
        Assert.Equal(0, listed);
        var done = 0;
        foreach (var batch in batches)
        {
            // The blob that is being taken, and those read ahead.
            Assert.Equal(Math.Min(12, done + throttleLimit), listed);
            done += batch.IsLast ? 1 : 0;
        }

        Assert.Equal(12, done);
        Assert.True(hasEnded);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);

        (listed, hasEnded) = (0, false);
        Assert.NotNull(batches.First());
        Assert.Equal(throttleLimit, listed);
        Assert.True(hasEnded);
    }

    [Fact]
    public void A_listing_that_fails_ends_all_reading()
    {
        var failure = new NsgFlowException("StorageAccessDenied", "no", "");
        IEnumerable<FlowBlob> List()
        {
            yield return _store.Add("a", _ => FlowTexts.Endless());
            yield return _store.Add("b", Hanging);
            throw failure;
        }

        var reading = Waiting.Start(() => All(new FlowRecordReader().Read(List(), default)));
        Assert.Same(failure, reading.End());
        AssertAllClosed();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Nobody_taking_holds_reading_up(int throttleLimit)
    {
        var blobs = Enumerable.Range(0, 10).Select(i => _store.Add("blob" + i, _ => FlowTexts.Endless()));
        var reading = Waiting.Start(() =>
        {
            using var batches = new FlowRecordReader { ThrottleLimit = throttleLimit }.Read(blobs, default).GetEnumerator();
            Assert.True(batches.MoveNext());
            Waiting.Until(() => _store.Streams.Count == throttleLimit, "all that may be open");

            // Each read makes a batch: four wait, one is held up on its way, one was taken; the first read and the next each find none.
            var reads = Waiting.Still(_store.Reads);
            Assert.All(_store.Streams, stream => Assert.InRange(stream.Reads, 5, 8));

            // Each batch that is taken lets one more come.
            for (var i = 0; i < 50; i++)
            {
                Assert.True(batches.MoveNext());
            }

            Assert.InRange(Waiting.Still(_store.Reads), reads + 45, reads + 55);
            Assert.Equal(throttleLimit, _store.Streams.Count);
        });
        Assert.Null(reading.End());
        AssertAllClosed();
    }

    private static IEnumerable<byte[]> Hanging(FakeStream stream)
    {
        yield return FlowTexts.Start;
        stream.Hang();
    }

    /// <summary>A read that even closing does not end.</summary>
    private static IEnumerable<byte[]> Deaf(ManualResetEventSlim release)
    {
        release.Wait();
        yield return FlowTexts.Start;
    }

    private static List<FlowRecordBatch> All(IEnumerable<FlowRecordBatch> batches) => [.. batches];

    /// <summary>A closed stream gives nothing more, so then all reading has ended.</summary>
    private void AssertAllClosed() => Waiting.Until(() => _store.Open == 0, "all streams closed", Waiting.Promptly);
}
