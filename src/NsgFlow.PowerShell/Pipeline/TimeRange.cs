using System;
using NsgFlow.Display;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>From when until when, UTC; null for no limit.</summary>
internal readonly struct TimeRange
{
    public TimeRange(DateTime? start, DateTime? end, bool isDefault = false)
    {
        Start = start;
        End = end;
        IsDefault = isDefault;
    }

    /// <summary>Inclusive.</summary>
    public DateTime? Start { get; }

    /// <summary>Exclusive.</summary>
    public DateTime? End { get; }

    /// <summary>True when the user gave no time and the last hour was taken.</summary>
    public bool IsDefault { get; }

    /// <summary>An addition to a sentence, with a comma before; empty without limits.</summary>
    public override string ToString()
    {
        if (Start is null && End is null)
            return string.Empty;
        var from = Start is null ? string.Empty : ", from " + FlowFormat.Time(Start);
        var until = End is null ? string.Empty : (from.Length == 0 ? ", until " : " to ") + FlowFormat.Time(End);
        return from + until + (IsDefault ? " (the last hour, as no time was given: see -Last and -StartTime)" : string.Empty);
    }
}
