using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace NsgFlow.Bench.Shell;

/// <summary>A PowerShell that scripts can be run in.</summary>
/// <param name="Name">Shown in tables.</param>
/// <param name="Command">Program and the arguments before the script's path.</param>
internal sealed record ShellProgram(string Name, IReadOnlyList<string> Command)
{
    private static readonly string _host = Tree.In("out", "artifacts", "bin", "Host", "release", "NsgFlow.Host.dll");

    /// <summary>The project's own host, and pwsh where it is installed.</summary>
    public static IReadOnlyList<ShellProgram> All()
    {
        Build(Tree.In("tools", "Host"));
        Build(Tree.In("bench", "NsgFlow.Bench.Cmdlets"));
        var host = new ShellProgram("tools/Host", ["dotnet", _host, "-NonInteractive"]);
        if (!File.Exists(Module))
        {
            Console.Error.WriteLine("building the module …");
            ChildRun.Start([.. host.Command, Tree.In("build.ps1"), "Build"]);
        }

        return ChildRun.Find("pwsh") is { } pwsh ? [host, new("pwsh", [pwsh, "-NoProfile", "-NonInteractive", "-File"])] : [host];
    }

    /// <summary>The module as it is installed.</summary>
    public static string Module { get; } = Tree.In("out", "NsgFlow", "NsgFlow.psd1");

    /// <summary>The assembly of Write-BenchRecord.</summary>
    public static string Cmdlets { get; } = Tree.In("out", "artifacts", "bin", "NsgFlow.Bench.Cmdlets", "release", "NsgFlow.Bench.Cmdlets.dll");

    /// <summary>Runs one of the scripts beside this file.</summary>
    public ChildRun Run(string script, params string[] arguments) => ChildRun.Start(Script(script, arguments));

    /// <summary>What runs one of the scripts beside this file.</summary>
    public IReadOnlyList<string> Script(string script, params string[] arguments) =>
        [.. Command, Path.Combine(AppContext.BaseDirectory, "Shell", script), .. arguments];

    private static void Build(string project)
    {
        var info = new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "-clp:NoSummary"]);
        using var process = Process.Start(info) ?? throw new InvalidOperationException("dotnet did not start.");
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{project} does not build.");
    }
}
