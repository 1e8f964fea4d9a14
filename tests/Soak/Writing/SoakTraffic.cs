using System;

namespace NsgFlow.Soak.Writing;

/// <summary>How much is written.</summary>
/// <param name="Minutes">So many minutes in all.</param>
/// <param name="Tuples">Tuples of a minute, on average.</param>
/// <param name="Seed">Makes chance the same again.</param>
internal sealed record SoakTraffic(int Minutes, int Tuples, int Seed)
{
    /// <summary>How often a block comes after its hour, by minute and interface.</summary>
    public double LateShare { get; init; } = 0.03;

    /// <summary>How long after.</summary>
    public TimeSpan LatestBlock { get; init; } = TimeSpan.FromMinutes(40);
}
