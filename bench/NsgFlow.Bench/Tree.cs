using System;
using System.IO;

namespace NsgFlow.Bench;

/// <summary>Where things are in the checkout.</summary>
internal static class Tree
{
    /// <summary>The folder of NsgFlow.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string In(params string[] names) => Path.Combine([Root, .. names]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NsgFlow.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The benchmarks must run from a checkout: NsgFlow.sln was not found above them.");
    }
}
