using System;
using System.IO;
using System.Linq;
using NsgFlow.Blobs;
using NsgFlow.Saving;
using Xunit;

namespace NsgFlow.Unit.Saving;

// The disk is full, or the file cannot be written.
public sealed partial class MirrorFaultTests
{
    [Fact]
    public void No_room_ends_the_run_and_leaves_what_was_saved()
    {
        for (var i = 0; i < 20; i++)
        {
            _store.Add(ModelStore.Name(i), "1");
        }

        _folder.ThrottleLimit = 1;
        var left = 5;
        _folder.FreeBytes = () => left-- > 0 ? long.MaxValue : 16 * 1024 * 1024;
        var results = _folder.Save(_store);
        Assert.Equal(5, results.Count(static r => r.Saved is not null));
        Assert.Equal((6, true), (results.Count, results[5].EndsAll));
        Assert.Equal("DiskFull", Failure(results[5]));
        Assert.Equal(5, new FolderStore([_folder.Path]).List(FlowBlobQuery.Everything, default).Count());
        NothingIsLeft();

        left = int.MaxValue;
        Assert.All(_folder.Save(_store), static r => Assert.NotNull(r.Saved));
    }

    [Fact]
    public void A_packed_copy_needs_less_room_than_the_blob_and_no_advice_to_pack_it()
    {
        _store.Add(s_name, new string('x', 1000));
        _folder.FreeBytes = static () => (16 * 1024 * 1024) + 500;
        Assert.Contains("-Gzip", ((NsgFlowException)_folder.Save(_store).Single().Failure!).RecommendedAction, StringComparison.Ordinal);

        _folder.Gzip = true;
        Assert.NotNull(_folder.Save(_store).Single().Saved);

        _store[s_name].Append(new string('y', 5000));
        var full = (NsgFlowException)_folder.Save(_store).Single().Failure!;
        Assert.Equal("DiskFull", full.ErrorId);
        Assert.DoesNotContain("-Gzip", full.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_one_thread_is_about_to_write_is_not_free_for_another()
    {
        var written = 0L;
        var space = new MirrorSpace(() => (16 * 1024 * 1024) + 1000 - written);
        using (var first = space.Take("a", 700))
        {
            Assert.Equal("DiskFull", Assert.Throws<NsgFlowException>(() => space.Take("b", 301)).ErrorId);
            using (space.Take("b", 300))
            {
            }

            // What is on the disk is not counted twice, and what is longer than thought takes from nobody.
            written = 600;
            first.Note(written);
            using (space.Take("b", 300))
            {
            }

            written = 800;
            first.Note(written);
            Assert.Throws<NsgFlowException>(() => space.Take("b", 201));
            using (space.Take("b", 200))
            {
            }
        }

        written = 0;
        using (space.Take("b", 1000))
        {
        }
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_an_error_and_the_copy_is_as_it_was()
    {
        var blob = _store.Add(s_name, "1");
        _store.Add(ModelStore.Name(2), "2");
        var path = _folder.Save(_store)[0].Saved!.Path;
        var before = _folder.Text(s_name);
        blob.Append("2");
        _store[ModelStore.Name(2)].Append("3");

        // Whoever runs the tests may be allowed to write everywhere; nobody can write to a folder.
        Directory.CreateDirectory(Path.Combine(path + ".partial", "in the way"));
        var results = _folder.Save(_store);
        Assert.Equal(["MirrorWriteFailed", null], results.Select(Failure));
        Assert.Equal(before, _folder.Text(s_name));

        Directory.Delete(path + ".partial", recursive: true);
        Assert.Equal(SavedFlowBlobStatus.Updated, _folder.Save(_store)[0].Saved!.Status);
        Assert.Equal(blob.Content, _folder.Text(s_name));
    }

    [Fact]
    public void Room_on_the_disk_is_known_where_the_system_tells_it()
    {
        var free = MirrorSpace.FreeAt(Path.GetTempPath());
        Assert.True(free is null or > 0);
        Assert.True(free is not null || Type.GetType("Mono.Runtime") is not null);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    [InlineData(unchecked((int)0x80070070))]
    [InlineData(unchecked((int)0x80070027))]
    public void What_the_system_says_of_a_full_disk_is_told_as_that(int code)
    {
        var error = MirrorErrors.Write(new FullException(code), "x");
        Assert.Equal("DiskFull", error.ErrorId);
        Assert.Equal("MirrorWriteFailed", MirrorErrors.Write(new FullException(5), "x").ErrorId);
    }
}
