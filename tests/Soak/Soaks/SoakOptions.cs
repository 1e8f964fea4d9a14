using System;

namespace NsgFlow.Soak.Soaks;

/// <summary>How long and how much.</summary>
internal sealed record SoakOptions
{
    public int Nics { get; init; } = 50;

    /// <summary>Length of the flow logs.</summary>
    public int Minutes { get; init; } = 180;

    /// <summary>How long a minute of them takes.</summary>
    public TimeSpan Minute { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Tuples of a minute of one interface, on average.</summary>
    public int Tuples { get; init; } = 40;

    public int Kills { get; init; } = 200;

    /// <summary>Whether it is long enough for memory to show whether it grows.</summary>
    public bool IsLong => Minutes * Minute > TimeSpan.FromMinutes(3);

    public int Seed { get; init; } = Environment.TickCount & 0xFFFF;
}
