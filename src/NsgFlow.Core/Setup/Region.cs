using System;

namespace NsgFlow.Setup;

/// <summary>Names of regions, which come as <c>westeurope</c> and as <c>West Europe</c>.</summary>
internal static class Region
{
    /// <summary>Whether both name one region.</summary>
    public static bool Same(string? left, string? right) => string.Equals(Short(left), Short(right), StringComparison.Ordinal);

    /// <summary>The name as ids and watchers have it; empty for none.</summary>
    public static string Short(string? name) => (name ?? string.Empty).Replace(" ", string.Empty).ToLowerInvariant();
}
