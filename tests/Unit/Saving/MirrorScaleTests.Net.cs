using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.Unit.Saving;

/// <summary>Many blobs: memory that does not grow, and nothing asked for twice.</summary>
[Collection(AloneCollection.Name)]
public sealed class MirrorScaleTests
{
    private const int Few = 500;
    private const int Many = 5000;

    // A blob and its name would take some thousand bytes each; a thread's buffers, which are there or not, are 64 KB.
    private const long Noise = 1_500_000;

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_blobs()
    {
        Kept(Few);
        var (saved, found) = Kept(Few);
        var (savedOfMany, foundOfMany) = Kept(Many);
        Assert.InRange(savedOfMany - saved, long.MinValue, Noise);
        Assert.InRange(foundOfMany - found, long.MinValue, Noise);
    }

    /// <summary>Bytes that a mirror holds when it has saved blobs, and another when it has found them saved.</summary>
    private static (long Saved, long Found) Kept(int blobs)
    {
        using var folder = new MirrorFolder { ThrottleLimit = 8 };
        var store = new MadeStore(blobs);
        var saved = Kept(folder, store);
        Assert.Equal(2 * blobs, store.Requests);
        var found = Kept(folder, store);
        Assert.Equal(2 * blobs, store.Requests);
        return (saved, found);
    }

    // Measured after the last result, when the threads have nothing to do: nothing comes and goes then.
    private static long Kept(MirrorFolder folder, MadeStore store)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var mirror = folder.Open();
        using var results = mirror.Save(store.List(FlowBlobQuery.Everything, default), static (_, _) => true, static () => { }, default).GetEnumerator();
        for (var i = 0; i < store.Count; i++)
        {
            Assert.True(results.MoveNext());
            Assert.NotNull(results.Current.Saved);
        }

        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.False(results.MoveNext());
        return kept;
    }

    /// <summary>Blobs that are made when they are asked for.</summary>
    private sealed class MadeStore(int count) : IFlowBlockStore
    {
        private static readonly FlowBlock[] s_blocks = [new("A", 12), .. Enumerable.Range(0, 60).Select(static i => new FlowBlock($"m{i:00}", 5)), new("Z", 2)];
        private static readonly byte[] s_content = Encoding.ASCII.GetBytes("{\"records\":[" + string.Concat(Enumerable.Repeat("12345", 60)) + "]}");
        private int _requests;

        public int Count => count;

        public int Requests => Volatile.Read(ref _requests);

        public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation) => Enumerable.Range(0, count).Select(i => new FlowBlob
        {
            Account = "a",
            Container = FlowContainers.Nsg,
            Name = ModelStore.Name(i / 24, i % 24),
            Hour = new DateTime(2026, 11, 23, i % 24, 0, 0, DateTimeKind.Utc),
            Length = s_content.Length,
            ETag = "0x1",
            LastModified = new DateTime(2026, 11, 23, 1, 2, 3, DateTimeKind.Utc),
            Store = this,
        });

        public Stream Open(FlowBlob blob, CancellationToken cancellation) => throw new NotSupportedException();

        public FlowBlockList Blocks(FlowBlob blob, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _requests);
            return new FlowBlockList("0x1", s_blocks);
        }

        public FlowRange? Read(FlowBlob blob, long offset, ArraySegment<byte> buffer, string? etag, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _requests);
            var count = (int)Math.Min(buffer.Count, s_content.Length - offset);
            Array.Copy(s_content, (int)offset, buffer.Array!, buffer.Offset, count);
            return new FlowRange { Count = count, Length = s_content.Length, ETag = "0x1", LastModified = blob.LastModified };
        }
    }
}
