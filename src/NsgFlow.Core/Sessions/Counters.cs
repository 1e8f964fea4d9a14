namespace NsgFlow;

/// <summary>Sums of counters as tuples carry them.</summary>
internal static class Counters
{
    /// <summary>Adds what was counted since the last update to a sum; either can be <see cref="FlowTuple.NotRecorded"/>.</summary>
    public static long Add(long sum, long delta) =>
        delta < 0 ? sum
        : sum < 0 ? delta
        : sum > long.MaxValue - delta ? long.MaxValue
        : sum + delta;
}
