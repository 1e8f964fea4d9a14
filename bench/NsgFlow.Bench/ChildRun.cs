using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace NsgFlow.Bench;

/// <summary>A finished child process: what it printed and what it took.</summary>
/// <param name="Lines">Its standard output.</param>
/// <param name="Wall">Milliseconds from start to end.</param>
/// <param name="Cpu">Milliseconds of processor time, user and system; null where that cannot be told.</param>
/// <param name="PeakBytes">Most memory it held; null where that cannot be told.</param>
internal sealed record ChildRun(IReadOnlyList<string> Lines, double Wall, double? Cpu, long? PeakBytes)
{
    private static readonly bool _isLinux = OperatingSystem.IsLinux();

    /// <summary>True when processes can be held to some cores.</summary>
    public static bool CanPin { get; } = _isLinux && Find("taskset") is not null;

    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="cores">Hold it to the last so many cores (the first serves most interrupts); 0 to all, as where that cannot be done.</param>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static ChildRun Start(IReadOnlyList<string> command, int cores = 0)
    {
        if (cores > 0 && CanPin)
        {
            var last = Environment.ProcessorCount - 1;
            command = ["taskset", "-c", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, last - cores + 1)}-{last}"), .. command];
        }

        var info = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };
        info.Environment["NO_COLOR"] = "1";
        var cpuBefore = ChildrenCpu();
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"'{command[0]}' did not start.");
        var output = process.StandardOutput.ReadToEndAsync();
        long? peak = null;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(10)))
            peak = Peak(process.Id) ?? peak;
        var wall = watch.Elapsed.TotalMilliseconds;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'{string.Join(' ', command)}' failed with exit code {process.ExitCode}: {output.Result}");

        var lines = output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ChildRun(lines, wall, ChildrenCpu() - cpuBefore, peak);
    }

    /// <summary>Where a program is on the path; null when it is not installed.</summary>
    public static string? Find(string program)
    {
        var suffixes = OperatingSystem.IsWindows() ? new[] { ".exe", ".cmd" } : [""];
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .SelectMany(folder => suffixes.Select(suffix => Path.Combine(folder, program + suffix)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>What follows a word at the start of a line, for each such line.</summary>
    public IEnumerable<string> Values(string word) =>
        Lines.Where(line => line.StartsWith(word + " ", StringComparison.Ordinal)).Select(line => line[(word.Length + 1)..]);

    /// <summary>The same as numbers.</summary>
    public double[] Numbers(string word) => [.. Values(word).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];

    // VmHWM only grows, so looking now and then misses at most the last moments.
    private static long? Peak(int id)
    {
        if (!_isLinux)
            return null;

        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : 1024 * long.Parse(line.AsSpan(6).Trim().TrimEnd("kB").Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It ended between the look and the read.
            return null;
        }
    }

    // Process tells a child's times only while it runs; the system keeps the sum over all children that have ended.
    private static double? ChildrenCpu()
    {
        const int Children = -1;
        if (!_isLinux)
            return null;

        var usage = new long[18];
        return GetUsage(Children, usage) == 0 ? (1000.0 * (usage[0] + usage[2])) + ((usage[1] + usage[3]) / 1000.0) : null;
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, [Out] long[] usage);
}
