using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using NsgFlow.Bench.Compare;
using NsgFlow.Bench.Data;
using NsgFlow.Bench.Measure;
using NsgFlow.Bench.Micro;
using NsgFlow.Bench.Report;
using NsgFlow.Bench.Shell;

namespace NsgFlow.Bench;

internal static class Program
{
    private const string Usage = """
        dotnet run -c Release --project bench/NsgFlow.Bench -- <what> [--rounds n] [--big [--keep]]

          all      everything below, written to docs/benchmarks/<yyyy-MM>-<processor>.md
          micro    BenchmarkDotNet: parser, filter, address sets, network maps, records, sessions; micro AddressSet runs these only
          compare  the same question through Core and other readers, side by side
          cmdlet   Get-NsgFlowRecord: rates, first record, memory, import
          measure  Measure-NsgTraffic: rates beside other programs, growth, memory, other questions; --big also 10 GB, removed afterwards without --keep
          data     only makes the files (3.4 GB in out/bench)
        """;

    private static int Main(string[] args)
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var (isBig, isKept) = (args.Contains("--big"), args.Contains("--keep"));
        args = [.. args.Where(one => one is not ("--big" or "--keep"))];
        var rounds = 5;
        if (args is [var first, "--rounds", var number] && int.TryParse(number, out rounds) && rounds > 0)
            args = [first];

        switch (args)
        {
            case ["answer", var contender, var path, var passes]:
                return AnswerCommand.Run(contender, path, int.Parse(passes, CultureInfo.InvariantCulture));
            case ["all"]:
                var load = Machine.Load();
                List<Section> sections = [Show(Comparison.Run(rounds)), Show(ShellBench.Run(rounds)), Show(MeasureBench.Run(rounds, isBig, isKept)), Show(MicroBench.Run())];
                Console.Write(BenchReport.Targets(sections));
                Console.WriteLine("Written to " + BenchReport.Write(load, sections));
                return 0;
            case ["micro"]:
                return Finish(MicroBench.Run());
            case ["micro", var only]:
                return Finish(MicroBench.Run(only));
            case ["compare"]:
                return Finish(Comparison.Run(rounds));
            case ["cmdlet"]:
                return Finish(ShellBench.Run(rounds));
            case ["measure"]:
                return Finish(MeasureBench.Run(rounds, isBig, isKept));
            case ["data"]:
                BenchData.Nsg2();
                BenchData.TwoGigabytes();
                SessionData.TenMegabytes();
                SessionData.Usual();
                SessionData.Gigabyte();
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 64;
        }
    }

    private static Section Show(Section section)
    {
        Console.Write(section);
        return section;
    }

    private static int Finish(Section section)
    {
        Show(section);
        Console.Write(BenchReport.Targets([section]));
        return 0;
    }
}
