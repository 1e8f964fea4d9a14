using System;
using System.Collections.Generic;
using System.Threading;

namespace NsgFlow.Measuring;

/// <summary>Puts together what the meters of a grouping have, and makes the rows of the answer.</summary>
internal sealed class TrafficResult : IDisposable
{
    private readonly TrafficPlan _plan;
    private readonly TrafficMeters _meters;
    private readonly long _memory;
    private readonly CancellationToken _cancellation;
    private readonly RowFinisher _finisher;
    private (long First, long Last) _times = (long.MaxValue, long.MinValue);

    public TrafficResult(TrafficPlan plan, TrafficMeters meters, SpillFolder folder, long memory, CancellationToken cancellation)
    {
        _plan = plan;
        _meters = meters;
        _memory = memory;
        _cancellation = cancellation;
        _finisher = new RowFinisher(new RowQuestion(plan.Query, plan.Layout), memory, folder, cancellation);
    }

    private TrafficTable Rows => _meters.First.Rows.Table;

    /// <summary>The rows of the answer, in its order; the row of the rest comes last.</summary>
    public IEnumerable<TrafficMeasure> ToMeasures()
    {
        _meters.ResolveStarts(_plan.IsTrendOfFlows, _plan.Layout);
        foreach (var captures in _meters.GatherCaptures(_memory))
        {
            _cancellation.ThrowIfCancellationRequested();
            Count(captures);
            LargeMemory.LetGo(captures.Bytes);
        }

        return _finisher.Finish(_meters.Map(static meter => meter.Rows), _meters.Map(static meter => meter.Distinct), _times);
    }

    public void Dispose() => _finisher.Dispose();

    /// <summary>Moves captures to the rows they count in; those that were captured by a better observer count as merged.</summary>
    private void Count(TrafficTable captures)
    {
        var best = new BestCaptures(captures, _meters.First.IdentityWords);
        for (var i = 0; i < captures.Count; i++)
        {
            ref var totals = ref captures.Totals(i);
            if (totals.IsEmpty)
            {
                continue;
            }

            var key = captures.Key(i).Slice(CaptureKey.Words, _plan.Layout.Words);
            if (best.IsBest(i))
            {
                Rows.AddRow(key, in totals, captures.Trend(i), in captures.Scale);
            }
            else
            {
                _times = (Math.Min(_times.First, totals.First), Math.Max(_times.Last, totals.Last));
                Rows.Totals(Rows.Add(key)).Merged += totals.Tuples;
            }

            if (_meters.First.Rows.Table.BytesWhenGrown > _memory)
            {
                _meters.First.Rows.Spill();
            }
        }
    }
}
