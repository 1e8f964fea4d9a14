using System;

namespace NsgFlow.Arm;

/// <summary>How a writer waits for a long operation.</summary>
public sealed class ArmWait
{
    /// <summary>Waits to the end and tells nobody.</summary>
    public static ArmWait ToTheEnd { get; } = new();

    /// <summary>Does not wait.</summary>
    public static ArmWait No { get; } = new() { IsWanted = false };

    /// <summary>Whether to wait until the operation has ended.</summary>
    public bool IsWanted { get; init; } = true;

    /// <summary>Told of each look at the operation: its status (<c>InProgress</c>) and how long it has run. Called on the thread that waits.</summary>
    public Action<string, TimeSpan>? Progress { get; init; }
}
