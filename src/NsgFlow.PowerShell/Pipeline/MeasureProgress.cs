using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using NsgFlow.Display;
using NsgFlow.Measuring;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>One progress bar with bytes, tuples a second and time left, moved at most five times a second.</summary>
internal sealed class MeasureProgress
{
    private const int ActivityId = 20_201_124;
    private const string Activity = "Measuring traffic";
    private const int Interval = 200;

    private readonly Cmdlet _cmdlet;
    private readonly int _blobs;
    private readonly long _bytes;
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private long _last;
    private bool _isShown;

    public MeasureProgress(Cmdlet cmdlet, IReadOnlyCollection<FlowBlob> blobs)
    {
        _cmdlet = cmdlet;
        _blobs = blobs.Count;
        // What is read is counted as it is unpacked, so lengths of packed files tell nothing.
        _bytes = blobs.Any(static blob => blob.Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) ? 0 : blobs.Sum(static blob => Math.Max(0, blob.Length));
    }

    /// <summary>Shows how far it is, if the last time was long enough ago.</summary>
    /// <param name="blobs">Blobs read to their end.</param>
    /// <param name="news">Bytes and tuples so far.</param>
    public void Show(int blobs, TrafficNews news)
    {
        var now = _since.ElapsedMilliseconds;
        if (now - _last < Interval)
            return;
        _last = now;
        _isShown = true;
        var done = _bytes > 0 ? Math.Min(1, (double)news.Bytes / _bytes) : _blobs > 0 ? (double)blobs / _blobs : 0;
        var size = FlowFormat.Size(news.Bytes) + (_bytes > 0 ? " of " + FlowFormat.Size(_bytes) : string.Empty);
        var speed = TrafficFormat.Number((long)(news.Tuples / (now / 1000.0)));
        var count = blobs.ToString(CultureInfo.InvariantCulture) + " of " + _blobs.ToString(CultureInfo.InvariantCulture);
        _cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, $"{size}, {count} blobs, {speed} tuples/s")
        {
            PercentComplete = (int)(100 * done),
            // Before a hundredth is done it would be a guess.
            SecondsRemaining = done < 0.01 ? -1 : (int)Math.Min(int.MaxValue, now / 1000.0 * (1 - done) / done),
        });
    }

    /// <summary>Takes the bar away, if it was ever shown.</summary>
    public void Complete()
    {
        if (!_isShown)
            return;
        _isShown = false;
        _cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, "Done") { RecordType = ProgressRecordType.Completed });
    }
}
