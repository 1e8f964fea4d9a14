using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace NsgFlow.AzureTests.Infrastructure;

/// <summary>A test that needs Azurite; skipped, with the reason, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() => Skip = AzuriteFiles.Missing;
}

/// <summary>The same with data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute() => Skip = AzuriteFiles.Missing;
}

/// <summary>Where Azurite is.</summary>
internal static class AzuriteFiles
{
    public static string Script { get; } = Path.Combine(TestsFolder(), "node_modules", "azurite", "dist", "src", "blob", "main.js");

    public static string? Node { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .Where(static folder => folder.Length > 0)
        .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        .FirstOrDefault(File.Exists);

    /// <summary>What is missing; null when nothing is.</summary>
    public static string? Missing => !File.Exists(Script) ? "Azurite is not installed: run 'npm ci' in tests/"
        : Node is null ? "node is not in PATH"
        : null;

    private static string TestsFolder() => typeof(AzuriteFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "TestsFolder").Value!;
}
