using System;
using System.Diagnostics;
using System.Threading;

namespace NsgFlow.Saving;

/// <summary>
/// Counts the copies that are being written, so that others are let into the mirror when there is none, however slow the threads that
/// wrote them are to end. Safe for many threads.
/// </summary>
internal sealed class MirrorActivity
{
    private readonly object _gate = new();
    private IDisposable? _taken;
    private int _underWay;
    private bool _isOver;

    /// <summary>Begins a copy; false when nothing may be written any more.</summary>
    public bool TryBegin()
    {
        lock (_gate)
        {
            if (!_isOver)
                _underWay++;
            return !_isOver;
        }
    }

    /// <summary>Ends a copy.</summary>
    public void End()
    {
        lock (_gate)
        {
            _underWay--;
            Monitor.PulseAll(_gate);
            if (_isOver && _underWay == 0)
                _taken?.Dispose();
        }
    }

    /// <summary>Lets others in as soon as nothing is under way, and waits for that, but not long.</summary>
    public void Release(IDisposable taken, int milliseconds)
    {
        var time = Stopwatch.StartNew();
        lock (_gate)
        {
            _isOver = true;
            _taken = taken;
            while (_underWay > 0)
            {
                var left = milliseconds == Timeout.Infinite ? Timeout.Infinite : Math.Max(0, milliseconds - (int)time.ElapsedMilliseconds);
                if (left == 0)
                    return;
                Monitor.Wait(_gate, left);
            }

            taken.Dispose();
        }
    }
}
