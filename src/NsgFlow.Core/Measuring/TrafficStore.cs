using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace NsgFlow.Measuring;

/// <summary>A table that can be put aside into a temporary file, partition by partition, and gathered again at the end.</summary>
internal sealed class TrafficStore : IDisposable
{
    private static readonly int _totalsWords = MemoryMarshal.Cast<TrafficTotals, ulong>(new TrafficTotals[1].AsSpan()).Length;

    private readonly int _identityWords;
    private readonly SpillFolder _folder;
    private SpillFile? _file;

    /// <param name="words">Words of a key.</param>
    /// <param name="identityWords">How many of the first words decide the partition: rows that are needed together share these.</param>
    /// <param name="hasTotals">Whether rows have totals; without, the keys are all there is.</param>
    /// <param name="hasTrend">Whether rows have a trend.</param>
    /// <param name="folder">Where to put rows aside.</param>
    /// <param name="trendUnit">The least length of a piece of a trend in milliseconds.</param>
    public TrafficStore(int words, int identityWords, bool hasTotals, bool hasTrend, SpillFolder folder, long trendUnit = TrendScale.Minute)
    {
        _identityWords = identityWords;
        _folder = folder;
        Table = new TrafficTable(words, hasTotals, hasTrend, trendUnit);
    }

    /// <summary>What is in memory.</summary>
    public TrafficTable Table { get; }

    /// <summary>Whether something was put aside.</summary>
    public bool HasSpilled => _file is not null;

    /// <summary>Puts everything aside.</summary>
    public void Spill()
    {
        if (Table.Count == 0)
        {
            return;
        }

        var order = SortedByPartition(out var counts);
        _file ??= new SpillFile(_folder, Table.Words + (Table.HasTotals ? _totalsWords : 0) + (Table.HasTrend ? TrendScale.Slots : 0));
        _file.BeginBatch(counts, in Table.Scale);
        foreach (var row in order)
        {
            _file.Write(Table.Key(row));
            _file.Write(Table.TotalsWords(row));
            _file.Write(MemoryMarshal.Cast<long, ulong>(Table.Trend(row)));
        }

        _file.EndBatch();
        Table.Clear();
    }

    /// <summary>Adds what was put aside of a partition to a table.</summary>
    public void Load(int partition, TrafficTable into)
    {
        var words = Table.Words;
        var trendAt = words + (Table.HasTotals ? _totalsWords : 0);
        _file?.Read(partition, (ReadOnlySpan<ulong> record, in TrendScale scale) =>
        {
            var totals = Table.HasTotals ? MemoryMarshal.Cast<ulong, TrafficTotals>(record.Slice(words, _totalsWords))[0] : default;
            into.AddRow(record.Slice(0, words), in totals, MemoryMarshal.Cast<ulong, long>(record.Slice(trendAt)), in scale);
        });
    }

    /// <summary>Whether stores must be gone through partition by partition, or should be, as they hold more than so many bytes.</summary>
    public static bool AreMany(IEnumerable<TrafficStore> stores, long most)
    {
        long bytes = 0;
        var isSpilled = false;
        foreach (var store in stores)
        {
            bytes += store.Table.Bytes;
            isSpilled |= store.HasSpilled;
        }

        return isSpilled || bytes > most;
    }

    /// <summary>
    /// The rows of several stores together: as one table when all of them are in memory, else partition by partition. Empties the stores.
    /// </summary>
    /// <param name="stores">Stores with keys of the same form.</param>
    /// <param name="inPartitions">Whether to go by partitions; must be true when one of the stores has spilled.</param>
    public static IEnumerable<TrafficTable> Gather(IReadOnlyList<TrafficStore> stores, bool inPartitions)
    {
        var first = stores[0].Table;
        if (!inPartitions)
        {
            for (var i = 1; i < stores.Count; i++)
            {
                first.AddAll(stores[i].Table);
                stores[i].Table.Release();
            }

            yield return first;
            yield break;
        }

        foreach (var store in stores)
        {
            store.Spill();
            store.Table.Release();
        }

        // One table for all partitions, one after the other.
        var table = new TrafficTable(first.Words, first.HasTotals, first.HasTrend, first.TrendUnit);
        for (var partition = 0; partition < SpillFile.Partitions; partition++)
        {
            table.Clear();
            foreach (var store in stores)
            {
                store.Load(partition, table);
            }

            yield return table;
        }
    }

    public void Dispose() => _file?.Dispose();

    private int[] SortedByPartition(out int[] counts)
    {
        counts = new int[SpillFile.Partitions];
        var partitions = new byte[Table.Count];
        for (var row = 0; row < Table.Count; row++)
        {
            var partition = SpillFile.PartitionOf(KeyHash.Of(Table.Key(row).Slice(0, _identityWords)));
            partitions[row] = (byte)partition;
            counts[partition]++;
        }

        var next = new int[SpillFile.Partitions];
        for (var i = 1; i < next.Length; i++)
        {
            next[i] = next[i - 1] + counts[i - 1];
        }

        var order = new int[Table.Count];
        for (var row = 0; row < order.Length; row++)
        {
            order[next[partitions[row]]++] = row;
        }

        return order;
    }
}
