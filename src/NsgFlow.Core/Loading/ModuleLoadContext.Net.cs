using System;
using System.ComponentModel;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace NsgFlow.Loading;

/// <summary>
/// On PowerShell 7: the load context of the cmdlets and of every package they use, so that another module's Azure.Core and ours
/// live side by side. NsgFlow.Core alone stays in the default context, since only types there can be named in scripts.
/// One per process, shared by its runspaces; not collectible, since PowerShell keeps types for ever anyway.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly object _gate = new();
    private static ModuleLoadContext? _instance;

    private readonly string _folder;
    private Assembly? _cmdlets;

    private ModuleLoadContext(string folder)
        : base("NsgFlow", isCollectible: false) => _folder = folder;

    /// <summary>Whether the cmdlets are loaded in this process.</summary>
    public static bool IsLoaded => _instance is not null;

    /// <summary>Loads the cmdlet assembly that lies beside this one; every call in a process gives the same assembly.</summary>
    /// <param name="corePath">The importing module's NsgFlow.Core.dll.</param>
    /// <exception cref="InvalidOperationException">That is another build than this one.</exception>
    public static Assembly LoadCmdlets(string corePath)
    {
        SameBuild.Require(corePath);
        lock (_gate)
        {
            _instance ??= new ModuleLoadContext(Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!);
            return _instance._cmdlets ??= _instance.LoadFromAssemblyPath(Path.Combine(_instance._folder, "NsgFlow.PowerShell.dll"));
        }
    }

    /// <summary>
    /// Asked before the default context is: whatever lies in our folder is ours, even when the default context has another version.
    /// </summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (string.Equals(assemblyName.Name, typeof(ModuleLoadContext).Assembly.GetName().Name, StringComparison.OrdinalIgnoreCase))
            return typeof(ModuleLoadContext).Assembly;
        if (!string.IsNullOrEmpty(assemblyName.CultureName))
            return null;
        // A few packages have another assembly for Windows.
        var path = Path.Combine(_folder, "win", assemblyName.Name + ".dll");
        if (!OperatingSystem.IsWindows() || !File.Exists(path))
            path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
