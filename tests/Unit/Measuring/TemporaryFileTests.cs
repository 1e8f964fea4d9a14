using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Measuring;
using NsgFlow.Unit.Blobs;
using NsgFlow.Unit.Reading;
using Xunit;

namespace NsgFlow.Unit.Measuring;

/// <summary>Temporary files: where they are, and that nothing is left of them.</summary>
public sealed class TemporaryFileTests : IDisposable
{
    /// <summary>So many rows are more than fit into the least memory.</summary>
    internal const int ManyRows = 70_000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_fits_makes_no_files()
    {
        using var measurement = new TrafficMeasurement(Query(_folder.Path));
        Records(1000).ForEach(record => measurement.Add(record));
        Assert.Equal(1000, measurement.Rows(CancellationToken.None).Count());
        Assert.False(measurement.HasSpilled);
        Assert.Empty(Left());
    }

    [Fact]
    public void What_does_not_fit_lies_in_one_folder_until_the_end()
    {
        using (var measurement = new TrafficMeasurement(Query(_folder.Path)))
        {
            Records(ManyRows).ForEach(record => measurement.Add(record));
            Assert.True(measurement.HasSpilled);
            Assert.Single(Left());
            var rows = measurement.Rows(CancellationToken.None).ToList();
            Assert.Equal(ManyRows, rows.Count);
            Assert.Equal(ManyRows, rows.Select(r => (string)r.KeyValues[0]!).Distinct().Count());
            Assert.Equal(ManyRows, rows.Sum(r => r.Flows));
        }

        Assert.Empty(Left());
    }

    [Fact]
    public void Nothing_is_left_when_rows_are_not_read_to_the_end()
    {
        using (var measurement = new TrafficMeasurement(Query(_folder.Path)))
        {
            Records(ManyRows).ForEach(record => measurement.Add(record));
            Assert.Equal(3, measurement.Rows(CancellationToken.None).Take(3).Count());
        }

        Assert.Empty(Left());
    }

    [Fact]
    public void Nothing_is_left_when_it_is_cancelled_between_reading_and_rows()
    {
        using (var measurement = new TrafficMeasurement(Query(_folder.Path)))
        using (var cancellation = new CancellationTokenSource())
        {
            Records(ManyRows).ForEach(record => measurement.Add(record));
            cancellation.Cancel();
            Assert.ThrowsAny<OperationCanceledException>(() => measurement.Rows(cancellation.Token).Count());
        }

        Assert.Empty(Left());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_left_when_reading_is_cancelled_or_left(bool isLeft)
    {
        var store = new FakeStore();
        FlowBlob[] blobs = [store.Add("a", _ => Endless(0)), store.Add("b", _ => Endless(1))];
        using (var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(120)))
        {
            using (var measurement = new TrafficMeasurement(Query(_folder.Path, threads: 2)))
            {
                foreach (var news in measurement.Read(blobs, CancellationToken.None).TakeWhile(_ => !cancellation.IsCancellationRequested))
                {
                    Assert.Null(news.Failure);
                    if (measurement.HasSpilled)
                        break;
                }

                Assert.True(measurement.HasSpilled);
                Assert.False(cancellation.IsCancellationRequested);
                if (!isLeft)
                    Assert.Single(Left());
            }

            Assert.Empty(Left());
            using (var measurement = new TrafficMeasurement(Query(_folder.Path, threads: 2)))
            {
                Assert.ThrowsAny<OperationCanceledException>(() =>
                {
                    foreach (var news in measurement.Read(blobs, cancellation.Token))
                    {
                        if (measurement.HasSpilled)
                            cancellation.Cancel();
                    }
                });
            }
        }

        Assert.Empty(Left());
        Assert.Equal(0, store.Open);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_ends_adding()
    {
        using var measurement = new TrafficMeasurement(Query(NoFolder()));
        Assert.Throws<TrafficSpillException>(() => Records(ManyRows).ForEach(record => measurement.Add(record)));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_ends_reading()
    {
        var store = new FakeStore();
        FlowBlob[] blobs = [store.Add("a", _ => Endless(0)), store.Add("b", _ => Endless(1))];
        using var measurement = new TrafficMeasurement(Query(NoFolder(), threads: 2));
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        Assert.Throws<TrafficSpillException>(() => measurement.Read(blobs, cancellation.Token).Count());
        Assert.Equal(0, store.Open);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_ends_the_sorting_of_rows_with_the_same_exception()
    {
        // Fits into the tables, and not as rows.
        using var measurement = new TrafficMeasurement(Query(NoFolder()));
        Records(12_000).ForEach(record => measurement.Add(record));
        Assert.Throws<TrafficSpillException>(() => measurement.Rows(CancellationToken.None).Count());
    }

    [Fact]
    public void A_blob_that_fails_is_told_and_what_was_read_of_it_counts()
    {
        var store = new FakeStore();
        FlowBlob[] blobs = [store.Add("bad", _ => Failing()), store.Add("good", FlowTexts.Blob(0, 5))];
        using var measurement = new TrafficMeasurement(Measured.Query("Blob"));
        var news = measurement.Read(blobs, CancellationToken.None).Where(n => n.Blob is not null).ToList();
        Assert.Equal(["bad", "good"], news.Select(n => n.Blob!.Name).OrderBy(n => n, StringComparer.Ordinal));
        Assert.IsType<IOException>(news.Single(n => n.Blob!.Name == "bad").Failure);
        Assert.Null(news.Single(n => n.Blob!.Name == "good").Failure);
        Assert.Equal([("good", 5L), ("bad", 3L)], measurement.Rows(CancellationToken.None).Select(r => ((string)r.KeyValues[0]!, r.Tuples)));

        static IEnumerable<byte[]> Failing()
        {
            yield return FlowTexts.Start;
            yield return FlowTexts.Entry(0, 3);
            throw new IOException("gone");
        }
    }

    internal static TrafficQuery Query(string folder, int threads = 1) => new()
    {
        By = TrafficKey.Parse(["SourceAddress", "SourcePort"]),
        MemoryLimit = TrafficQuery.LeastMemory,
        TemporaryFolder = folder,
        ThrottleLimit = threads,
    };

    /// <summary>Records of one row each.</summary>
    internal static List<FlowRecord> Records(int count)
    {
        var group = new FlowGroup { Entry = new FlowEntry { Kind = FlowLogKind.Nsg } };
        return [.. Enumerable.Range(0, count).Select(i => new FlowRecord(
            new FlowTuple { UnixMilliseconds = 1_600_000_000_000, Source = new FlowAddress(0x0A000000u + (uint)i), Destination = new FlowAddress(0x0A000000u), ProtocolCode = 6, State = FlowState.Begin },
            group))];
    }

    /// <summary>A log without an end whose every tuple is a row of its own.</summary>
    private static IEnumerable<byte[]> Endless(int number)
    {
        yield return FlowTexts.Start;
        for (var i = 0; i < 1_000_000; i++)
        {
            var tuples = Enumerable.Range(0, 250).Select(j => $"1542110400,{10 + number}.{i >> 8}.{i & 0xFF}.{j},52.0.0.5,4711,443,T,O,A,B,,,,");
            yield return Encoding.UTF8.GetBytes("," + CountingTests.Entry(1, ("r", [.. tuples])).Substring(12).Replace("]}]}]}}]}", "]}]}]}}"));
        }
    }

    private string NoFolder() => Path.Combine(_folder.Write("file", "not a folder"), "under it");

    private string[] Left() => Directory.GetFileSystemEntries(_folder.Path);
}
