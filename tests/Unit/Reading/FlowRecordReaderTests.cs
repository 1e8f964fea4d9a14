using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Filtering;
using NsgFlow.Parsing;
using NsgFlow.Reading;
using NsgFlow.Unit.Parsing;
using Xunit;

namespace NsgFlow.Unit.Reading;

/// <summary>What comes, and in which order.</summary>
public class FlowRecordReaderTests
{
    private readonly FakeStore _store = new();

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public void Records_come_in_the_order_of_blobs_then_position_whatever_the_throttle_limit(int throttleLimit)
    {
        for (var round = 0; round < 3; round++)
        {
            var store = new FakeStore();
            var random = new TestRandom((ulong)((100 * throttleLimit) + round));
            var sizes = Enumerable.Range(0, 24).Select(_ => random.Pick(0, 1, 5, 300, 9000)).ToList();
            var blobs = sizes.Select((size, i) => store.Add("blob" + i, Slowly(FlowTexts.Blob(i * 10_000, size), random.Next64()))).ToList();
            var batches = new FlowRecordReader { ThrottleLimit = throttleLimit }.Read(blobs, default).ToList();

            var expected = sizes.SelectMany((size, i) => Enumerable.Range(i * 10_000, size).Select(number => ((string?)("blob" + i), (long)number)));
            Assert.Equal(expected, batches.SelectMany(batch => batch.Records).Select(record => (record.Blob, FlowTexts.Number(record))));
            Assert.Equal(blobs, batches.Where(batch => batch.IsLast).Select(batch => batch.Blob));
            Assert.All(batches, batch => Assert.Null(batch.Failure));
            Assert.All(batches, batch => Assert.All(batch.Records, record => Assert.Equal(batch.Blob.Name, record.Blob)));

            // Each blob's batches stand together, and its last one has its counts.
            Assert.Equal(blobs.Count, 1 + batches.Zip(batches.Skip(1), (one, next) => one.Blob == next.Blob ? 0 : 1).Sum());
            Assert.Equal(sizes.Select(size => (long)size), batches.Where(batch => batch.IsLast).Select(batch => batch.Counts.Tuples));
            Assert.InRange(store.MostOpen, 1, Math.Max(1, throttleLimit));
            Assert.Equal(0, store.Open);
            Assert.Equal(blobs.Count, store.Streams.Count);
        }
    }

    [Fact]
    public void As_many_blobs_as_the_throttle_limit_are_read_at_the_same_time()
    {
        using var together = new Barrier(3);
        var blobs = Enumerable.Range(0, 6).Select(i => _store.Add("blob" + i, _ => Meeting(i))).ToList();
        var reading = Waiting.Start(() => Assert.Equal(6, Read(new FlowRecordReader { ThrottleLimit = 3 }, blobs).Sum(batch => batch.Records.Count)));
        Assert.Null(reading.End());
        Assert.Equal(3, _store.MostOpen);

        IEnumerable<byte[]> Meeting(int number)
        {
            // Ends only when three streams are read at once.
            Assert.True(together.SignalAndWait(TimeSpan.FromSeconds(30)));
            yield return FlowTexts.Blob(number, 1);
        }
    }

    [Fact]
    public void Batches_of_records_are_bounded()
    {
        var count = (5 * RecordCollector.BatchSize) + 9;
        var batches = Read(new FlowRecordReader(), [_store.Add("a", FlowTexts.Blob(0, count))]);
        Assert.All(batches, batch => Assert.InRange(batch.Records.Count, batch.IsLast ? 0 : 1, RecordCollector.BatchSize));
        Assert.Equal(count, batches.Sum(batch => batch.Records.Count));
        Assert.InRange(batches.Count, 6, 8);
    }

    [Fact]
    public void Batches_of_issues_are_bounded()
    {
        var tuples = Enumerable.Repeat("1542110400,10.0.0.4,nonsense", 10_000).ToArray();
        var blob = _store.Add("a", System.Text.Encoding.UTF8.GetBytes(Texts.Nsg(2, tuples)));
        var batches = Read(new FlowRecordReader { Limits = new FlowReadLimits { Issues = 50_000 } }, [blob]);
        Assert.All(batches, batch => Assert.InRange(batch.Issues.Count, batch.IsLast ? 0 : 1, RecordCollector.BatchSize));
        Assert.Equal(10_000, batches.Sum(batch => batch.Issues.Count));
        Assert.Equal(10_000, batches[^1].Counts.Issues);
        Assert.Equal(batches.SelectMany(batch => batch.Issues).Select(issue => issue.Offset).OrderBy(offset => offset), batches.SelectMany(batch => batch.Issues).Select(issue => issue.Offset));
    }

    [Fact]
    public void The_filter_is_asked_and_the_rest_is_counted()
    {
        var reader = new FlowRecordReader { Filter = new FlowFilter { MinBytes = 132 + 7 } };
        var batches = Read(reader, [_store.Add("a", FlowTexts.Blob(0, 10)), _store.Add("b", FlowTexts.Blob(0, 5))]);
        Assert.Equal([7L, 8L, 9L], batches.SelectMany(batch => batch.Records).Select(FlowTexts.Number));
        Assert.Equal([(10L, 3L), (5L, 0L)], batches.Where(batch => batch.IsLast).Select(batch => (batch.Counts.Tuples, batch.Counts.Kept)));
    }

