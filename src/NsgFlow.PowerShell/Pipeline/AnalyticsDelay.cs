using System;
using System.Management.Automation;
using NsgFlow.Display;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>Flows are in a workspace hours after they were.</summary>
internal static class AnalyticsDelay
{
    // An interval of Traffic Analytics, its work, and what Log Analytics takes until rows can be asked for.
    private static readonly TimeSpan _longest = TimeSpan.FromHours(2);

    /// <summary>Says that flows of the last hours may not have come yet, if some of these were asked for.</summary>
    /// <param name="cmdlet">Who says it.</param>
    /// <param name="time">Of the flows; the time when rows came is another one.</param>
    public static void Warn(Cmdlet cmdlet, TimeRange time)
    {
        var ready = DateTime.UtcNow - _longest;
        if (time.End is null || time.End > ready)
        {
            cmdlet.WriteWarning(
                $"What happened after {FlowFormat.Time(ready)} may not be there yet, or not all of it: Traffic Analytics and Log Analytics take up to two hours. -EndTime 2h leaves it out.");
        }
    }
}
