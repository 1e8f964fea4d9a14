using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace NsgFlow.PowerShell.Pipeline;

/// <summary>
/// Gives rows of a measurement properties named as the fields they are grouped by, which Export-Csv, Where-Object and Sort-Object see. The
/// engine keeps them with the row, so that those in the lists of a summary have them too.
/// </summary>
internal static class TrafficObject
{
    private const string TypeName = "NsgFlow.TrafficMeasure";

    // Fields whose values are short; beside those there is room for more columns.
    private static readonly HashSet<string> _short = new(StringComparer.Ordinal)
    {
        "Time", "SourceAddress", "DestinationAddress", "SourcePort", "DestinationPort", "Protocol", "Service", "Decision", "State", "Encryption", "Direction", "RuleKind",
        "MacAddress", "FormatVersion", "FlowType", "Location", "SourceLocation", "DestinationLocation", "Hour", "Day", "HourOfDay", "DayOfWeek",
    };

    /// <summary>The row with its keys as properties, and a type name by which the view is chosen.</summary>
    public static PSObject Of(TrafficMeasure row)
    {
        var shown = PSObject.AsPSObject(row);
        // No field has the name of another property (a test sees to that), so the engine need not look: that would cost more than all the rest.
        for (var i = 0; i < row.KeyNames.Count; i++)
            shown.Properties.Add(new PSNoteProperty(row.KeyNames[i], row.KeyValues[i]), preValidated: true);
        var view = View(row);
        if (view.Length > 0)
            shown.TypeNames.Insert(0, TypeName + "#" + view);
        return shown;
    }

    /// <summary>The summary, with properties for the keys of its rows.</summary>
    public static PSObject Of(TrafficSummary summary)
    {
        foreach (var list in new[]
        {
            summary.FlowType, summary.Hour, summary.TopConversation, summary.TopTalker, summary.TopPort, summary.TopDeniedSource, summary.TopRule,
        })
        {
            foreach (var row in list)
                Of(row);
        }

        if (summary.BusiestHour is { } hour && !Contains(summary.Hour, hour))
            Of(hour);
        return PSObject.AsPSObject(summary);
    }

    private static bool Contains(IReadOnlyList<TrafficMeasure> rows, TrafficMeasure row)
    {
        foreach (var other in rows)
        {
            if (ReferenceEquals(other, row))
                return true;
        }

        return false;
    }

    private static string View(TrafficMeasure row)
    {
        var width = row.KeyNames.Count <= 1 && (row.KeyNames.Count == 0 || _short.Contains(row.KeyNames[0])) ? "Short" : string.Empty;
        var isSeries = row.KeyNames.Count > 0 && row.KeyNames[0] == "Time";
        return width + (row.Counted != TrafficDistinct.None ? "Distinct" : isSeries ? "Series" : string.Empty);
    }
}
