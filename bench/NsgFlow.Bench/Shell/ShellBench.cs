using System;
using System.Globalization;
using System.IO;
using System.Linq;
using NsgFlow.Bench.Data;
using NsgFlow.Bench.Report;

namespace NsgFlow.Bench.Shell;

/// <summary>What a user of the cmdlet gets: rates through the pipeline, the first record, memory, import.</summary>
internal static class ShellBench
{
    public static Section Run(int rounds)
    {
        var section = new Section("The cmdlet");
        foreach (var shell in ShellProgram.All())
        {
            Rates(section, shell, rounds);
            FirstRecord(section, shell, rounds);
            Memory(section, shell);
            Import(section, shell, rounds);
        }

        return section;
    }

    private static void Rates(Section section, ShellProgram shell, int rounds)
    {
        var (path, truth) = BenchData.Nsg2();
        Console.Error.WriteLine($"{shell.Name}: rates through the pipeline");
        var run = shell.Run("rates.ps1", ShellProgram.Module, ShellProgram.Cmdlets, path, Text(truth.Tuples), Text(rounds));
        var denied = run.Numbers("denied").Single();
        if (denied != truth.Denied)
            throw new InvalidDataException($"Get-NsgFlowRecord found {denied} denied tuples, there are {truth.Denied}.");

        var made = Shown.Median(run.Numbers("made"));
        var read = Shown.Median(run.Numbers("read"));
        var deny = Shown.Median(run.Numbers("deny"));
        var where = Shown.Median(run.Numbers("where"));
        section.Line($"{shell.Name}, one NSG version 2 file of {Shown.Number(truth.Tuples, 0)} tuples, {Shown.Number(truth.Denied, 0)} of them denied; medians of {rounds} rounds after one to warm up.");
        section.Table(
            ["pipeline", "M tuples/s", "ms"],
            [
                ["objects made from nothing, `| Out-Null`", Rate(made), Shown.Number(made, 0)],
                ["`Get-NsgFlowRecord | Out-Null`", Rate(read), Shown.Number(read, 0)],
                ["`Get-NsgFlowRecord -Decision Deny | Out-Null`", Rate(deny), Shown.Number(deny, 0)],
                ["`Get-NsgFlowRecord | Where-Object Decision -eq D | Out-Null`", Rate(where), Shown.Number(where, 0)],
            ]);
        section.Targets.Add(new Target($"Records through the pipeline, of what the engine can emit ({shell.Name})", "at least 60 %", Shown.Number(100 * made / read, 0) + " %", made / read >= 0.6));
        section.Targets.Add(new Target($"`-Decision Deny` instead of `Where-Object` ({shell.Name})", "at least 8 x faster", Shown.Number(where / deny, 1) + " x", where / deny >= 8));

        string Rate(double milliseconds) => Shown.Short(truth.Tuples / milliseconds / 1000);
    }

    private static void FirstRecord(Section section, ShellProgram shell, int rounds)
    {
        var (path, _) = BenchData.Gigabyte();
        Console.Error.WriteLine($"{shell.Name}: first record");
        var runs = Enumerable.Range(0, rounds).Select(_ => shell.Run("first.ps1", ShellProgram.Module, path)).ToList();
        var first = Shown.Median(runs.Select(run => run.Numbers("first").Single()));
        var stopped = Shown.Median(runs.Select(run => run.Numbers("stopped").Single()));
        section.Line($"{shell.Name}: the first record of a file of {Shown.Megabytes(new FileInfo(path).Length)} is out {Shown.Number(first, 0)} ms after the first call in a fresh session; "
            + $"stopped there, the call is over after {Shown.Number(stopped, 0)} ms (medians of {rounds}).");
        section.Targets.Add(new Target($"First record of 1 GB ({shell.Name})", "within 300 ms", Shown.Number(first, 0) + " ms", first <= 300));
    }

    private static void Memory(Section section, ShellProgram shell)
    {
        var (path, tuples) = BenchData.TwoGigabytes();
        Console.Error.WriteLine($"{shell.Name}: memory while reading 2 GB");
        var run = shell.Run("memory.ps1", ShellProgram.Module, path);
        var peak = run.Numbers("peak").Single();
        var bytes = new DirectoryInfo(path).EnumerateFiles().Sum(file => file.Length);
        section.Line($"{shell.Name}: reading {Shown.Megabytes(bytes)} ({Shown.Number(tuples, 0)} tuples, the file of 1 GB and 31 of 34 MB side by side) took "
            + $"{Shown.Number(run.Numbers("read").Single() / 1000, 0)} s and at most {Shown.Megabytes(peak)} of memory, the engine's own included.");
        section.Targets.Add(new Target($"Peak memory of a process reading 2 GB ({shell.Name})", "below 200 MB", Shown.Megabytes(peak), peak < 200e6));
    }

    private static void Import(Section section, ShellProgram shell, int rounds)
    {
        Console.Error.WriteLine($"{shell.Name}: import");
        shell.Run("import.ps1", ShellProgram.Module);
        var pairs = Enumerable.Range(0, rounds + 2).Select(_ => (Bare: shell.Run("import.ps1"), With: shell.Run("import.ps1", ShellProgram.Module))).ToList();
        var bare = Shown.Median(pairs.Select(pair => pair.Bare.Wall));
        var with = Shown.Median(pairs.Select(pair => pair.With.Wall));
        var azure = pairs[0].With.Values("azure").ToList();
        section.Line($"{shell.Name}: a process that does nothing takes {Shown.Number(bare, 0)} ms, one that imports the module {Shown.Number(with, 0)} ms (medians of {pairs.Count} in turn).");
        section.Targets.Add(new Target($"Import over the bare process ({shell.Name})", "below 200 ms", Shown.Number(with - bare, 0) + " ms", with - bare < 200));
        section.Targets.Add(new Target($"Azure packages loaded by the import ({shell.Name})", "none", azure.Count == 0 ? "none" : string.Join(", ", azure), azure.Count == 0));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
