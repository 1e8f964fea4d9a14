using System.Collections.Generic;
using System.IO;
using NsgFlow.Bench.Data;
using NsgFlow.Bench.Report;
using NsgFlow.Bench.Shell;

namespace NsgFlow.Bench.Measure;

/// <summary>Other questions than bytes by source: the summary, piped records, flow types of 100,000 prefixes.</summary>
internal static class MeasureQuestions
{
    // Intra-network, Azure's, others', threats.
    private const int LeastTypes = 4;

    public static void Run(Section section, ShellProgram shell, int rounds)
    {
        var (usual, gigabyte) = (SessionData.Usual(), SessionData.Gigabyte());
        string[] network = [NetworkFiles.ServiceTags(), NetworkFiles.Threats(), NetworkFiles.Inventory()];
        var small = MeasureRun.Start(shell, usual, "every,records", rounds, cores: 1, usual);
        var summary = MeasureRun.Start(shell, gigabyte, "summary", rounds, cores: 1, usual);
        var types = MeasureRun.Start(shell, gigabyte, "protocol,types,classes", rounds, cores: 1, usual, network);
        var tiny = MeasureRun.Start(shell, SessionData.TenMegabytes(), "protocol,classes", 2 * rounds, cores: 1, usual, network);
        if (types.Rows("classes") < LeastTypes)
            throw new InvalidDataException($"There are {types.Rows("classes")} flow types, of which made traffic has {LeastTypes}.");

        section.Line($"{shell.Name}, one core, best of {rounds} in a warm session:");
        section.Table(
            ["question", "logs", "M tuples/s", "s", "CPU s"],
            [
                Row("`-By SourceAddress`, every row", "every", small),
                Row("`Get-NsgFlowRecord | Measure-NsgTraffic -By SourceAddress -Top 10`", "records", small),
                Row("summary", "summary", summary),
                Row("`-By Protocol`", "protocol", types),
                Row("`-By FlowType`, nothing known", "types", types),
                Row("`-By FlowType` with service tags, threat list, inventory", "classes", types),
            ]);

        var reading = tiny.Best("classes") - tiny.Best("protocol");
        var slower = types.Best("classes") / types.Best("protocol");
        section.Line($"The service tags are 100,000 prefixes, the threat list 6,500; about {Shown.Number(reading, 0)} ms of each call go into reading them (what the question costs more over 10 MB), and count.");
        section.Targets.Add(new Target($"Flow types of 100,000 prefixes beside -By Protocol, 1 GB ({shell.Name})", "at most a third slower", Shown.Number(100 * (slower - 1), 0) + " % slower", slower <= 4.0 / 3));
    }

    private static IReadOnlyList<string> Row(string name, string question, MeasureRun run) =>
        [name, run.Data.Name, Shown.Short(run.Rate(question)), Shown.Short(run.Best(question) / 1000), Shown.Short(run.Cpu(question) / 1000)];
}
