namespace NsgFlow.Setup;

/// <summary>One difference between a flow log as it is and as it is wanted, in words.</summary>
public sealed class FlowLogChange
{
    internal FlowLogChange(string what, string? from, string to)
    {
        What = what;
        From = from;
        To = to;
    }

    /// <summary>What changes: <c>retention</c>.</summary>
    public string What { get; }

    /// <summary>How it is: <c>0 (for ever)</c>; null for a new flow log.</summary>
    public string? From { get; }

    /// <summary>How it will be: <c>30 days</c>.</summary>
    public string To { get; }

    /// <summary><c>retention 0 (for ever) → 30 days</c>; for a new flow log <c>retention 30 days</c>.</summary>
    public override string ToString() => From is null ? $"{What} {To}" : $"{What} {From} \u2192 {To}";
}
