namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Parameter sets of the flow-log cmdlets.</summary>
internal static class FlowLogSets
{
    /// <summary>Flow logs by what they log.</summary>
    public const string Target = "Target";

    /// <summary>Flow logs themselves.</summary>
    public const string InputObject = "InputObject";
}
