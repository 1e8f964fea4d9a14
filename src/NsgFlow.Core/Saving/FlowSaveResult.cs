using System;

namespace NsgFlow.Saving;

/// <summary>What became of one blob.</summary>
public sealed class FlowSaveResult
{
    /// <summary>The blob.</summary>
    public required FlowBlob Blob { get; init; }

    /// <summary>Its copy; null when it could not be made or brought up to date.</summary>
    public SavedFlowBlob? Saved { get; init; }

    /// <summary>Why not (a <see cref="NsgFlowException"/> for what can be foreseen); null when it was saved, or not tried.</summary>
    public Exception? Failure { get; init; }

    /// <summary>True when it was not tried, since its container refused too many others.</summary>
    public bool WasSkipped => Saved is null && Failure is null;

    /// <summary>True when nothing can be saved any more, and this is the last result: the disk is full.</summary>
    public bool EndsAll { get; init; }
}
