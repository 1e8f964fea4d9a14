namespace NsgFlow;

/// <summary>How a check of a flow log came out.</summary>
public enum FlowLogCheckResult
{
    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>It works, but not as most people want it, or not for ever.</summary>
    Warn,

    /// <summary>It keeps flows from being logged, kept, analysed or read.</summary>
    Fail,

    /// <summary>It could not be looked at; the message says why, <see cref="FlowLogCheck.Fix"/> which right is missing.</summary>
    Skipped,
}
