using System;
using System.ComponentModel;
using System.Globalization;

namespace NsgFlow.Display;

/// <summary>What the views of checks and conversions show.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SetupFormat
{
    /// <summary>What a group of checks is about: <c>hub-log (hub)</c>.</summary>
    public static string Head(FlowLogCheck check)
    {
        if (check is null)
            throw new ArgumentNullException(nameof(check));
        return FlowFormat.Text(check.FlowLog is null ? $"none ({check.Target})" : $"{check.FlowLog} ({check.Target})");
    }

    /// <summary>How a check came out; what is wrong stands out.</summary>
    public static string Result(FlowLogCheckResult result) => result switch
    {
        FlowLogCheckResult.Fail => Coloured(result.ToString(), Colours.Red),
        FlowLogCheckResult.Warn => Coloured(result.ToString(), Colours.Yellow),
        FlowLogCheckResult.Skipped => Coloured(result.ToString(), Colours.Faint),
        _ => result.ToString(),
    };

    /// <summary>What was found, and what to do about it.</summary>
    public static string Message(FlowLogCheck check)
    {
        if (check is null)
            throw new ArgumentNullException(nameof(check));
        return FlowFormat.Text(string.IsNullOrEmpty(check.Fix) ? check.Message : $"{check.Message} \u2192 {check.Fix}");
    }

    /// <summary>How far a step is; what went wrong stands out.</summary>
    public static string State(FlowLogConversionState state) => state switch
    {
        FlowLogConversionState.Failed => Coloured(state.ToString(), Colours.Red),
        FlowLogConversionState.Skipped => Coloured(state.ToString(), Colours.Yellow),
        _ => state.ToString(),
    };

    /// <summary>How many network interfaces a step takes over, and how many more it logs: <c>12</c>, <c>12 (+3)</c>.</summary>
    public static string Interfaces(FlowLogConversionStep step)
    {
        if (step is null)
            throw new ArgumentNullException(nameof(step));
        var nics = step.NetworkInterfaces?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
        return step.Added is > 0 and var added ? $"{nics} (+{added.ToString(CultureInfo.InvariantCulture)})" : nics;
    }

    /// <summary>The NSGs whose flow logs a step replaces.</summary>
    public static string Replaces(FlowLogConversionStep step) => FlowFormat.Text(string.Join(", ", (step ?? throw new ArgumentNullException(nameof(step))).Replaces));

    /// <summary>How often Traffic Analytics runs: <c>10 min</c>; <c>off</c>.</summary>
    public static string Analytics(FlowLogConversionStep step) => !(step ?? throw new ArgumentNullException(nameof(step))).TrafficAnalytics ? "off"
        : (step.TrafficAnalyticsInterval ?? 60).ToString(CultureInfo.InvariantCulture) + " min";

    private static string Coloured(string text, string colour) => Colours.Wanted ? colour + text + Colours.Reset : text;
}
