using System;
using System.IO;
using System.Threading.Tasks;
using NsgFlow.Soak.Reading;
using NsgFlow.Soak.Soaks;

namespace NsgFlow.Soak;

/// <summary>
/// Writes flow logs as Azure does, kills those that read them as they grow, and compares what they handed on with what was written.
/// <c>long</c> is what build.ps1 Soak runs; <c>quick</c> is what tests run; <c>read</c> is a reader, which the others start.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["read", var task]:
                return SoakReader.Run(ReaderTask.Parse(task));
            case ["long"]:
                return await RunAsync(new SoakOptions()).ConfigureAwait(false);
            case ["quick"]:
                return await RunAsync(new SoakOptions { Nics = 8, Minutes = 150, Minute = TimeSpan.FromMilliseconds(80), Tuples = 5, Kills = 8 }).ConfigureAwait(false);
            default:
                await Console.Error.WriteLineAsync("Give 'long' or 'quick'.").ConfigureAwait(false);
                return 2;
        }
    }

    private static async Task<int> RunAsync(SoakOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-soak-").FullName;
        var report = await new FollowerSoak(options, folder).RunAsync().ConfigureAwait(false);
        await Console.Out.WriteLineAsync(report.ToString()).ConfigureAwait(false);
        if (!report.IsGood)
        {
            // What the readers left tells more.
            await Console.Out.WriteLineAsync("See " + folder).ConfigureAwait(false);
            return 1;
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }
}
