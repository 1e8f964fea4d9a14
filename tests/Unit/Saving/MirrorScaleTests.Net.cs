using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using NsgFlow.Blobs;
using Xunit;
using Xunit.Abstractions;

namespace NsgFlow.Unit.Saving;

/// <summary>Ten thousand blobs: memory that does not grow, and nothing asked for twice.</summary>
[Collection(AloneCollection.Name)]
public sealed class MirrorScaleTests(ITestOutputHelper output)
{
    private const int Blobs = 10_000;

    [Fact]
    public void Memory_does_not_grow_with_the_number_of_blobs()
    {
        using var folder = new MirrorFolder { ThrottleLimit = 8 };
        var store = new MadeStore();
        var first = Run(folder, store, out var grownBy);
        Assert.Equal((Blobs, Blobs * 2), (first, store.Requests));
        Assert.InRange(grownBy, long.MinValue, 3_000_000);

        var second = Run(folder, store, out grownBy);
        Assert.Equal((Blobs, Blobs * 2), (second, store.Requests));
        Assert.InRange(grownBy, long.MinValue, 3_000_000);
    }

    // How much more is alive near the end than after a tenth.
    private int Run(MirrorFolder folder, MadeStore store, out long grownBy)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var mirror = folder.Open();
        var count = 0;
        var (early, late) = (0L, 0L);
        foreach (var result in mirror.Save(store.List(FlowBlobQuery.Everything, default), static (_, _) => true, static () => { }, default))
        {
            Assert.NotNull(result.Saved);
            count++;
            early = count == Blobs / 10 ? GC.GetTotalMemory(forceFullCollection: true) : early;
            late = count == Blobs - 100 ? GC.GetTotalMemory(forceFullCollection: true) : late;
        }

        grownBy = late - early;
        output.WriteLine($"{count} blobs in {clock.Elapsed.TotalSeconds:0.0} s, {grownBy} bytes more alive at the end");
        return count;
    }

    /// <summary>Blobs that are made when they are asked for.</summary>
    private sealed class MadeStore : IFlowBlockStore
    {
        private static readonly FlowBlock[] s_blocks = [new("A", 12), .. Enumerable.Range(0, 60).Select(static i => new FlowBlock($"m{i:00}", 5)), new("Z", 2)];
        private static readonly byte[] s_content = Encoding.ASCII.GetBytes("{\"records\":[" + string.Concat(Enumerable.Repeat("12345", 60)) + "]}");
        private int _requests;

        public int Requests => Volatile.Read(ref _requests);

        public IEnumerable<FlowBlob> List(FlowBlobQuery query, CancellationToken cancellation) => Enumerable.Range(0, Blobs).Select(i => new FlowBlob
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
