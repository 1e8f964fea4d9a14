using System.Collections.Generic;
using System.Linq;
using NsgFlow.Bench.Data;
using NsgFlow.Bench.Report;
using NsgFlow.Bench.Shell;

namespace NsgFlow.Bench.Measure;

/// <summary>Time and memory of the cmdlet from 10 MB to 10 GB.</summary>
internal static class MeasureGrowth
{
    // What an Automation sandbox has.
    private const double MostMemory = 400e6;

    public static void Run(Section section, ShellProgram shell, int rounds, bool isBig, bool isKept)
    {
        var usual = SessionData.Usual();
        List<SessionData> sizes = [SessionData.TenMegabytes(), usual, SessionData.Gigabyte()];
        if (isBig)
            sizes.Add(SessionData.TenGigabytes());

        // The large ones are asked fewer times, in a session that warmed up with 122 MB.
        var runs = sizes.Select(data => (Data: data, One: Ask(data, 1), Two: Ask(data, 2))).ToList();
        section.Line($"{shell.Name}: the same question at several sizes, the same traffic for longer (10 MB are 20 minutes, 10 GB two weeks). Best of {3 * rounds} (10 MB, 122 MB), {rounds} (1 GB) and one (10 GB) "
            + "in a warm session. Memory is the most that the process ever held, PowerShell included, with the default -MemoryLimit.");
        section.Table(
            ["logs", "blobs", "M tuples", "s, 1 core", "s per GB", "peak memory", "s, 2 cores", "s per GB", "peak memory"],
            runs.Select(IReadOnlyList<string> (run) =>
            [
                Shown.Megabytes(run.Data.Size.Bytes),
                Shown.Number(run.Data.Size.Files, 0),
                Shown.Short(run.Data.Truth.Tuples / 1e6),
                .. Cells(run.One),
                .. Cells(run.Two),
            ]));
        section.Line(isBig ? "10 GB may not stay in the page cache; the disk then has its part in the time." : "10 GB were not asked about: that is done with `--big`.");

        var largest = runs[^1];
        foreach (var (name, run, small) in new[] { ("1 core", largest.One, runs[1].One), ("2 cores", largest.Two, runs[1].Two) })
        {
            var growth = PerGigabyte(run) / PerGigabyte(small);
            section.Targets.Add(new Target($"Time per GB of {largest.Data.Name} beside 122 MB, {name} ({shell.Name})", "at most 1.25 x", Shown.Number(growth, 2) + " x", growth <= 1.25));
        }

        var peak = runs.Max(run => System.Math.Max(run.One.Peak, run.Two.Peak));
        section.Targets.Add(new Target($"Peak memory of a process measuring up to {largest.Data.Name} ({shell.Name})", "at most 400 MB", Shown.Megabytes(peak), peak <= MostMemory));
        if (isBig && !isKept)
            largest.Data.Delete();

        Spill(section, shell);

        MeasureRun Ask(SessionData data, int cores) =>
            MeasureRun.Start(shell, data, "sources", data.Name switch { "10 GB" => 1, "1 GB" => rounds, _ => 3 * rounds }, cores, data.Name == "10 MB" ? data : usual);
    }

    private static void Spill(Section section, ShellProgram shell)
    {
        var data = SessionData.Gigabyte();
        var run = MeasureRun.Start(shell, data, "ends", rounds: 1, cores: 2, warmUp: null);
        section.Line($"{shell.Name}: `-By SourceAddress, SourcePort, DestinationAddress, DestinationPort` over {Shown.Megabytes(data.Size.Bytes)} on 2 cores, millions of groups, more than memory may hold: "
            + $"{Shown.Number(run.Best("ends") / 1000, 1)} s in a new session, {Shown.Short(run.Rate("ends"))} M tuples/s, at most {Shown.Megabytes(run.Peak)} of memory.");
        section.Targets.Add(new Target($"Peak memory with more groups than fit, 1 GB ({shell.Name})", "at most 400 MB", Shown.Megabytes(run.Peak), run.Peak <= MostMemory));
    }

    private static IEnumerable<string> Cells(MeasureRun run) => [Shown.Short(run.Best("sources") / 1000), Shown.Short(PerGigabyte(run)), Shown.Megabytes(run.Peak)];

    private static double PerGigabyte(MeasureRun run) => run.Best("sources") / 1000 / (run.Data.Size.Bytes / 1e9);
}
