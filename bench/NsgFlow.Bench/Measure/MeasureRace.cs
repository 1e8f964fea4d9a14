using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NsgFlow.Bench.Compare;
using NsgFlow.Bench.Data;
using NsgFlow.Bench.Report;
using NsgFlow.Bench.Shell;

namespace NsgFlow.Bench.Measure;

/// <summary>Bytes by source address: the cmdlet beside other programs on the same cores.</summary>
internal static class MeasureRace
{
    // One process, in which the first passes also compile; the best counts.
    private const int Passes = 6;

    /// <summary>Everybody over 122 MB in rounds; then over 1 GB the cmdlet and who was best of the others.</summary>
    public static void Run(Section section, IReadOnlyList<ShellProgram> shells, int rounds)
    {
        var usual = SessionData.Usual();
        var gigabyte = SessionData.Gigabyte();
        var duckDb = DuckDbProgram.TryBuild();
        var everybody = Others(usual, duckDb);
        section.Line("*The cmdlet*: `Measure-NsgTraffic <folder> -By SourceAddress -OrderBy Bytes -Top 10` in a session that asked before (*warm*), and as the only thing that a new process does "
            + "(*whole process*). The others: their own pass, files read included (jq: the whole process), and the whole process by its passes. Best of "
            + $"{rounds} interleaved rounds, of {Passes} passes each for the cmdlet, two for DuckDB; over 1 GB one round, and of the others only who was best over 122 MB on "
            + "as many cores. Every program gave the same tuples, total and largest source, the others also the number of sources, the cmdlet that of flows. *CPU* is processor time, "
            + "which hardly minds what else the machine does: of the cmdlet a warm pass's, of the others that of the whole process and those it started, by its passes.");
        foreach (var other in everybody.Where(one => one.Command is null))
            section.Line($"{other.Name}, did not take part: {other.Missing}.");

        var over122 = Race(usual, shells, everybody, rounds);
        Show(section, usual, over122);
        var best = over122.Where(one => !one.IsOurs).GroupBy(one => one.Cores).Select(group => group.MinBy(one => one.Warm)!.Name).ToHashSet();
        var over1000 = Race(gigabyte, shells, Others(gigabyte, duckDb, passes: 1).Where(one => best.Contains(one.Name)).ToList(), rounds: 1);
        Show(section, gigabyte, over1000);
        foreach (var shell in shells)
        {
            Ratios(section, shell, usual, over122);
            Ratios(section, shell, gigabyte, over1000);
            Rates(section, shell, gigabyte, over1000);
        }
    }

    private static List<Contender> Others(SessionData data, string? duckDb, int passes = 2)
    {
        var path = data.Path;
        return
        [
            Contender.DuckDb("DuckDB.NET, 1 core", duckDb, path, 1, passes),
            Contender.Script("Python, json, 1 core", "python3", ["Compare/bytes_by_source.py", path, "1"]),
            Jq("jq, 1 core", path, 1),
            Contender.DuckDb("DuckDB.NET, 2 cores", duckDb, path, 2, passes),
            Contender.Script("Python, json, multiprocessing, 2 cores", "python3", ["Compare/bytes_by_source.py", path, "2"], 2),
            Jq("jq, xargs -P 2, 2 cores", path, 2),
        ];
    }

    private static Contender Jq(string name, string path, int cores) => ChildRun.Find("jq") is null
        ? new(name, null, cores, "jq is not installed")
        : Contender.Script(name, "sh", ["Compare/bytes_by_source.sh", path, cores.ToString(CultureInfo.InvariantCulture)], cores);

