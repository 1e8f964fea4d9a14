using System;
using System.IO;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.Unit.Saving;

/// <summary>What is saved, and what it costs.</summary>
public sealed class FlowMirrorTests : IDisposable
{
    private static readonly string s_name = ModelStore.Name(1);
    private readonly MirrorFolder _folder = new();
    private readonly ModelStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_blob_is_saved_then_followed_and_costs_what_is_new(bool gzip)
    {
        _folder.Gzip = gzip;
        var blob = _store.Add(s_name, "1", "22");

        var saved = _folder.SaveOne(_store);
        Assert.Equal(SavedFlowBlobStatus.New, saved.Status);
        Assert.Equal(blob.Content.Length, saved.BytesDownloaded);
        Assert.Equal((1, 1), (_store.BlockLists, _store.Ranges));
        Assert.Equal(gzip, saved.Path.EndsWith("PT1H.json.gz", StringComparison.Ordinal));
        Assert.Equal(new FileInfo(saved.Path).Length, saved.FileLength);
        Assert.Equal(blob.Modified, File.GetLastWriteTimeUtc(saved.Path));

        var again = _folder.SaveOne(_store);
        Assert.Equal(SavedFlowBlobStatus.Unchanged, again.Status);
        Assert.Equal(2, _store.Requests);

        for (var minute = 3; minute < 10; minute++)
        {
            blob.Append(new string((char)('0' + minute), minute));
            var bytes = _store.Bytes;
            var grown = _folder.SaveOne(_store);
            Assert.Equal((SavedFlowBlobStatus.Updated, (string?)null), (grown.Status, grown.Reason));

            // The comma, the minute, and the closing two.
            Assert.Equal(1 + minute + 2, grown.BytesDownloaded);
            Assert.Equal(grown.BytesDownloaded, _store.Bytes - bytes);
            Assert.Equal(blob.Content, _folder.Text(s_name));
            Assert.Equal((blob.Content.Length, new FileInfo(grown.Path).Length), (grown.Length, grown.FileLength));
        }

        Assert.Equal([".nsgflow.lock", Relative(saved), Relative(saved) + ".blocks"], _folder.Files());
    }

