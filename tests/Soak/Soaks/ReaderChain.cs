using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using NsgFlow.Soak.Judging;

namespace NsgFlow.Soak.Soaks;

/// <summary>Readers one after another with one checkpoint; what each leaves is kept for the judge.</summary>
internal sealed class ReaderChain
{
    private readonly string _folder;
    private readonly string _name;
    private readonly Func<string, string, Child> _start;
    private readonly List<ReaderRun> _runs = [];

    /// <param name="folder">Where files go.</param>
    /// <param name="name">What their names begin with.</param>
    /// <param name="start">Starts a reader with a checkpoint and an output.</param>
    public ReaderChain(string folder, string name, Func<string, string, Child> start) => (_folder, _name, _start) = (folder, name, start);

    public string Name => _name;

    public IReadOnlyList<ReaderRun> Runs => _runs;

    /// <summary>Most memory that one of them had.</summary>
    public long PeakMemory { get; private set; }

    private string Checkpoint => Path.Combine(_folder, _name + ".checkpoint");

    /// <summary>Starts the next.</summary>
    public Child Start() => _start(Checkpoint, OutputOf(_runs.Count + 1));

    /// <summary>Kills it.</summary>
    public async Task KillAsync(Child reader)
    {
        // A reader must not end by itself: that is no kill, and may be a fault.
        var hadExited = reader.HasExited;
        NoteMemory(reader);
        await reader.KillAsync().ConfigureAwait(false);
        if (hadExited)
            throw new InvalidOperationException("A reader ended by itself: " + reader);
        Keep(ReaderEnd.Killed);
    }

    /// <summary>Ends it with a signal, after which it must end as said.</summary>
    public async Task EndAsync(Child reader, int signal, ReaderEnd end, int exitCode = 0)
    {
        NoteMemory(reader);
        reader.Signal(signal);
        var code = await reader.WaitAsync().ConfigureAwait(false);
        if (code != exitCode)
            throw new InvalidOperationException($"A reader ended with exit code {code}: {reader}");
        Keep(end);
    }

    public void NoteMemory(Child reader) => PeakMemory = Math.Max(PeakMemory, reader.PeakMemory);

    private void Keep(ReaderEnd end)
    {
        var number = _runs.Count + 1;
        var copy = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_name}-{number:000}.checkpoint"));
        if (File.Exists(Checkpoint))
            File.Copy(Checkpoint, copy);
        _runs.Add(new ReaderRun($"{_name} {number}", end, OutputOf(number), copy));
    }

    private string OutputOf(int number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_name}-{number:000}.txt"));
}
