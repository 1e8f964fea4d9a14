using System;
using System.Collections.Generic;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>
/// The rows of one answer as they are, those of several added up. What does not fit into memory then is put aside, as when flow logs are measured.
/// </summary>
internal sealed class WorkspaceRows : IDisposable
{
    private readonly RowFinisher _finisher;
    private readonly TrafficRowReader _reader;
    private readonly TrafficStore? _store;
    private readonly long _memory;
    private readonly List<ResultRow> _rows = [];
    private (long First, long Last) _times = (long.MaxValue, long.MinValue);

    /// <param name="finisher">Puts rows in order.</param>
    /// <param name="reader">Reads rows.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="folder">Where to put aside what does not fit.</param>
    /// <param name="memory">Most memory to use, in bytes.</param>
    /// <param name="areAdded">Whether rows of several answers can be of the same key.</param>
    public WorkspaceRows(RowFinisher finisher, TrafficRowReader reader, RowQuestion question, SpillFolder folder, long memory, bool areAdded)
    {
        _finisher = finisher;
        _reader = reader;
        _memory = memory;
        var layout = question.Layout;
        if (areAdded)
        {
            _store = new TrafficStore(layout.Words, layout.SeriesWords, hasTotals: true, question.HasTrend && layout.Bucket == 0, folder, question.TrendUnit);
        }
    }

    /// <summary>The longest interval of Traffic Analytics in any row, in minutes; 0 when it was not asked for.</summary>
    public long Minutes { get; private set; }

    /// <summary>Adds a row of an answer.</summary>
    public void Add(LogsRow row)
    {
        Minutes = Math.Max(Minutes, row.Number("Minutes") ?? 0);
        var read = _reader.Read(row);
        _times = (Math.Min(_times.First, read.Totals.First), Math.Max(_times.Last, read.Totals.Last));
        if (TrafficRowReader.IsRest(row))
        {
            _finisher.AddRest(read);
        }
        else if (_store is null)
        {
            _rows.Add(read);
        }
        else
        {
            _store.Table.AddRow(read.Key, in read.Totals, read.Trend, in read.Scale);
            if (_store.Table.BytesWhenGrown > _memory)
            {
                _store.Spill();
            }
        }
    }

    /// <summary>The rows of the answer, in its order. Once.</summary>
    public IEnumerable<TrafficMeasure> Finish() => _store is null ? _finisher.Finish(_rows, _times) : _finisher.Finish([_store], [], _times);

    /// <summary>The same, as a part of something longer.</summary>
    /// <param name="times">First and last time of all there is, in milliseconds.</param>
    public IEnumerable<TrafficMeasure> Finish((long First, long Last) times)
    {
        _times = (Math.Min(_times.First, times.First), Math.Max(_times.Last, times.Last));
        return Finish();
    }

    public void Dispose() => _store?.Dispose();
}
