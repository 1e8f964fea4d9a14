using System;
using System.IO;
using Xunit;

namespace NsgFlow.Unit.Parsing;

/// <summary>The real files that lie beside a checkout (or where NSGFLOW_SHARED_SAMPLES says); most checkouts have none.</summary>
public static class SharedSamples
{
    public const string Variable = "NSGFLOW_SHARED_SAMPLES";

    /// <summary>The folder; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Why tests that need the samples are left out; null when they are there.</summary>
    public static string? Missing => Folder is null ? $"No ../shared/samples beside the checkout and {Variable} is not set." : null;

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder!, name));

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told)
            return told;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var folder = Path.Combine(at.FullName, "shared", "samples");
            if (File.Exists(Path.Combine(folder, "PROVENANCE.md")))
                return folder;
        }

        return null;
    }
}

/// <summary>A fact about the shared samples: skipped, with the reason, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SamplesFactAttribute : FactAttribute
{
    public SamplesFactAttribute() => Skip = SharedSamples.Missing;
}

/// <summary>A theory about the shared samples: skipped, with the reason, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SamplesTheoryAttribute : TheoryAttribute
{
    public SamplesTheoryAttribute() => Skip = SharedSamples.Missing;
}
