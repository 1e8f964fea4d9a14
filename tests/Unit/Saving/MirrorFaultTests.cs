using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NsgFlow.Blobs;
using NsgFlow.Saving;
using NsgFlow.Unit.Reading;
using Xunit;

namespace NsgFlow.Unit.Saving;

/// <summary>Whatever happens, a copy is what its blob was at one moment, and the next run goes on.</summary>
public sealed partial class MirrorFaultTests : IDisposable
{
    private static readonly string s_name = ModelStore.Name(1);
    private readonly MirrorFolder _folder = new();
    private readonly ModelStore _store = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(7, true)]
    [InlineData(1000, false)]
    public void Growth_before_any_request_gives_a_state_that_was(int rangeSize, bool gzip)
    {
        for (var at = 0; at < 40; at++)
        {
            using var folder = new MirrorFolder { RangeSize = rangeSize, Gzip = gzip };
            var store = new ModelStore();
            var blob = store.Add(s_name, "aaaa", "bbbb");
            var states = new List<string> { blob.Content };
            store.BeforeRequest = (request, _) =>
            {
                if (request == at || request == at + 2)
                {
                    blob.Append("cc");
                    states.Add(blob.Content);
                }
            };

            folder.SaveOne(store);
            Assert.Contains(folder.Text(s_name), states);

            // And once more, so that growth meets a copy that is there.
            store.BeforeRequest = static (_, _) => { };
            folder.SaveOne(store);
            Assert.Equal(blob.Content, folder.Text(s_name));
        }
    }

    [Theory]
    [InlineData("zzzz", "yyyy", "xxxx")]
    [InlineData("zzzz", "yyyy")]
    [InlineData("zzzz")]
    public void A_rewrite_before_any_request_is_never_mixed_with_what_was(params string[] minutes)
    {
        // Longer, as long, and shorter.
        for (var at = 0; at < 30; at++)
        {
            using var folder = new MirrorFolder { RangeSize = 5 };
            var store = new ModelStore();
            var blob = store.Add(s_name, "aaaa");
            folder.SaveOne(store);
            blob.Append("bbbb");
            var states = new List<string> { blob.Content };
            var from = store.Requests;
            store.BeforeRequest = (request, _) =>
            {
                if (request - from == at)
                {
                    blob.Write(minutes);
                    states.Add(blob.Content);
                }
            };

            folder.SaveOne(store);
            Assert.Contains(folder.Text(s_name), states);
        }
    }

    [Fact]
    public void A_blob_that_never_stands_still_is_an_error_and_the_copy_is_as_it_was()
    {
        var blob = _store.Add(s_name, "1");
        _folder.SaveOne(_store);
        var before = _folder.Text(s_name);
        _store.BeforeRequest = (_, _) => blob.Write("2", "3");
        blob.Touch();

        Assert.Equal("BlobChanged", Failure(_folder.Save(_store).Single()));
        Assert.Equal(before, _folder.Text(s_name));
        NothingIsLeft();
    }

    [Fact]
    public void A_blob_deleted_meanwhile_is_an_error_and_the_others_are_saved()
    {
        _store.Add(s_name, "1");
        _store.Add(ModelStore.Name(2), "2");
        _store.Add(ModelStore.Name(3), "3");
        _store.BeforeRequest = (_, name) =>
        {
            if (name == ModelStore.Name(2))
            {
                _store.Delete(name);
            }
        };
        _folder.ThrottleLimit = 1;

        var results = _folder.Save(_store);
        Assert.Equal([null, "BlobNotFound", null], results.Select(Failure));
        Assert.Equal(_store[ModelStore.Name(3)].Content, _folder.Text(ModelStore.Name(3)));
        NothingIsLeft();
    }

    [Theory]
    [InlineData("StorageAccessDenied", 5)]
    [InlineData("ContainerNotFound", 1)]
    public void A_container_that_refuses_is_not_asked_for_every_blob(string id, int most)
    {
        for (var i = 0; i < 100; i++)
        {
            _store.Add(ModelStore.Name(i), "1");
        }

        _folder.ThrottleLimit = 1;
        _store.BeforeRequest = (request, _) =>
        {
            if (request >= 20)
            {
                throw new NsgFlowException(id, "No.", string.Empty);
            }
        };

        var results = _folder.Save(_store);
        Assert.Equal(100, results.Count);
        Assert.Equal(10, results.Count(static r => r.Saved is not null));
        Assert.Equal(most, results.Count(static r => r.Failure is not null));
        Assert.Equal(90 - most, results.Count(static r => r.WasSkipped));
    }

    [Fact]
    public void One_blob_that_refuses_does_not_stop_the_others()
    {
        for (var i = 0; i < 40; i++)
        {
            _store.Add(ModelStore.Name(i), "1");
        }

        _folder.ThrottleLimit = 1;
        _store.BeforeRequest = (_, name) =>
        {
            // Every second one.
            if ((name[name.Length - "/PT1H.json".Length - 1] & 1) == 1)
            {
                throw new NsgFlowException("StorageAccessDenied", "No.", string.Empty);
            }
        };

        Assert.Equal(20, _folder.Save(_store).Count(static r => r.Saved is not null));
    }

    [Fact]
    public void What_a_killed_run_left_is_never_taken_for_a_copy()
    {
        var blob = _store.Add(s_name, "1", "2");
        var path = _folder.SaveOne(_store).Path;
        var (state, old) = (File.ReadAllBytes(path + ".blocks"), File.ReadAllBytes(path));
        blob.Append("3");
        _folder.SaveOne(_store);
        var grown = File.ReadAllBytes(path);

        // Killed while the copy was written; between the copy and its state; while the state was written.
        foreach (var (copy, withPartial) in new[] { (old, true), (grown, false), (grown, true), (null, true) })
        {
            File.Delete(path);
            if (copy is not null)
            {
                File.WriteAllBytes(path, copy);
            }

            File.WriteAllBytes(path + ".blocks", state);
            if (withPartial)
            {
                File.WriteAllText(path + ".partial", "half");
                File.WriteAllText(path + ".blocks.partial", "half");
            }

            Assert.DoesNotContain(new FolderStore([_folder.Path]).List(FlowBlobQuery.Everything, default), static b => b.Name.EndsWith(".partial", StringComparison.Ordinal));
            _folder.SaveOne(_store);
            Assert.Equal(blob.Content, _folder.Text(s_name));
            NothingIsLeft();
        }
    }

    [Fact]
    public void A_wrong_content_hash_is_an_error_and_a_right_one_is_not()
    {
        var blob = _store.Add(s_name, "1");
        blob.SetMd5();
        foreach (var gzip in new[] { false, true })
        {
            using var folder = new MirrorFolder { Gzip = gzip };
            Assert.Equal(SavedFlowBlobStatus.New, folder.SaveOne(_store).Status);
        }

        blob.ContentMd5![3] ^= 1;
        Assert.Equal("BlobHashMismatch", Failure(_folder.Save(_store).Single()));
        Assert.DoesNotContain(_folder.Files(), static f => f.Contains("PT1H", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_blob_with_the_blocks_it_had_and_another_beginning_is_found_by_its_hash(bool gzip)
    {
        _folder.Gzip = gzip;
        var blob = _store.Add(s_name, "1111");
        _folder.SaveOne(_store);
        blob.Blocks[1] = (blob.Blocks[1].Id, "9999");
        blob.Append("2");
        blob.SetMd5();

        var saved = _folder.SaveOne(_store);
        Assert.Equal(SavedFlowBlobStatus.Rewritten, saved.Status);
        Assert.Equal(blob.Content, _folder.Text(s_name));
    }

    [Fact]
    public void Two_runs_at_once_do_not_mix()
    {
        _store.Add(s_name, "1");
        using (var first = _folder.Open())
        {
            using var running = first.Save(_store.List(FlowBlobQuery.Everything, default), static (_, _) => true, static () => { }, default).GetEnumerator();
            Assert.True(running.MoveNext());
            _store.Add(ModelStore.Name(2), "1");
            var second = Assert.Throws<NsgFlowException>(() => _folder.Save(_store));
            Assert.Equal("MirrorBusy", second.ErrorId);
        }

        Assert.Equal(2, _folder.Save(_store).Count);
    }

    [Fact]
    public void Others_are_let_in_when_nothing_is_under_way_whatever_the_threads_do()
    {
        var activity = new MirrorActivity();
        Assert.True(activity.TryBegin());
        activity.End();
        var free = new Taken();
        activity.Release(free, Timeout.Infinite);
        Assert.True(free.IsReleased);
        Assert.False(activity.TryBegin());

        // One that hangs is not waited for, and keeps the others out until it ends.
        activity = new MirrorActivity();
        Assert.True(activity.TryBegin());
        Assert.True(activity.TryBegin());
        var hanging = new Taken();
        activity.Release(hanging, 1);
        activity.End();
        Assert.False(hanging.IsReleased);
        activity.End();
        Assert.True(hanging.IsReleased);
    }

    [Fact]
    public void Cancelling_ends_at_once_and_leaves_nothing_half()
    {
        for (var i = 0; i < 50; i++)
        {
            _store.Add(ModelStore.Name(i), "1");
        }

        using var source = new CancellationTokenSource();
        _store.BeforeRequest = (request, _) =>
        {
            // Of several threads none may see a certain number.
            if (request >= 20)
            {
                source.Cancel();
            }
        };
        Assert.ThrowsAny<OperationCanceledException>(() => _folder.Save(_store.List(FlowBlobQuery.Everything, default), source.Token));
        NothingIsUnderWay();
        NothingIsLeft();
        _store.BeforeRequest = static (_, _) => { };
        Assert.Equal(50, _folder.Save(_store).Count(static r => r.Saved is not null));
    }

    [Fact]
    public void A_run_killed_at_any_request_is_taken_up_by_the_next()
    {
        var random = new Random(11);
        var store = new ModelStore();
        for (var i = 0; i < 5; i++)
        {
            store.Add(ModelStore.Name(i), "1");
        }

        for (var run = 0; run < 200; run++)
        {
            var at = store.Requests + random.Next(12);
            store[ModelStore.Name(random.Next(5))].Append(run.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using var source = new CancellationTokenSource();
            store.BeforeRequest = (request, _) =>
            {
                if (request >= at)
                {
                    source.Cancel();
                }
            };
            try
            {
                _folder.ThrottleLimit = 1;
                _folder.Save(store.List(FlowBlobQuery.Everything, default), source.Token);
            }
            catch (OperationCanceledException)
            {
                NothingIsUnderWay();
            }
        }

        store.BeforeRequest = static (_, _) => { };
        _folder.Save(store);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(store[ModelStore.Name(i)].Content, _folder.Text(ModelStore.Name(i)));
        }

        NothingIsLeft();
    }

    [Fact]
    public void A_destination_that_is_a_file_is_an_error()
    {
        _store.Add(s_name, "1");
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.Path)!);
        File.WriteAllText(_folder.Path, "x");
        Assert.Equal("MirrorWriteFailed", Assert.Throws<NsgFlowException>(() => _folder.Save(_store)).ErrorId);
    }

    private static string? Failure(FlowSaveResult result) => (result.Failure as NsgFlowException)?.ErrorId ?? result.Failure?.ToString();

    /// <summary>Waits for what a cancelled run was just doing.</summary>
    private void NothingIsUnderWay() => Waiting.Until(CanLock, "a folder that nobody writes to");

    private bool CanLock()
    {
        try
        {
            MirrorLock.Take(_folder.Path).Dispose();
            return true;
        }
        catch (NsgFlowException e) when (e.ErrorId == "MirrorBusy")
        {
            return false;
        }
    }

    private void NothingIsLeft() => Assert.DoesNotContain(_folder.Files(), static file => file.EndsWith(".partial", StringComparison.Ordinal));

    private sealed class Taken : IDisposable
    {
        public bool IsReleased { get; private set; }

        public void Dispose() => IsReleased = true;
    }

    private sealed class FullException : IOException
    {
        public FullException(int code)
            : base("full") => HResult = code;
    }
}
