using NsgFlow.Bench.Report;
using NsgFlow.Bench.Shell;

namespace NsgFlow.Bench.Measure;

/// <summary>Measure-NsgTraffic: how fast beside others, how it grows, what it holds, what other questions cost.</summary>
internal static class MeasureBench
{
    /// <param name="rounds">How often, where it is not said.</param>
    /// <param name="isBig">Also 10 GB.</param>
    /// <param name="isKept">Do not delete these afterwards.</param>
    public static Section Run(int rounds, bool isBig, bool isKept)
    {
        var section = new Section("Measure-NsgTraffic");
        section.Line("NSG version 2 logs of one network interface, a blob for each hour, of flows that begin, continue and end, from the page cache. "
            + (ChildRun.CanPin ? "Processes are held to the cores that are named. " : "Processes are not held to cores, since there is no taskset, so \"1 core\" says nothing here. ")
            + "Every answer of the cmdlet was checked: tuples, flows, bytes, and where sources are asked for the largest.");
        var shells = ShellProgram.All();
        MeasureRace.Run(section, shells, rounds);
        foreach (var shell in shells)
        {
            MeasureGrowth.Run(section, shell, rounds, isBig, isKept || shell != shells[^1]);
            MeasureQuestions.Run(section, shell, rounds);
        }

        return section;
    }
}
