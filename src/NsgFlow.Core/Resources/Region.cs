using System;

namespace NsgFlow.Resources;

/// <summary>Names of regions, which come as <c>westeurope</c> and as <c>West Europe</c>, in answers and from people.</summary>
internal static class Region
{
    /// <summary>Whether both name one region.</summary>
    public static bool Same(string? left, string? right) => string.Equals(Short(left), Short(right), StringComparison.Ordinal);

    /// <summary>Whether both can name one region: what is not known may be any.</summary>
    public static bool MayBeSame(string? left, string? right) => string.IsNullOrEmpty(left) || string.IsNullOrEmpty(right) || Same(left, right);

    /// <summary>The name as ids and watchers have it; empty for none.</summary>
    public static string Short(string? name) => (name ?? string.Empty).Replace(" ", string.Empty).ToLowerInvariant();
}
