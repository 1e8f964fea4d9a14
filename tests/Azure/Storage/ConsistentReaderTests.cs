using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Azure.Storage;
using NsgFlow.Blobs;
using Xunit;

namespace NsgFlow.AzureTests.Storage;

/// <summary>Reading while the blob grows at any moment, against a model of a block blob.</summary>
public sealed class ConsistentReaderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task Growth_before_any_request_gives_a_state_that_was(int rangeSize)
    {
        for (var at = 0; at < 60; at++)
        {
            var blob = new ModelBlob("{\"records\":[", "aaaaaaaa", ",bbbbbbb", "]}");
            blob.BeforeRequest = request =>
            {
                if (request == at)
                {
                    blob.Append(",cccc");
                }
            };

            var text = await ReadAsync(blob, rangeSize);

            Assert.Contains(text, new[] { "{\"records\":[aaaaaaaa,bbbbbbb]}", "{\"records\":[aaaaaaaa,bbbbbbb,cccc]}" });
        }
    }

    [Fact]
    public async Task Growth_between_all_ranges_still_gives_the_first_state()
    {
        var blob = new ModelBlob("{\"records\":[", new string('a', 50), "]}");
        blob.BeforeRequest = request =>
        {
            // Not before the first two: the range and the blocks must be of one state.
            if (request >= 2 && blob.Ranges > blob.Appended)
            {
                blob.Append(",x");
            }
        };

        Assert.Equal("{\"records\":[" + new string('a', 50) + "]}", await ReadAsync(blob, 10));
        Assert.True(blob.Appended > 2);
    }

    [Fact]
    public async Task A_blob_that_was_rewritten_is_an_error_not_a_mixture()
    {
        var blob = new ModelBlob("{\"records\":[", "aaaaaaaa", "]}");
        blob.BeforeRequest = request =>
        {
            if (request == 3)
            {
                blob.Rewrite("{\"records\":[", "zzzzzzzz", "]}");
            }
        };

        await Assert.ThrowsAsync<BlobReplacedException>(() => ReadAsync(blob, 8));
    }

    [Fact]
    public async Task A_blob_that_shrank_is_an_error()
    {
        var blob = new ModelBlob("{\"records\":[", "aaaaaaaa", ",bbbbbbbb", "]}");
        blob.BeforeRequest = request =>
        {
            if (request == 2)
            {
                blob.Rewrite("[]");
            }
        };

        await Assert.ThrowsAsync<BlobReplacedException>(() => ReadAsync(blob, 8));
    }

    [Fact]
    public async Task A_blob_without_blocks_that_changes_is_an_error()
    {
        var blob = new ModelBlob("{\"records\":[]}  ") { HasBlocks = false };
        blob.BeforeRequest = request =>
        {
            if (request == 2)
            {
                blob.Rewrite("{\"records\":[]}      ");
            }
        };

        await Assert.ThrowsAsync<BlobReplacedException>(() => ReadAsync(blob, 4));
    }

    [Fact]
    public async Task One_that_fits_costs_one_request_and_an_empty_one_ends()
    {
        var blob = new ModelBlob("{\"records\":[", "]}");
        Assert.Equal("{\"records\":[]}", await ReadAsync(blob, 100));
        Assert.Equal(1, blob.Requests);
        Assert.Equal(string.Empty, await ReadAsync(new ModelBlob(), 100));
    }

    [Fact]
    public async Task A_buffer_too_small_for_what_it_has_become_is_changed()
    {
        var blob = new ModelBlob("{\"records\":[", new string('a', 10_000), "]}");
        var reader = new ConsistentReader(blob, 10, 100_000);
        Assert.Equal(10_014, (await DrainAsync(reader)).Length);
        Assert.Equal(2, blob.Ranges);
    }

    private static Task<string> ReadAsync(ModelBlob blob, int rangeSize) => DrainAsync(new ConsistentReader(blob, rangeSize, rangeSize));

    private static async Task<string> DrainAsync(ConsistentReader reader)
    {
        var text = new StringBuilder();
        ArraySegment<byte> part;
        while ((part = await reader.NextAsync(CancellationToken.None)).Count > 0)
        {
            text.Append(Encoding.ASCII.GetString(part));
        }

        return text.ToString();
    }

    private sealed class ModelBlob : IBlobRanges
    {
        private readonly List<(string Id, string Text)> _blocks;
        private int _state;

        public ModelBlob(params string[] blocks) => _blocks = blocks.Select((text, i) => ($"b{i}", text)).ToList();

        public Action<int> BeforeRequest { get; set; } = static _ => { };

        public bool HasBlocks { get; init; } = true;

        public int Requests { get; private set; }

        public int Ranges { get; private set; }

        public int Appended { get; private set; }

        public void Append(string text)
        {
            _blocks.Insert(_blocks.Count - 1, ($"n{++Appended}", text));
            _state++;
        }

        public void Rewrite(params string[] blocks)
        {
            _blocks.Clear();
            _blocks.AddRange(blocks.Select((text, i) => ($"r{i}", text)));
            _state++;
        }

        public Task<RangeRead> ReadAsync(long offset, ArraySegment<byte> buffer, string? ifMatch, CancellationToken cancellation)
        {
            BeforeRequest(Requests++);
            Ranges++;
            if (ifMatch is not null && ifMatch != $"e{_state}")
            {
                throw new BlobStateException();
            }

            var bytes = Encoding.ASCII.GetBytes(string.Concat(_blocks.Select(static b => b.Text)));
            var count = (int)Math.Min(buffer.Count, bytes.Length - offset);
            Array.Copy(bytes, offset, buffer.Array!, buffer.Offset, count);
            return Task.FromResult(new RangeRead(count, bytes.Length, $"e{_state}"));
        }

        public Task<FlowBlockList> BlocksAsync(CancellationToken cancellation)
        {
            BeforeRequest(Requests++);
            var blocks = HasBlocks ? _blocks.Select(static b => new FlowBlock(b.Id, b.Text.Length)).ToArray() : [];
            return Task.FromResult(new FlowBlockList($"e{_state}", blocks));
        }
    }
}
