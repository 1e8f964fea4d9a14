using System;

namespace NsgFlow;

/// <summary>One thing about a flow log that was looked at.</summary>
public sealed class FlowLogCheck
{
    internal FlowLogCheck(string check, FlowLogCheckResult result, string message, string? fix)
    {
        Check = check ?? throw new ArgumentNullException(nameof(check));
        Result = result;
        Message = message ?? throw new ArgumentNullException(nameof(message));
        Fix = fix;
    }

    /// <summary>Name of the flow log; null when the target has none.</summary>
    public string? FlowLog { get; internal init; }

    /// <summary>Name of what is, or should be, logged.</summary>
    public string? Target { get; internal init; }

    /// <summary>What was looked at: a stable word (<c>StorageFirewall</c>); docs/en-US/Test-NsgFlowLog.md lists them.</summary>
    public string Check { get; }

    /// <summary>How it came out.</summary>
    public FlowLogCheckResult Result { get; }

    /// <summary>What was found, a sentence.</summary>
    public string Message { get; }

    /// <summary>What to do about it; null when it passed.</summary>
    public string? Fix { get; }

    /// <summary>ARM id of the flow log, or null.</summary>
    public string? FlowLogId { get; internal init; }

    /// <summary>ARM id of the target.</summary>
    public string? TargetResourceId { get; internal init; }

    /// <summary>The check, its result and the message.</summary>
    public override string ToString() => $"{Check}: {Result}. {Message}";
}