    private static List<Result> Race(SessionData data, IReadOnlyList<ShellProgram> shells, List<Contender> others, int rounds)
    {
        var all = new List<Result>();
        for (var round = 0; round < rounds; round++)
        {
            // In turn, so that a slow spell of the machine meets everyone.
            foreach (var cores in (ReadOnlySpan<int>)[1, 2])
            {
                foreach (var shell in shells)
                {
                    var whole = MeasureRun.Start(shell, data, "sources", rounds: 1, cores, warmUp: null).Process;
                    var warm = MeasureRun.Start(shell, data, "sources", Passes, cores, warmUp: null);
                    all.Add(new(OurName(shell, cores), cores, IsOurs: true, warm.Best("sources"), whole.Wall, warm.Cpu("sources")));
                }

                foreach (var other in others.Where(one => one.Cores == cores && one.Command is not null))
                {
                    Console.Error.WriteLine($"{other.Name}, {data.Name}");
                    var run = ChildRun.Start(other.Command!, cores);
                    var answer = Truth.ParseAnswer(run.Values("answer").Single());
                    if (!answer.HasAnswer(data.Truth))
                        throw new InvalidDataException($"{other.Name} says '{answer.ToAnswer()}', the truth is '{data.Truth.ToAnswer()}'.");
                    var passes = run.Numbers("pass");
                    var count = Math.Max(1, passes.Length);
                    all.Add(new(other.Name, cores, IsOurs: false, passes.Length == 0 ? run.Wall : passes.Min(), run.Wall / count, run.Cpu / count));
                }
            }
        }

        return [.. all.GroupBy(one => one.Name).Select(rounds => rounds.First() with
        {
            Warm = rounds.Min(one => one.Warm),
            Whole = rounds.Min(one => one.Whole),
            Cpu = rounds.Min(one => one.Cpu),
        })];
    }

    private static void Show(Section section, SessionData data, List<Result> results)
    {
        var tuples = data.Truth.Tuples;
        section.Line($"Over {Shown.Megabytes(data.Size.Bytes)} in {data.Size.Files} blobs, {Shown.Number(tuples, 0)} tuples, {Shown.Number(data.Truth.Sources, 0)} sources, "
            + $"{Shown.Number(data.Truth.Flows, 0)} flows:");
        section.Table(
            ["program", "M tuples/s, warm", "the cmdlet is faster", "M tuples/s, whole process", "the cmdlet is faster", "CPU s"],
            results.Select(IReadOnlyList<string> (one) =>
            {
                var ours = results.First(other => other.IsOurs && other.Cores == one.Cores);
                return
                [
                    one.Name,
                    Shown.Short(tuples / one.Warm / 1000),
                    Shown.Short(one.Warm / ours.Warm) + " x",
                    Shown.Short(tuples / one.Whole / 1000),
                    Shown.Short(one.Whole / ours.Whole) + " x",
                    one.Cpu is { } cpu ? Shown.Short(cpu / 1000) : "?",
                ];
            }));
    }

    private static void Ratios(Section section, ShellProgram shell, SessionData data, List<Result> results)
    {
        foreach (var ours in results.Where(one => one.IsOurs && one.Name == OurName(shell, one.Cores)))
        {
            if (results.Where(one => !one.IsOurs && one.Cores == ours.Cores).MinBy(one => one.Warm) is not { } best)
                continue;
            var ratio = best.Warm / ours.Warm;
            section.Targets.Add(new Target($"Measure-NsgTraffic beside the best other, {best.Name}, {data.Name} ({shell.Name})", "at least 10 x faster", Shown.Number(ratio, 1) + " x", ratio >= 10));
        }
    }

    private static void Rates(Section section, ShellProgram shell, SessionData data, List<Result> results)
    {
        var (one, two) = (Rate(1), Rate(2));
        section.Targets.Add(new Target($"Measure-NsgTraffic -By SourceAddress, {data.Name}, 1 core ({shell.Name})", "at least 10 M tuples/s", Shown.Short(one) + " M tuples/s", one >= 10));
        section.Targets.Add(new Target($"The same on 2 cores ({shell.Name})", "at least 1.8 x as fast", Shown.Number(two / one, 2) + " x", two / one >= 1.8));

        double Rate(int cores) => data.Truth.Tuples / results.Single(result => result.Name == OurName(shell, cores)).Warm / 1000;
    }

    private static string OurName(ShellProgram shell, int cores) => $"the cmdlet in {shell.Name}, {MeasureRun.Cores(cores)}";

    /// <summary>Milliseconds of the best round.</summary>
    private sealed record Result(string Name, int Cores, bool IsOurs, double Warm, double Whole, double? Cpu);
}
