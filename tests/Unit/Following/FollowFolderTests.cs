using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using NsgFlow.Blobs;
using NsgFlow.Following;
using NsgFlow.Parsing;
using NsgFlow.Reading;
using NsgFlow.Unit.Blobs;
using NsgFlow.Unit.Reading;
using Xunit;

namespace NsgFlow.Unit.Following;

/// <summary>Files, of which nothing tells the blocks: their last bytes tell whether they have only grown.</summary>
public sealed class FollowFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FollowState _state = new();
    private DateTime _now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Copies_that_are_replaced_by_longer_ones_give_what_is_new()
    {
        Write(Text(1, 2));
        Assert.Equal([1, 2], Numbers(Poll()));
        Assert.Empty(Poll());
        Write(Text(1, 2, 3));
        Assert.Equal([3], Numbers(Poll()));
        Write(Text(1, 2, 3, 4, 5));
        Assert.Equal([4, 5], Numbers(Poll()));
    }

    /// <summary>A log that another program writes as it comes, cut anywhere: nothing is damage while it may go on.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(333)]
    public void A_file_that_grows_by_any_bytes_gives_whole_entries(int step)
    {
        var bytes = Text(1, 2, 3);
        var all = new List<FlowRecordBatch>();
        for (var length = 0; length < bytes.Length + step; length += step)
        {
            Write(bytes.AsSpan(0, Math.Min(length, bytes.Length)).ToArray());
            all.AddRange(Poll());
        }

        Assert.Equal([1, 2, 3], Numbers(all));
        Assert.All(all, static batch => Assert.True(batch.Failure is null && batch.Rewritten is null && batch.Issues.Count == 0));
    }

    [Fact]
    public void What_stays_cut_is_told_when_nobody_writes_any_more()
    {
        var bytes = Text(1, 2);
        Write(bytes.AsSpan(0, bytes.Length - 8).ToArray());
        Assert.Equal([1], Numbers(Poll()));
        Assert.Empty(Poll());

        _now = _now.AddMinutes(11);
        var last = Poll();
        Assert.Equal([2], Numbers(last));
        Assert.Equal(FlowIssueKind.FlowBlobTruncated, Assert.Single(last.SelectMany(static batch => batch.Issues)).Kind);
        Assert.Empty(Poll());

        // Somebody goes on all the same, behind what was cut.
        Write([.. bytes.AsSpan(0, bytes.Length - 8).ToArray(), .. Encoding.UTF8.GetBytes("," + Entry(3))]);
        var late = Poll();
        Assert.Equal([3], Numbers(late));
        Assert.All(late, static batch => Assert.Null(batch.Rewritten));
    }

    /// <summary>A copy that stalled and was gone on with much later, wherever it was cut.</summary>
    [Fact]
    public void What_was_cut_for_long_and_is_completed_comes_whole_and_once()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"records\":[" + Entry(1) + "," + Encoding.UTF8.GetString(FlowTexts.Entry(2, 8)).Substring(1) + "," + Entry(10) + "]}");
        var salvaged = 0;
        for (var cut = 1; cut < bytes.Length; cut += 3)
        {
            using var test = new FollowFolderTests();
            test.Write(bytes.AsSpan(0, cut).ToArray());
            var all = test.Poll();
            test._now = test._now.AddMinutes(11);
            all.AddRange(test.Poll());
            Assert.Empty(test.Poll());
            salvaged = Math.Max(salvaged, Numbers(all).Count());
            test.Write(bytes);
            all.AddRange(test.Poll());
            Assert.True(Enumerable.Range(1, 10).Select(static number => (long)number).SequenceEqual(Numbers(all)), $"{cut}: {string.Join(",", Numbers(all))}");
        }

        Assert.InRange(salvaged, 2, 10);
    }

    [Fact]
    public void Damage_is_told_once_and_what_comes_behind_it_read()
    {
        var damaged = "{\"records\":[" + Entry(1) + ",{\"time\":\"2018-11-13T12:00:35Z\",\"properties\":{\"Version\":2,]]x";
        Write(Encoding.UTF8.GetBytes(damaged));
        var first = Poll();
        Assert.Equal([1], Numbers(first));
        Assert.Single(first.SelectMany(static batch => batch.Issues));

        Write(Encoding.UTF8.GetBytes(damaged + "yz," + Entry(2)));
        var second = Poll();
        Assert.Equal([2], Numbers(second));
        Assert.Empty(second.SelectMany(static batch => batch.Issues));
    }

    [Fact]
    public void A_file_of_other_content_is_read_again_and_said_so()
    {
        Write(Text(1, 2));
        Poll();
        Write(Text(3, 4, 5));
        var batch = Assert.Single(Poll());
        Assert.Equal("what was read of it is no longer what it begins with", batch.Rewritten);
        Assert.Equal([3, 4, 5], Numbers([batch]));
    }

    [Fact]
    public void Packed_files_give_what_is_new_too()
    {
        Write(Pack(Text(1, 2)));
        Assert.Equal([1, 2], Numbers(Poll()));
        Write(Pack(Text(1, 2, 3)));
        var grown = Poll();
        Assert.Equal([3], Numbers(grown));
        Assert.All(grown, static batch => Assert.Null(batch.Rewritten));
        Write(Pack(Text(7, 8)));
        var other = Poll();
        Assert.Equal([7, 8], Numbers(other));
        Assert.NotNull(other[0].Rewritten);
    }

    [Fact]
    public void A_packed_file_that_does_not_unpack_to_its_end_gives_what_comes_before_and_later_the_rest()
    {
        // Its checksum, which stands at the end, is wrong. What is unpacked together with that is lost, but not what comes before.
        var numbers = Enumerable.Range(1, 900).ToArray();
        var whole = Pack(Text(numbers));
        var damaged = whole.ToArray();
        damaged[damaged.Length - 8] ^= 1;
        Write(damaged);
        var first = Poll();
        Assert.NotEmpty(Numbers(first));
        Assert.NotNull(first[first.Count - 1].Failure);
        Assert.Empty(Numbers(Poll()));

        Write(whole);
        var rest = Poll();
        Assert.Equal(numbers.Select(static number => (long)number), Numbers(first.Concat(rest)));
        Assert.All(rest, static batch => Assert.True(batch.Failure is null && batch.Rewritten is null));
    }

    [Fact]
    public void A_whole_file_that_is_no_flow_log_is_told_as_without_following()
    {
        Write("hello"u8.ToArray());
        _now = _now.AddHours(1);
        Assert.Equal(FlowIssueKind.NotFlowLog, Assert.Single(Assert.Single(Poll()).Issues).Kind);
        Assert.Empty(Poll());
    }

    private static string Entry(int number) => Encoding.UTF8.GetString(FlowTexts.Entry(number, 1)).Substring(1);

    private static byte[] Text(params int[] numbers) => Encoding.UTF8.GetBytes("{\"records\":[" + string.Join(",", numbers.Select(Entry)) + "]}");

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            gzip.Write(bytes, 0, bytes.Length);
        return packed.ToArray();
    }

    private static IEnumerable<long> Numbers(IEnumerable<FlowRecordBatch> batches) => batches.SelectMany(static batch => batch.Records).Select(FlowTexts.Number);

    private void Write(byte[] bytes)
    {
        _now = _now.AddSeconds(1);
        File.SetLastWriteTimeUtc(_folder.Write("flows.json", bytes), _now);
    }

    private List<FlowRecordBatch> Poll()
    {
        var store = new FolderStore([_folder.Path], null, () => _now);
        return [.. new FlowFollower(_state) { Now = () => _now }.Poll(store.List(FlowBlobQuery.Everything, default), null, default)];
    }
}
