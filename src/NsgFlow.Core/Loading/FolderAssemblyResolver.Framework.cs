using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Reflection;

namespace NsgFlow.Loading;

/// <summary>
/// On Windows PowerShell 5.1, where a module has no binding redirects: finds the assemblies of the module's folder whatever version
/// is asked for, but only when one of our own assemblies asks. Other modules' requests are none of our business.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FolderAssemblyResolver
{
    private static readonly object _gate = new();
    private static readonly Dictionary<string, Assembly> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private static int _users;

    private static string Folder { get; } = Path.GetDirectoryName(typeof(FolderAssemblyResolver).Assembly.Location)!;

    /// <summary>Whether the cmdlets were loaded in this process.</summary>
    public static bool IsLoaded { get; private set; }

    /// <summary>
    /// Starts to answer, and loads the cmdlet assembly that lies beside this one. Each call needs one <see cref="Unregister"/>, since
    /// every runspace that imports the module counts.
    /// </summary>
    /// <param name="corePath">The importing module's NsgFlow.Core.dll.</param>
    /// <exception cref="InvalidOperationException">That is another build than this one.</exception>
    public static Assembly LoadCmdlets(string corePath)
    {
        SameBuild.Require(corePath);
        lock (_gate)
        {
            if (_users++ == 0)
                AppDomain.CurrentDomain.AssemblyResolve += Resolve;
            IsLoaded = true;
            return Assembly.LoadFrom(Path.Combine(Folder, "NsgFlow.PowerShell.dll"));
        }
    }

    /// <summary>Stops answering when the last runspace has removed the module.</summary>
    public static void Unregister()
    {
        lock (_gate)
        {
            if (_users > 0 && --_users == 0)
                AppDomain.CurrentDomain.AssemblyResolve -= Resolve;
        }
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        if (args.RequestingAssembly is not { IsDynamic: false } requester || !IsOurs(requester))
            return null;
        var name = new AssemblyName(args.Name).Name;
        var path = Path.Combine(Folder, name + ".dll");
        lock (_gate)
        {
            if (_loaded.TryGetValue(name, out var assembly))
                return assembly;
            if (!File.Exists(path))
                return null;
            assembly = Assembly.LoadFrom(path);
            _loaded.Add(name, assembly);
            return assembly;
        }
    }

    private static bool IsOurs(Assembly assembly) =>
        assembly.Location.Length > 0 && string.Equals(Path.GetDirectoryName(assembly.Location), Folder, StringComparison.OrdinalIgnoreCase);
}