    [Fact]
    public void The_first_records_come_while_the_rest_is_still_being_read()
    {
        var reading = Waiting.Start(() =>
        {
            using var batches = new FlowRecordReader().Read([_store.Add("a", Hanging)], default).GetEnumerator();
            Assert.True(batches.MoveNext());
            Assert.Equal(2, batches.Current.Records.Count);
            Assert.False(batches.Current.IsLast);
        });
        Assert.Null(reading.End());

        static IEnumerable<byte[]> Hanging(FakeStream stream)
        {
            yield return FlowTexts.Start;
            yield return FlowTexts.Entry(0, 2);
            stream.Hang();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_blob_that_fails_ends_with_its_reason_and_the_others_come(int throttleLimit)
    {
        Exception[] failures =
        [
            new NsgFlowException("BlobReadFailed", "broken", ""), new InvalidOperationException("unforeseen"),
            new System.Threading.Tasks.TaskCanceledException("no answer in time"),
        ];
        IEnumerable<byte[]> Broken(Exception failure)
        {
            yield return FlowTexts.Start;
            yield return FlowTexts.Entry(0, 3);
            throw failure;
        }

        var blobs = new List<FlowBlob>();
        foreach (var failure in failures)
        {
            blobs.Add(_store.Add("good" + blobs.Count, FlowTexts.Blob(0, 3)));
            blobs.Add(_store.Add("bad" + blobs.Count, _ => Broken(failure)));
        }

        blobs.Add(_store.Add("good", FlowTexts.Blob(0, 3)));
        var last = Check(throttleLimit, blobs, recordsOfEach: 3);
        Assert.Equal([null, failures[0], null, failures[1], null, failures[2], null], last.Select(batch => batch.Failure));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_blob_that_cannot_be_opened_ends_with_its_reason_and_the_others_come(int throttleLimit)
    {
        var failure = new NsgFlowException("BlobNotFound", "gone", "");
        _store.BeforeOpen = (blob, _) =>
        {
            if (blob.Name == "bad")
            {
                throw failure;
            }
        };
        FlowBlob[] blobs = [_store.Add("bad", []), _store.Add("good", FlowTexts.Blob(0, 3)), new() { Name = "made-up" }, _store.Add("more", FlowTexts.Blob(0, 3))];
        var batches = Read(new FlowRecordReader { ThrottleLimit = throttleLimit }, blobs);
        var last = batches.Where(batch => batch.IsLast).ToList();
        Assert.Equal(blobs, last.Select(batch => batch.Blob));
        Assert.Same(failure, last[0].Failure);
        Assert.Null(last[1].Failure);
        Assert.IsType<InvalidOperationException>(last[2].Failure);
        Assert.Null(last[3].Failure);
        Assert.Equal(["good", "good", "good", "more", "more", "more"], batches.SelectMany(batch => batch.Records).Select(record => record.Blob));
    }

    [Fact]
    public void Nothing_comes_of_no_blobs() => Assert.Empty(new FlowRecordReader().Read([], default));

    [Fact]
    public void Null_is_refused_at_once() => Assert.Throws<ArgumentNullException>(() => new FlowRecordReader().Read(null!, default));

    [Fact]
    public void Each_enumeration_reads_anew()
    {
        var batches = new FlowRecordReader().Read([_store.Add("a", FlowTexts.Blob(0, 3))], default);
        Assert.Empty(_store.Streams);
        Assert.Equal(3, batches.Sum(batch => batch.Records.Count));
        Assert.Equal(3, batches.Sum(batch => batch.Records.Count));
        Assert.Equal(2, _store.Streams.Count);
    }

    private List<FlowRecordBatch> Check(int throttleLimit, List<FlowBlob> blobs, int recordsOfEach)
    {
        var batches = Read(new FlowRecordReader { ThrottleLimit = throttleLimit }, blobs);
        var last = batches.Where(batch => batch.IsLast).ToList();
        Assert.Equal(blobs, last.Select(batch => batch.Blob));
        Assert.All(batches.Where(batch => !batch.IsLast), batch => Assert.Null(batch.Failure));
        Assert.Equal(blobs.SelectMany(blob => Enumerable.Repeat(blob.Name, recordsOfEach)), batches.SelectMany(batch => batch.Records).Select(record => record.Blob!));
        Assert.All(_store.Streams, stream => Assert.True(stream.IsClosed));
        return last;
    }

    private static List<FlowRecordBatch> Read(FlowRecordReader reader, IEnumerable<FlowBlob> blobs) => [.. reader.Read(blobs, default)];

    private static Func<FakeStream, IEnumerable<byte[]>> Slowly(byte[] bytes, ulong seed)
    {
        return _ => Chunks(new TestRandom(seed));

        IEnumerable<byte[]> Chunks(TestRandom random)
        {
            foreach (var chunk in FlowTexts.Split(bytes, () => 1 + random.Next(200_000)))
            {
                if (random.OneIn(2))
                {
                    Thread.Sleep(random.Next(6));
                }

                yield return chunk;
            }
        }
    }
}
