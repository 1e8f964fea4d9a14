using System;
using System.Diagnostics;
using System.Reflection;

namespace NsgFlow.Loading;

/// <summary>An assembly stays loaded until its process ends, so a second version of the module cannot take its place.</summary>
internal static class SameBuild
{
    /// <summary>Refuses to go on when the file that a module brings is another build than the one that is loaded.</summary>
    /// <param name="corePath">The module's NsgFlow.Core.dll.</param>
    /// <exception cref="InvalidOperationException">It is another build.</exception>
    public static void Require(string corePath)
    {
        var core = typeof(SameBuild).Assembly;
        var loaded = core.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var wanted = FileVersionInfo.GetVersionInfo(corePath).ProductVersion;
        if (!string.Equals(loaded, wanted, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                $"Another version of NsgFlow is loaded in this session: {loaded} from '{core.Location}', not {wanted} from '{corePath}'. "
                + "Start a new PowerShell session to use this one.");
        }
    }
}
