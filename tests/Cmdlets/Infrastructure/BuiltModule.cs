using System;
using System.IO;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>The module as build.ps1 lays it out. Its NsgFlow.Core is the only one in this process, so records can be compared by their type.</summary>
internal static class BuiltModule
{
    public static string Folder { get; } = Path.Combine(Root(), "out", "NsgFlow");

    public static string Manifest { get; } = Path.Combine(Folder, "NsgFlow.psd1");

    /// <summary>The samples that come with the project.</summary>
    public static string Samples { get; } = Path.Combine(Root(), "samples");

    /// <summary>Fails with what to do when the module was not built.</summary>
    public static void Require()
    {
        if (!File.Exists(Manifest))
        {
            throw new InvalidOperationException($"'{Manifest}' is missing. Build it: dotnet run --project tools/Host -- build.ps1 Build");
        }
    }

    // CA2255 is about libraries; this is a test assembly, whose tests use Core's types before they import the module.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void ResolveCore() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
    {
        if (name.Name != "NsgFlow.Core")
        {
            return null;
        }

        Require();
        return context.LoadFromAssemblyPath(Path.Combine(Folder, "bin", "net8.0", "NsgFlow.Core.dll"));
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NsgFlow.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run from below NsgFlow.sln.");
    }
}
