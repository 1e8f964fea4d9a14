using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using NsgFlow.Bench.Data;
using NsgFlow.Bench.Report;

namespace NsgFlow.Bench.Micro;

/// <summary>Runs the micro-benchmarks and shows them in one table.</summary>
internal static class MicroBench
{
    /// <param name="only">Part of the name of the classes to run; null for all.</param>
    public static Section Run(string? only = null)
    {
        // In this process: BenchmarkDotNet's own builds do not know the solution's central versions and artifacts folder. Short: the
        // measured loops are millions of tuples long already.
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .WithArtifactsPath(Tree.In("out", "bench", "BenchmarkDotNet"))
            .WithOptions(ConfigOptions.DisableLogFile);
        Type[] classes =
        [
            typeof(ParserBenchmarks), typeof(FilterBenchmarks), typeof(AddressSetBenchmarks), typeof(NetworkMapBenchmarks),
            typeof(RecordBenchmarks), typeof(SessionBenchmarks), typeof(FollowBenchmarks),
        ];
        return Show([.. classes.Where(one => only is null || one.Name.Contains(only, StringComparison.OrdinalIgnoreCase)).SelectMany(one => BenchmarkRunner.Run(one, config).Reports)]);
    }

    private static Section Show(IReadOnlyList<BenchmarkReport> reports)
    {
        var section = new Section("Parts of Core");
        section.Line("BenchmarkDotNet, short runs in one process. Logs are in memory, 1.8 million tuples; an operation is one tuple, lookup or object. "
            + "Not held to a core, but of one thread.");
        section.Table(
            ["what", "ns", "± ns", "M/s", "bytes allocated"],
            reports.Where(report => report.ResultStatistics is not null).Select(IReadOnlyList<string> (report) =>
            {
                var statistics = report.ResultStatistics!;
                return
                [
                    Name(report),
                    Shown.Short(statistics.Mean),
                    Shown.Short(statistics.StandardError),
                    Shown.Short(1000 / statistics.Mean),
                    Shown.Short(Allocated(report)),
                ];
            }));

        foreach (var report in reports.Where(report => report.BenchmarkCase.Descriptor.Type == typeof(FilterBenchmarks) && report.ResultStatistics is not null).Take(1))
        {
            var rate = 1000 / report.ResultStatistics!.Mean;
            section.Targets.Add(new Target("Parse and filter (Deny) in Core, one thread", "at least 12 M tuples/s", Shown.Short(rate) + " M tuples/s", rate >= 12));
        }

        var perTuple = PerTupleAllocation();
        section.Line("Each reader costs its buffers and each entry some objects, whatever its tuples: "
            + $"files of 60 entries with 9,000 and with 15,000 tuples each differ by {Shown.Short(perTuple)} bytes allocated per tuple that one has more.");
        section.Targets.Add(new Target("Bytes allocated per tuple", "0", Shown.Short(perTuple), perTuple < 0.001));
        return section;
    }

    private static string Name(BenchmarkReport report)
    {
        var parameters = report.BenchmarkCase.Parameters.Items.Select(item => item.Name == nameof(ParserBenchmarks.Format) ? $"{item.Value}" : $"{item.Value} {item.Name.ToLowerInvariant()}");
        return string.Join(", ", parameters.Prepend(report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')));
    }

    private static double Allocated(BenchmarkReport report) =>
        report.Metrics.TryGetValue("Allocated Memory", out var metric) ? metric.Value : double.NaN;

    /// <summary>
    /// What a further tuple in the same number of entries costs. Both sizes need the same buffer, which doubles: it is a reader's, not a tuple's.
    /// </summary>
    private static double PerTupleAllocation()
    {
        const int Entries = 60;
        const int Few = 9_000;
        const int Many = 15_000;
        return (double)(Measure(Many) - Measure(Few)) / (Entries * (Many - Few));

        static long Measure(int tuplesPerEntry)
        {
            var log = BenchData.InMemory(LogFormat.Nsg2, Entries * tuplesPerEntry, tuplesPerEntry);
            var sink = new TupleCounter();
            sink.Read(log, Filtering.FlowFilter.Everything);
            var before = GC.GetAllocatedBytesForCurrentThread();
            sink.Read(log, Filtering.FlowFilter.Everything);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
