using System;

namespace NsgFlow.Resources;

/// <summary>Regions have a name and a title (<c>westeurope</c>, <c>West Europe</c>); answers and people use both.</summary>
internal static class Regions
{
    /// <summary>Whether both are the same region; one that is not known may be any.</summary>
    public static bool MayBeSame(string? left, string? right) =>
        string.IsNullOrEmpty(left) || string.IsNullOrEmpty(right)
        || string.Equals(left!.Replace(" ", string.Empty), right!.Replace(" ", string.Empty), StringComparison.OrdinalIgnoreCase);
}
