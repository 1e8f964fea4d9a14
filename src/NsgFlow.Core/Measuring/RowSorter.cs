using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NsgFlow.Measuring;

/// <summary>
/// Puts finished rows in order. With a limit only the first are kept and the others are added up; without, rows that do not fit into memory wait in a
/// temporary file, in sorted runs.
/// </summary>
internal sealed class RowSorter : IDisposable
{
    private const int LeastTrim = 1024;
    private readonly KeyLayout _layout;
    private readonly SpillFolder _folder;
    private readonly int? _top;
    private readonly int _most;
    private readonly List<Series> _series = [];
    private readonly List<(long Offset, int Rows)> _runs = [];
    private SpillStream? _file;
    private int _rows;

    // What a row must have to be one of the first, as far as is known.
    private long _floor = long.MinValue;

    /// <param name="layout">Form of the keys.</param>
    /// <param name="top">How many series are wanted; null for all.</param>
    /// <param name="memory">Most memory for rows, in bytes.</param>
    /// <param name="folder">Where to put runs.</param>
    public RowSorter(KeyLayout layout, int? top, long memory, SpillFolder folder)
    {
        _layout = layout;
        _top = top;
        _folder = folder;

        // An object, its two arrays and its place in lists come to about twice its words.
        _most = (int)Math.Max(1024, Math.Min(int.MaxValue, memory / (16 * ResultRow.WordsOf(layout.Words))));
    }

    /// <summary>What was dropped, by start of the bucket (0 without buckets).</summary>
    public SortedDictionary<ulong, ResultRow> Rest { get; } = [];

    private int RowWords => ResultRow.WordsOf(_layout.Words);

    /// <summary>Adds the rows of a series: one, or one for each bucket.</summary>
    public void Add(List<ResultRow> rows)
    {
        _series.Add(new Series(rows));
        _rows += rows.Count;
        if (_top is { } top && _series.Count >= (2 * (long)top) + LeastTrim)
        {
            Trim();
        }
        else if (_top is null && _rows > _most)
        {
            WriteRun();
        }
    }

    /// <summary>Drops a row at once when so many before it have more that it cannot be one of the first; so most rows never become objects.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryDrop(long rank, in TrafficTotals totals, ReadOnlySpan<long> trend, in TrendScale scale)
    {
        if (rank >= _floor)
        {
            return false;
        }

        RestOf(0).Add(in totals, trend, in scale);
        return true;
    }

    /// <summary>Adds a row to the rest.</summary>
    public void Drop(ResultRow row)
    {
        RestOf(_layout.Bucket > 0 ? row.Key[_layout.SeriesWords] : 0).Add(row);
    }

    /// <summary>All rows, in order. Once.</summary>
    public IEnumerable<ResultRow> InOrder()
    {
        Trim();
        return _file is null ? Memory() : Merged();
    }

    /// <summary>Drops what is beyond the limit: to be called before <see cref="Rest"/> is looked at.</summary>
    public void Trim()
    {
        _series.Sort(Compare);
        for (var i = _series.Count - 1; _top is { } top && i >= top; i--)
        {
            _series[i].Rows.ForEach(Drop);
            _rows -= _series[i].Rows.Count;
            _series.RemoveAt(i);
        }

        if (_top is { } most && _series.Count >= most && most > 0)
        {
            _floor = _series[most - 1].Rows[0].Rank;
        }
    }

    public void Dispose() => _file?.Dispose();

    private ResultRow RestOf(ulong bucket)
    {
        if (!Rest.TryGetValue(bucket, out var rest))
        {
            Rest.Add(bucket, rest = new ResultRow([]));
        }

        return rest;
    }

    private IEnumerable<ResultRow> Memory()
    {
        foreach (var series in _series)
        {
            foreach (var row in series.Rows)
            {
                yield return row;
            }
        }
    }

    private IEnumerable<ResultRow> Merged()
    {
        WriteRun();
        var runs = new List<Run>();
        foreach (var (offset, rows) in _runs)
        {
            runs.Add(new Run(_file!, offset, rows, RowWords, _layout.Words));
        }

        while (true)
        {
            Run? first = null;
            foreach (var run in runs)
            {
                if (run.Current is { } row && (first is null || CompareRows(row, first.Current!) < 0))
                {
                    first = run;
                }
            }

            if (first is null)
            {
                yield break;
            }

            yield return first.Current!;
            first.Next();
        }
    }

    private void WriteRun()
    {
        _series.Sort(Compare);
        _file ??= _folder.Create();
        _runs.Add((_file.Length, _rows));
        var words = new ulong[RowWords];
        var bytes = new byte[8 * words.Length];
        foreach (var row in Memory())
        {
            row.Write(words);
            MemoryMarshal.AsBytes(words.AsSpan()).CopyTo(bytes);
            _file.Write(bytes, bytes.Length);
        }

        _series.Clear();
        _rows = 0;
    }

    [MethodImpl(Hot.Path)]
    private int Compare(Series left, Series right) => CompareRows(left.Rows[0], right.Rows[0]);

    [MethodImpl(Hot.Path)]
    private int CompareRows(ResultRow left, ResultRow right)
    {
        var order = right.Rank.CompareTo(left.Rank);
        return order != 0 ? order : _layout.Compare(left.Key, right.Key);
    }

    private sealed class Series(List<ResultRow> rows)
    {
        public List<ResultRow> Rows { get; } = rows;
    }

    /// <summary>A sorted run, read in chunks.</summary>
    private sealed class Run
    {
        private const int RowsOfChunk = 256;
        private readonly SpillStream _file;
        private readonly int _rowWords;
        private readonly int _keyWords;
        private readonly byte[] _chunk;
        private long _offset;
        private int _left;
        private int _at;
        private int _filled;

        public Run(SpillStream file, long offset, int rows, int rowWords, int keyWords)
        {
            _file = file;
            _offset = offset;
            _left = rows;
            _rowWords = rowWords;
            _keyWords = keyWords;
            _chunk = new byte[8 * rowWords * Math.Min(rows, RowsOfChunk)];
            Next();
        }

        /// <summary>The row that comes next; null at the end.</summary>
        public ResultRow? Current { get; private set; }

        public void Next()
        {
            if (_at == _filled && !Fill())
            {
                Current = null;
                return;
            }

            var words = MemoryMarshal.Cast<byte, ulong>(_chunk.AsSpan(_at, 8 * _rowWords));
            Current = ResultRow.Read(words, _keyWords);
            _at += 8 * _rowWords;
        }

        private bool Fill()
        {
            var rows = Math.Min(_left, RowsOfChunk);
            _filled = 8 * _rowWords * rows;
            _at = 0;
            _file.Read(_offset, _chunk, _filled);
            _offset += _filled;
            _left -= rows;
            return rows > 0;
        }
    }
}
