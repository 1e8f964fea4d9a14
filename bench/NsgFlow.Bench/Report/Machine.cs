using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace NsgFlow.Bench.Report;

/// <summary>What the figures were measured on; nothing that names the machine or its user.</summary>
internal static class Machine
{
    public static string Processor { get; } = FindProcessor();

    public static string Line { get; } =
        $"{Processor}, {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture} {Kind()}";

    /// <summary>The processor as a file name: <c>amd-epyc</c>.</summary>
    public static string Slug { get; } = string.Join('-', new string([.. Processor.ToLowerInvariant().Select(one => char.IsAsciiLetterOrDigit(one) ? one : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>How many processes wanted a core when this was asked; null where that cannot be told.</summary>
    public static string? Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null;

    private static string Kind() => OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "other";

    private static string FindProcessor()
    {
        const string Key = "model name";
        var line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
