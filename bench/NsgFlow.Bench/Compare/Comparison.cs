using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NsgFlow.Bench.Data;
using NsgFlow.Bench.Report;

namespace NsgFlow.Bench.Compare;

/// <summary>Runs every contender in turn, several rounds, and shows medians beside NsgFlow.Core's. A wrong answer ends it.</summary>
internal static class Comparison
{
    public static Section Run(int rounds)
    {
        var (path, truth) = BenchData.Nsg2();
        var contenders = Contender.All(path);
        var runs = contenders.ToDictionary(one => one, _ => new List<ChildRun>());
        for (var round = 0; round < rounds; round++)
        {
            // In turn, so that a slow spell of the machine meets everyone.
            foreach (var contender in contenders.Where(one => one.Command is not null))
            {
                Console.Error.WriteLine($"round {round + 1} of {rounds}: {contender.Name}");
                var run = ChildRun.Start(contender.Command!, contender.Cores);
                var answer = Truth.ParseAnswer(run.Values("answer").Single());
                if (!answer.HasAnswer(truth))
                    throw new InvalidDataException($"{contender.Name} says '{answer.ToAnswer()}', the truth is '{truth.ToAnswer()}'.");
                runs[contender].Add(run);
            }
        }

        return Show(contenders, runs, truth, new FileInfo(path).Length, rounds);
    }

    private static Section Show(IReadOnlyList<Contender> contenders, Dictionary<Contender, List<ChildRun>> runs, Truth truth, long bytes, int rounds)
    {
        var section = new Section("Side by side: bytes by source address");
        section.Line($"One NSG version 2 file, {Shown.Megabytes(bytes)}, {Shown.Number(truth.Tuples, 0)} tuples, {Shown.Number(truth.Sources, 0)} sources, from the "
            + $"page cache. Every program gave the same tuples, sources, total and largest source. Medians of {rounds} interleaved rounds, each a process of its "
            + (ChildRun.CanPin ? "own, held to one core except where two threads are named. " : "own, not held to a core, since there is no taskset. ")
            + "*Warm* is a pass of the later half in one process, file read included (jq: the whole process, of one pass; Python: its one pass); "
            + "*whole process* has its start, first compilation and all passes divided by their number. *CPU* is processor time of a warm pass, or where only the system knows it, of the whole process. Core reads and checks every field of every tuple; the others only the three that are asked for.");

        var core = Warm(runs[contenders[0]]);
        var coreWhole = Whole(runs[contenders[0]]);
        section.Table(
            ["program", "M tuples/s, warm", "Core is faster", "M tuples/s, whole process", "Core is faster", "CPU ms/pass", "peak memory"],
            contenders.Where(one => runs[one].Count > 0).Select(IReadOnlyList<string> (one) =>
            {
                var (warm, whole) = (Warm(runs[one]), Whole(runs[one]));
                return
                [
                    one.Name,
                    Shown.Short(truth.Tuples / warm / 1000),
                    Shown.Short(warm / core) + " x",
                    Shown.Short(truth.Tuples / whole / 1000),
                    Shown.Short(whole / coreWhole) + " x",
                    Cpu(runs[one]),
                    Shown.Megabytes(runs[one].Max(run => run.PeakBytes)),
                ];
            }));
        foreach (var missing in contenders.Where(one => one.Command is null))
            section.Line($"{missing.Name} did not take part: {missing.Missing}.");
        section.Line("PowerShell's `ConvertFrom-Json` idiom did not take part: it is in PowerShell's Utility module, which the engine package does not have.");

        var memory = contenders.Single(one => one.Command?.Contains("core-memory") == true);
        var rate = truth.Tuples / Warm(runs[memory]) / 1000;
        section.Targets.Add(new Target("Parse in Core and add up by source, one core", "at least 12 M tuples/s", Shown.Short(rate) + " M tuples/s", rate >= 12));
        return section;
    }

    private static double Warm(List<ChildRun> runs) => Shown.Median(runs.Select(run =>
    {
        var passes = run.Numbers("pass");
        return passes.Length switch
        {
            0 => run.Wall,
            1 => passes[0],
            _ => Shown.Median(passes.Skip(passes.Length / 2)),
        };
    }));

    private static double Whole(List<ChildRun> runs) => Shown.Median(runs.Select(run => run.Wall / Passes(run)));

    // Processor time, unlike wall time, hardly minds what else the machine does.
    private static string Cpu(List<ChildRun> runs)
    {
        var warm = runs.Select(run => run.Numbers("cpu")).ToList();
        return warm[0].Length > 1 ? Shown.Number(Shown.Median(warm.Select(passes => Shown.Median(passes.Skip(passes.Length / 2)))), 0)
            : runs[0].Cpu is null ? "?"
            : Shown.Number(Shown.Median(runs.Select(run => run.Cpu!.Value / Passes(run))), 0);
    }

    private static int Passes(ChildRun run) => Math.Max(1, run.Numbers("pass").Length);
}
