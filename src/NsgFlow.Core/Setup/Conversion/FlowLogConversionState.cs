namespace NsgFlow;

/// <summary>How far a step of a conversion is.</summary>
public enum FlowLogConversionState
{
    /// <summary>Not done yet.</summary>
    Planned,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Tried in vain; the message says why.</summary>
    Failed,

    /// <summary>Not tried; the message says why.</summary>
    Skipped,
}
