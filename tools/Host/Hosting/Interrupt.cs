using System;
using System.Management.Automation.Runspaces;

namespace NsgFlow.Host.Hosting;

/// <summary>Ctrl+C stops what runs; a second one, while that still has not ended, kills the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private Pipeline? _running;
    private bool _asked;

    public Interrupt() => Console.CancelKeyPress += OnCancel;

    /// <summary>Whether the last thing run was interrupted.</summary>
    public bool Happened { get; private set; }

    public IDisposable Stopping(Pipeline pipeline)
    {
        var outer = _running;
        if (outer is null)
            Happened = false;
        _asked = false;
        _running = pipeline;
        return new Restore(() => _running = outer);
    }

    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    private void OnCancel(object? sender, ConsoleCancelEventArgs e)
    {
        if (_running is { } pipeline)
        {
            if (_asked)
                return;
            _asked = true;
            Happened = true;
            pipeline.StopAsync();
        }

        e.Cancel = true;
    }

    private sealed class Restore(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}
