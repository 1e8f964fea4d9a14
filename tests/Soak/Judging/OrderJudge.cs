using System;
using System.Collections.Generic;
using NsgFlow.Blobs;
using NsgFlow.Soak.Writing;

namespace NsgFlow.Soak.Judging;

/// <summary>
/// Whether what an interface logged comes in order over its hours, too. Nothing of an older hour may come behind a newer hour's that was written later. But for
/// blocks that come when their hour has long ended, and for hours that were not listed when the newer came: those are looked for only now and then.
/// </summary>
internal sealed class OrderJudge
{
    // By interface and hour: the last number of newer hours that came while this hour was listed. Of this run, and of all for what comes first.
    private readonly Dictionary<(NicText, DateTime), int> _newer = [];
    private readonly Dictionary<(NicText, DateTime), int> _newerInRun = [];
    private DateTime _start;

    public void BeginRun()
    {
        _newerInRun.Clear();
        _start = DateTime.MinValue;
    }

    /// <summary>Begins a poll that lists blobs from a time on.</summary>
    public void BeginPoll(DateTime start) => _start = start;

    /// <summary>Takes the next tuple's entry; false when it came too late.</summary>
    public bool Take(TruthEntry entry, bool isNew)
    {
        var place = (entry.Blob.Nic, entry.Blob.Hour);
        var isLate = !FlowBlobName.IsOpen(entry.Blob.Hour, entry.Written);
        var isGood = isLate || (entry.First > _newerInRun.GetValueOrDefault(place) && (!isNew || entry.First > _newer.GetValueOrDefault(place)));
        for (var hour = entry.Blob.Hour.AddHours(-1); hour.AddHours(1) > _start && entry.Blob.Hour - hour <= TimeSpan.FromHours(6); hour = hour.AddHours(-1))
        {
            var older = (entry.Blob.Nic, hour);
            _newerInRun[older] = Math.Max(_newerInRun.GetValueOrDefault(older), entry.First);
            if (isNew)
                _newer[older] = Math.Max(_newer.GetValueOrDefault(older), entry.First);
        }

        return isGood;
    }
}
