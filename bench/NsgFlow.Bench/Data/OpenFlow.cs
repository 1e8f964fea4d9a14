namespace NsgFlow.Bench.Data;

/// <summary>A made flow that has not ended.</summary>
internal sealed class OpenFlow
{
    public required int Source { get; init; }

    /// <summary>The fields of its tuples from the source address to the decision, which never change.</summary>
    public required byte[] Fields { get; init; }

    /// <summary>Index of the rule that allowed it.</summary>
    public required int Rule { get; init; }

    /// <summary>When it ends, in seconds since 1970.</summary>
    public required long End { get; init; }

    /// <summary>True once a tuple of it was written.</summary>
    public bool IsCounted { get; set; }
}
