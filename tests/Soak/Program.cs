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
                return await RunAsync(Followed, new SoakOptions()).ConfigureAwait(false)
                    + await RunAsync(Asked, new SoakOptions { Nics = 12, Minute = TimeSpan.FromMilliseconds(300), Tuples = 10, Kills = 100 }).ConfigureAwait(false);
            case ["quick"]:
                return await RunAsync(Followed, new SoakOptions { Nics = 8, Minutes = 150, Minute = TimeSpan.FromMilliseconds(80), Tuples = 20, Kills = 8 }).ConfigureAwait(false);
            case ["quick", "cmdlet"]:
                return await RunAsync(Asked, new SoakOptions { Nics = 6, Minutes = 30, Minute = TimeSpan.FromMilliseconds(300), Tuples = 10, Kills = 3 }).ConfigureAwait(false);
            default:
                await Console.Error.WriteLineAsync("Give 'long' or 'quick'.").ConfigureAwait(false);
                return 2;
        }
    }

    private static async Task<SoakReport[]> Followed(SoakOptions options, string folder) => [await new FollowerSoak(options, folder).RunAsync().ConfigureAwait(false)];

    private static async Task<SoakReport[]> Asked(SoakOptions options, string folder)
    {
        var account = await SoakAccount.StartAsync().ConfigureAwait(false);
        await using (account.ConfigureAwait(false))
        {
            var files = SoakPlace.OfFolder(Directory.CreateDirectory(Path.Combine(folder, "blobs")).FullName);
            return await Task.WhenAll(
                new CmdletSoak(options, folder, "folder", files, new FilePlace(Path.Combine(folder, "checkpoint"))).RunAsync(),
                new CmdletSoak(options with { Seed = options.Seed + 1 }, folder, "account", SoakPlace.OfAccount(account), account.Checkpoint("soak.json")).RunAsync()).ConfigureAwait(false);
        }
    }

    private static async Task<int> RunAsync(Func<SoakOptions, string, Task<SoakReport[]>> soak, SoakOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("nsgflow-soak-").FullName;
        var reports = await soak(options, folder).ConfigureAwait(false);
        foreach (var report in reports)
            await Console.Out.WriteLineAsync(report.ToString()).ConfigureAwait(false);
        if (!Array.TrueForAll(reports, static report => report.IsGood))
        {
            // What the readers left tells more.
            await Console.Out.WriteLineAsync("See " + folder).ConfigureAwait(false);
            return 1;
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }
}
