using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Threading;

namespace NsgFlow.Host.Hosting;

/// <summary>Draws the running activity on the terminal's last line, and takes it away before anything else is written.</summary>
public sealed class ProgressBar
{
    // More often than this nobody can read, and the terminal would cost more than the work.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Terminal _terminal;
    private readonly Lock _lock = new();
    private long _lastDrawn;
    private int _drawn;

    internal ProgressBar(Terminal terminal) => _terminal = terminal;

    public void Show(ProgressRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (!_terminal.Interactive)
            return;
        lock (_lock)
        {
            // Children would fight with their parent for the one line.
            if (record.ParentActivityId >= 0)
                return;
            if (record.RecordType == ProgressRecordType.Completed)
            {
                EraseLine();
                return;
            }

            if (_drawn > 0 && Stopwatch.GetElapsedTime(_lastDrawn) < Interval)
                return;
            var width = _terminal.Width - 1;
            var line = Format(record, width);
            var text = "\r" + line.PadRight(Math.Min(_drawn, width));
            Console.Out.Write(_terminal.Colour ? Colours.Progress + text + "\u001b[0m" : text);
            _drawn = line.Length;
            _lastDrawn = Stopwatch.GetTimestamp();
        }
    }

    public void Erase()
    {
        lock (_lock)
            EraseLine();
    }

    /// <summary>One line of at most <paramref name="width"/> characters: activity, bar, percent, time left, status.</summary>
    public static string Format(ProgressRecord record, int width)
    {
        ArgumentNullException.ThrowIfNull(record);
        var head = record.Activity;
        if (record.PercentComplete is >= 0 and <= 100)
        {
            const int cells = 20;
            var full = record.PercentComplete * cells / 100;
            head += $" [{new string('#', full)}{new string('.', cells - full)}] {record.PercentComplete,3}%";
        }

        if (record.SecondsRemaining >= 0)
            head += " " + TimeSpan.FromSeconds(record.SecondsRemaining).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) + " left";
        var detail = string.IsNullOrEmpty(record.CurrentOperation)
            ? record.StatusDescription
            : $"{record.StatusDescription} {record.CurrentOperation}";
        var line = $"{head} {detail}".ReplaceLineEndings(" ").TrimEnd();
        return line.Length <= width ? line : line[..Math.Max(0, width)];
    }

    // Spaces rather than an erase sequence: this also works where NO_COLOR or a dumb terminal forbids escapes.
    private void EraseLine()
    {
        if (_drawn == 0)
            return;
        Console.Out.Write("\r" + new string(' ', _drawn) + "\r");
        _drawn = 0;
    }
}