    [Fact]
    public void Several_minutes_between_two_runs_come_in_one_range()
    {
        var blob = _store.Add(s_name, "1");
        _folder.SaveOne(_store);
        foreach (var minute in "23456789")
        {
            blob.Append(minute.ToString());
        }

        Assert.Equal(2 * 8 + 2, _folder.SaveOne(_store).BytesDownloaded);
        Assert.Equal((2, 2), (_store.BlockLists, _store.Ranges));
        Assert.Equal(blob.Content, _folder.Text(s_name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_blob_that_was_rewritten_or_shrank_is_read_again_and_said_so(bool gzip)
    {
        _folder.Gzip = gzip;
        var blob = _store.Add(s_name, "1", "2", "3");
        _folder.SaveOne(_store);

        blob.Write("a", "b", "c", "d", "e");
        var rewritten = _folder.SaveOne(_store);
        Assert.Equal(SavedFlowBlobStatus.Rewritten, rewritten.Status);
        Assert.Contains("rewritten", rewritten.Reason!, StringComparison.Ordinal);
        Assert.Equal(blob.Content, _folder.Text(s_name));

        blob.Blocks.RemoveRange(2, 3);
        blob.Touch();
        var shorter = _folder.SaveOne(_store);
        Assert.Equal(SavedFlowBlobStatus.Rewritten, shorter.Status);
        Assert.Contains("shorter", shorter.Reason!, StringComparison.Ordinal);
        Assert.Equal(blob.Content.Length, shorter.BytesDownloaded);
        Assert.Equal(blob.Content, _folder.Text(s_name));
    }

    [Fact]
    public void Another_state_with_the_same_blocks_reads_nothing()
    {
        _store.Add(s_name, "1").Touch();
        _folder.SaveOne(_store);
        _store[s_name].Touch();

        var saved = _folder.SaveOne(_store);
        Assert.Equal((SavedFlowBlobStatus.Unchanged, 0L), (saved.Status, saved.BytesDownloaded));
        Assert.Equal((2, 1), (_store.BlockLists, _store.Ranges));

        // And is remembered.
        _folder.SaveOne(_store);
        Assert.Equal(3, _store.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_uploaded_blob_is_never_mixed_with_the_one_before_though_its_blocks_are_named_alike(bool grows)
    {
        var blob = _store.Add(s_name, "1");
        blob.Blocks[0] = ("A", new string('a', 4096));
        _folder.SaveOne(_store);
        Assert.Equal(SavedFlowBlobStatus.Unchanged, _folder.SaveOne(_store).Status);

        blob.Blocks[0] = ("A", new string('b', 4096));
        blob.Touch();
        if (grows)
        {
            blob.Append("2");
        }

        var saved = _folder.SaveOne(_store);
        Assert.Equal(SavedFlowBlobStatus.Rewritten, saved.Status);
        Assert.Contains("uploaded", saved.Reason!, StringComparison.Ordinal);
        Assert.Equal(blob.Content, _folder.Text(s_name));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("{\"records\":[]}", false)]
    [InlineData("{\"records\":[1,2,3,4,5,6,7,8,9]}", true)]
    public void A_blob_written_in_one_piece_is_saved_whole_each_time(string content, bool gzip)
    {
        (_folder.Gzip, _folder.RangeSize) = (gzip, 10);
        var blob = _store.Add(s_name);
        Put(blob, content);

        Assert.Equal(SavedFlowBlobStatus.New, _folder.SaveOne(_store).Status);
        Assert.Equal(content, _folder.Text(s_name));
        var requests = _store.Requests;
        Assert.Equal(SavedFlowBlobStatus.Unchanged, _folder.SaveOne(_store).Status);
        Assert.Equal(requests, _store.Requests);

        Put(blob, content + " ");
        Assert.Equal(SavedFlowBlobStatus.Rewritten, _folder.SaveOne(_store).Status);
        Assert.Equal(content + " ", _folder.Text(s_name));
    }

    [Fact]
    public void Copies_stay_packed_or_not_as_they_are()
    {
        var plain = _store.Add(s_name, "1");
        _folder.SaveOne(_store);
        var packed = _store.Add(ModelStore.Name(2), "1");
        _folder.Gzip = true;
        _folder.Save(_store);
        _folder.Gzip = false;
        plain.Append("2");
        packed.Append("2");

        Assert.Equal([false, true], _folder.Save(_store).Select(static r => r.Saved!.Path.EndsWith(".gz", StringComparison.Ordinal)));
        Assert.Equal(2, _folder.Files().Count(static f => f.EndsWith(".json", StringComparison.Ordinal) || f.EndsWith(".gz", StringComparison.Ordinal)));
        Assert.Equal(plain.Content, _folder.Text(s_name));
        Assert.Equal(packed.Content, _folder.Text(ModelStore.Name(2)));
    }

    [Fact]
    public void A_blob_that_is_packed_already_is_not_packed_again()
    {
        _folder.Gzip = true;
        _store.Add(s_name + ".gz", "1");
        var saved = _folder.SaveOne(_store);
        Assert.EndsWith("PT1H.json.gz", saved.Path, StringComparison.Ordinal);
        Assert.Equal(_store[s_name + ".gz"].Content, File.ReadAllText(saved.Path));
    }

    [Fact]
    public void Neither_is_one_that_was_packed_and_does_not_say_so()
    {
        _folder.Gzip = true;
        _store.Add(s_name).Blocks[0] = ("A", "\u001f\u008b" + "12345");
        Assert.Equal(_store[s_name].Content.Length, _folder.SaveOne(_store).Length);

        _store[s_name].Append("1");
        var saved = _folder.SaveOne(_store);
        Assert.Contains("packed by somebody else", saved.Reason!, StringComparison.Ordinal);
        Assert.Equal(_store[s_name].Bytes, File.ReadAllBytes(saved.Path));
    }

    [Fact]
    public void Results_come_in_order_whatever_the_parallelism()
    {
        for (var i = 0; i < 200; i++)
        {
            _store.Add(ModelStore.Name(i), i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var random = new Random(5);
        _store.BeforeRequest = (_, _) => Thread.Sleep(Pick(random));
        var most = 0;
        var now = 0;
        _folder.ThrottleLimit = 3;
        var before = _store.BeforeRequest;
        _store.BeforeRequest = (n, name) =>
        {
            var at = Interlocked.Increment(ref now);
            lock (random)
            {
                most = Math.Max(most, at);
            }

            before(n, name);
            Interlocked.Decrement(ref now);
        };

        Assert.Equal(Enumerable.Range(0, 200).Select(i => ModelStore.Name(i)), _folder.Save(_store).Select(static r => r.Blob.Name));
        Assert.InRange(most, 2, 3);
    }

    [Fact]
    public void What_is_not_approved_is_not_touched_and_what_has_not_changed_is_not_asked_for()
    {
        _store.Add(s_name, "1");
        using (var mirror = _folder.Open())
        {
            Assert.Empty(mirror.Save(_store.List(FlowBlobQuery.Everything, default), static (_, _) => false, static () => { }, default));
        }

        Assert.Empty(_folder.Files());
        Assert.False(Directory.Exists(_folder.Path));
        Assert.Equal(0, _store.Requests);

        _folder.SaveOne(_store);
        using var later = _folder.Open();
        var result = Assert.Single(later.Save(_store.List(FlowBlobQuery.Everything, default), static (_, _) => throw new InvalidOperationException(), static () => { }, default));
        Assert.Equal(SavedFlowBlobStatus.Unchanged, result.Saved!.Status);
    }

    [Fact]
    public void Files_of_another_mirror_are_saved_too()
    {
        _store.Add(s_name, "1", "2");
        _folder.SaveOne(_store);
        using var second = new MirrorFolder { Gzip = true };
        var files = new FolderStore([_folder.Path]);

        var saved = Assert.Single(second.Save(files.List(FlowBlobQuery.Everything, default))).Saved!;
        Assert.Equal((SavedFlowBlobStatus.New, FlowContainers.Nsg), (saved.Status, saved.Container));
        Assert.Equal(_store[s_name].Content, second.Text(s_name));
        Assert.Equal(SavedFlowBlobStatus.Unchanged, Assert.Single(second.Save(files.List(FlowBlobQuery.Everything, default))).Saved!.Status);

        // Into itself: it would be both what is read and what is written.
        var itself = Assert.Single(_folder.Save(files.List(FlowBlobQuery.Everything, default)));
        var error = Assert.IsType<NsgFlowException>(itself.Failure);
        Assert.Equal("BlobNameCollides", error.ErrorId);
        Assert.Contains("its copy would be the file itself", error.Message, StringComparison.Ordinal);
    }

    private static int Pick(Random random)
    {
        lock (random)
        {
            return random.Next(3);
        }
    }

    private static void Put(ModelBlob blob, string content)
    {
        blob.Blocks.Clear();
        blob.Blocks.Add(("-", content));
        blob.IsWhole = true;
        blob.Touch();
    }

    private string Relative(SavedFlowBlob saved) => saved.Path.Substring(_folder.Path.Length + 1).Replace('\\', '/');
}
