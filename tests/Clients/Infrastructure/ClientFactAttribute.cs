using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace NsgFlow.ClientTests.Infrastructure;

/// <summary>A test that needs Microsoft's clients; skipped, with the reason, where they are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientFactAttribute : FactAttribute
{
    public ClientFactAttribute() => Skip = ClientFiles.Missing;
}

/// <summary>The same with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClientTheoryAttribute : TheoryAttribute
{
    public ClientTheoryAttribute() => Skip = ClientFiles.Missing;
}

/// <summary>Where the clients are.</summary>
internal static class ClientFiles
{
    private static readonly string s_tests = typeof(ClientFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "TestsFolder").Value!;

    public static string Script { get; } = Path.Combine(s_tests, "Clients", "clients.mjs");

    public static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Where(static folder => folder.Length > 0)
        .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    /// <summary>What is missing; null when nothing is.</summary>
    public static string? Missing => Node is null ? "node is not in PATH"
        : Directory.Exists(Path.Combine(s_tests, "node_modules", "@azure", "monitor-query-logs")) ? null
        : "Microsoft's clients are not installed: run 'npm ci' in tests/";
}
