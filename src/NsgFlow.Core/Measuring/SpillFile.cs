using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Records of a fixed number of 64-bit words in a temporary file, in batches that are each sorted by partition, so that a partition can be
/// read by itself.
/// </summary>
internal sealed class SpillFile : IDisposable
{
    /// <summary>Number of partitions; a power of two.</summary>
    public const int Partitions = 32;

    private const int ChunkWords = 8 * 1024;

    private readonly SpillStream _file;
    private readonly int _words;
    private readonly List<Batch> _batches = [];
    private readonly byte[] _chunk;
    private int _used;

    public SpillFile(SpillFolder folder, int words)
    {
        _words = words;
        _chunk = new byte[8 * Math.Max(words, ChunkWords / words * words)];
        _file = folder.Create();
    }

    public static int PartitionOf(ulong hash) => (int)(hash >> 59);

    /// <summary>Begins a batch.</summary>
    /// <param name="counts">How many records of each partition follow, those of the first partition first.</param>
    /// <param name="scale">Scale of the trends in them.</param>
    public void BeginBatch(int[] counts, in TrendScale scale)
    {
        _batches.Add(new Batch(_file.Length, counts, scale));
    }

    public void Write(ReadOnlySpan<ulong> part)
    {
        var bytes = MemoryMarshal.AsBytes(part);
        while (!bytes.IsEmpty)
        {
            if (_used == _chunk.Length)
            {
                Flush();
            }

            var length = Math.Min(bytes.Length, _chunk.Length - _used);
            bytes.Slice(0, length).CopyTo(_chunk.AsSpan(_used));
            _used += length;
            bytes = bytes.Slice(length);
        }
    }

    public void EndBatch() => Flush();

    /// <summary>Reads a partition's records of all batches.</summary>
    public void Read(int partition, Reader reader)
    {
        foreach (var batch in _batches)
        {
            long before = 0;
            for (var i = 0; i < partition; i++)
            {
                before += batch.Counts[i];
            }

            var offset = batch.Offset + (before * _words * 8);
            var left = (long)batch.Counts[partition] * _words * 8;
            while (left > 0)
            {
                var length = (int)Math.Min(left, _chunk.Length);
                _file.Read(offset, _chunk, length);
                offset += length;
                var words = MemoryMarshal.Cast<byte, ulong>(_chunk.AsSpan(0, length));
                for (var at = 0; at < words.Length; at += _words)
                {
                    reader(words.Slice(at, _words), in batch.Scale);
                }

                left -= length;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private void Flush()
    {
        _file.Write(_chunk, _used);
        _used = 0;
    }

    /// <summary>Takes a record.</summary>
    public delegate void Reader(ReadOnlySpan<ulong> record, in TrendScale scale);

    private sealed class Batch
    {
        public readonly TrendScale Scale;

        public Batch(long offset, int[] counts, in TrendScale scale)
        {
            Offset = offset;
            Counts = counts;
            Scale = scale;
        }

        public long Offset { get; }

        public int[] Counts { get; }
    }
}
