using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Xunit;

namespace NsgFlow.AzureTests;

/// <summary>Where the Bicep compiler is; its package has one for Linux on x64.</summary>
internal static class BicepCompiler
{
    /// <summary>The program; null where there is none.</summary>
    public static string? Path { get; } = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(static data => data.Key == "Bicep")?.Value;

    /// <summary>Why tests that need it are left out; null when it is there.</summary>
    public static string? Missing => File.Exists(Path) ? null : "The Bicep compiler is had for Linux on x64 only.";
}

/// <summary>A fact about what Bicep says: skipped, with the reason, where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = BicepCompiler.Missing;
}

/// <summary>A theory about what Bicep says: skipped, with the reason, where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = BicepCompiler.Missing;
}
