using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace NsgFlow.KustoTests.Infrastructure;

/// <summary>A test that needs Microsoft's parser; skipped, with the reason, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KustoFactAttribute : FactAttribute
{
    public KustoFactAttribute() => Skip = KustoFiles.Missing;
}

/// <summary>The same with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KustoTheoryAttribute : TheoryAttribute
{
    public KustoTheoryAttribute() => Skip = KustoFiles.Missing;
}

/// <summary>Where the parser is.</summary>
internal static class KustoFiles
{
    private static readonly string s_tests = typeof(KustoFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "TestsFolder").Value!;

    public static string Script { get; } = Path.Combine(s_tests, "Kusto", "kusto.mjs");

    /// <summary>One file for each table: its columns and their types.</summary>
    public static string Schemas { get; } = Path.Combine(s_tests, "Simulator", "Analytics", "Schemas");

    public static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Where(static folder => folder.Length > 0)
        .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    /// <summary>What is missing; null when nothing is.</summary>
    public static string? Missing => Node is null ? "node is not in PATH"
        : Directory.Exists(Path.Combine(s_tests, "node_modules", "@kusto", "language-service-next")) ? null
        : "Microsoft's parser is not installed: run 'npm ci' in tests/";
}
