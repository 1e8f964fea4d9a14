namespace NsgFlow.Parsing;

/// <summary>Limits that keep time and memory linear in the face of hostile input.</summary>
public sealed class FlowReadLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static FlowReadLimits Default { get; } = new();

    /// <summary>Deepest nesting of JSON objects and arrays; flow logs need 9.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Longest JSON string, in bytes; a tuple has about 70, an ARM id some hundreds.</summary>
    public int StringBytes { get; init; } = 64 * 1024;

    /// <summary>Most tuples of one entry, which are held until its end. 500,000 flows is what one network interface can have open at once.</summary>
    public int EntryTuples { get; init; } = 1_000_000;

    /// <summary>Most issues reported one by one for an input; the rest are counted in one last issue.</summary>
    public int Issues { get; init; } = 100;
}
