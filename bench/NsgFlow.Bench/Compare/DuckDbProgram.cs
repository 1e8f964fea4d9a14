using System;
using System.Diagnostics;
using System.IO;

namespace NsgFlow.Bench.Compare;

/// <summary>
/// Builds bench/NsgFlow.Bench.DuckDb when it is asked for: DuckDB's package unpacks to 400 MB, which nobody who builds the
/// solution should have to fetch.
/// </summary>
internal static class DuckDbProgram
{
    /// <returns>The program, or null when it cannot be built, as without a network.</returns>
    public static string? TryBuild()
    {
        var project = Tree.In("bench", "NsgFlow.Bench.DuckDb", "NsgFlow.Bench.DuckDb.csproj");
        Console.Error.WriteLine("building the DuckDB program …");
        var info = new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "-clp:NoSummary"]) { RedirectStandardOutput = true };
        using var process = Process.Start(info);
        if (process is null)
            return null;

        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            Console.Error.WriteLine(output);
            return null;
        }

        return Tree.In("out", "artifacts", "bin", "NsgFlow.Bench.DuckDb", "release", "NsgFlow.Bench.DuckDb.dll") is var path && File.Exists(path) ? path : null;
    }
}
