using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.Soak.Judging;

namespace NsgFlow.Soak.Soaks;

/// <summary>Readers one after another with one checkpoint; what each leaves is kept for the judge.</summary>
internal sealed class ReaderChain
{
    private readonly string _folder;
    private readonly string _name;
    private readonly ICheckpointPlace _checkpoint;
    private readonly Func<string, string[], Child> _start;
    private readonly List<ReaderRun> _runs = [];

    /// <param name="folder">Where files go.</param>
    /// <param name="name">What their names begin with.</param>
    /// <param name="checkpoint">Where their checkpoint is.</param>
    /// <param name="start">Starts a reader with an output, and with what is said to it alone.</param>
    public ReaderChain(string folder, string name, ICheckpointPlace checkpoint, Func<string, string[], Child> start) =>
        (_folder, _name, _checkpoint, _start) = (folder, name, checkpoint, start);

    public string Name => _name;

    public IReadOnlyList<ReaderRun> Runs => _runs;

    /// <summary>Most memory that one of them had.</summary>
    public long PeakMemory { get; private set; }

    private string Next => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_name}-{_runs.Count + 1:000}"));

    /// <summary>Starts the next.</summary>
    public Child Start(params string[] arguments) => _start(Next + ".txt", arguments);

    /// <summary>Waits until the reader that runs has handed something on, or ended.</summary>
    public async Task WaitForOutputAsync(Child reader)
    {
        var output = new FileInfo(Next + ".txt");
        while (!reader.HasExited && !(output.Exists && output.Length > OutputLine.LongestListing))
        {
            await Task.Delay(2).ConfigureAwait(false);
            output.Refresh();
        }
    }

    /// <summary>Waits until the checkpoint is saved, not long, and without giving the thread away, to be there in time.</summary>
    public void WaitForSave(Child reader, TimeSpan patience)
    {
        var (before, clock) = (_checkpoint.Version, Stopwatch.StartNew());
        while (!reader.HasExited && clock.Elapsed < patience && _checkpoint.Version == before)
            Thread.Yield();
    }

    /// <summary>Kills it. One that had ended just before has ended in order.</summary>
    public async Task KillAsync(Child reader)
    {
        PeakMemory = Math.Max(PeakMemory, reader.PeakMemory);
        await reader.KillAsync().ConfigureAwait(false);
        Keep(reader, reader.WasKilled ? ReaderEnd.Killed : ReaderEnd.Stopped);
    }

    /// <summary>Waits until it ends.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="end">How it is to end.</param>
    /// <param name="signal">What it is sent before; 0 for nothing.</param>
    public async Task EndAsync(Child reader, ReaderEnd end, int signal = 0)
    {
        PeakMemory = Math.Max(PeakMemory, reader.PeakMemory);
        if (signal != 0)
            reader.Signal(signal);
        await reader.WaitAsync().ConfigureAwait(false);
        Keep(reader, end);
    }

    private void Keep(Child reader, ReaderEnd end)
    {
        // A crash is none of these, and there is nothing to be said of them but the exception.
        var isAsSaid = end switch
        {
            ReaderEnd.Killed => reader.WasKilled,
            ReaderEnd.Broken => reader.ExitCode is 1 or Child.Signalled + Child.Interrupt,
            _ => reader.ExitCode == 0,
        };
        if (!isAsSaid || (end != ReaderEnd.Broken && reader.Said.Length > 0))
            throw new InvalidOperationException($"{_name} {_runs.Count + 1}: a reader ended with exit code {reader.ExitCode} and said: {reader.Said}");
        _checkpoint.Keep(Next + ".checkpoint");
        _runs.Add(new ReaderRun($"{_name} {_runs.Count + 1}", end, Next + ".txt", Next + ".checkpoint"));
    }
}
