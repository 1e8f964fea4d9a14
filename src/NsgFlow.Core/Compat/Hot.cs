using System.Runtime.CompilerServices;

namespace NsgFlow;

/// <summary>Marks the few methods in which a read spends its time.</summary>
internal static class Hot
{
    /// <summary>
    /// Compiled with all optimizations at once (MethodImplOptions.AggressiveOptimization, which .NET Framework's enumeration does not
    /// name and its compiler passes over): in a script's first seconds the runtime's quick code would be several times slower.
    /// </summary>
    public const MethodImplOptions Path = (MethodImplOptions)512;
}
