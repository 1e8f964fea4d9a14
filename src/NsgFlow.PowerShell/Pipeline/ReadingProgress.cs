using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using NsgFlow.Display;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>One progress bar with blobs and bytes, moved at most five times a second: drawing it can cost more than reading.</summary>
internal sealed class ReadingProgress
{
    private const int ActivityId = 20_201_123;
    private const int Interval = 200;

    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private bool _isShown;

    public ReadingProgress(Cmdlet cmdlet, string activity)
    {
        _cmdlet = cmdlet;
        _activity = activity;
    }

    /// <summary>Shows how far it is, if the last time was long enough ago.</summary>
    /// <param name="blobs">Blobs read to their end.</param>
    /// <param name="known">How many there are; 0 when not known.</param>
    /// <param name="bytes">Bytes read.</param>
    /// <param name="current">The blob being read.</param>
    public void Show(int blobs, int known, long bytes, string current)
    {
        if (_since.ElapsedMilliseconds < Interval)
            return;
        _since.Restart();
        _isShown = true;
        var of = known > 0 ? " of " + known.ToString(CultureInfo.InvariantCulture) : string.Empty;

        // A new record each time: who collects the stream keeps what was written, and may look at it later.
        _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, $"{blobs.ToString(CultureInfo.InvariantCulture)}{of} blobs, {FlowFormat.Size(bytes)}")
        {
            CurrentOperation = current,
            PercentComplete = known > 0 ? (int)(100L * blobs / known) : -1,
        });
    }

    /// <summary>Takes the bar away, if it was ever shown.</summary>
    public void Complete()
    {
        if (!_isShown)
            return;
        _isShown = false;
        _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
    }
}
