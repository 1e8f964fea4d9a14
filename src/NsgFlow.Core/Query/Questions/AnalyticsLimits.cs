using System;
using System.Collections.Generic;

namespace NsgFlow.Query;

/// <summary>What the tables of Traffic Analytics cannot tell: errors where the answer would be wrong, warnings where it is not quite what was asked.</summary>
public static class AnalyticsLimits
{
    /// <summary>Id of the error.</summary>
    public const string ErrorId = "AnalyticsCannotAnswer";

    /// <summary>The error for a question that the tables cannot answer.</summary>
    /// <param name="what">The parameter or field, as written (<c>-SourcePort</c>, <c>-By State</c>).</param>
    /// <param name="why">What the tables lack, as a sentence without its full stop.</param>
    /// <param name="local">The command that can answer, without parameters that say where the flow logs are.</param>
    public static NsgFlowException CannotAnswer(string what, string why, string local) => new(
        ErrorId,
        $"Traffic Analytics cannot answer {what}: {why}.",
        $"Ask the flow logs themselves: {local}.");

    /// <summary>Refuses what the tables cannot answer.</summary>
    /// <exception cref="NsgFlowException"><see cref="ErrorId"/>.</exception>
    public static void Check(AnalyticsQuestion question)
    {
        var filter = (question ?? throw new ArgumentNullException(nameof(question))).Filter;
        if (filter.SourcePort is not null)
            throw CannotAnswer("-SourcePort", "its rows hold the flows of all source ports", "Get-NsgFlowRecord -SourcePort, or Measure-NsgTraffic without -Workspace");
        if (filter.State.Count > 0)
            throw CannotAnswer("-State", "its rows hold begun, continued and ended flows together", "Get-NsgFlowRecord -State, or Measure-NsgTraffic without -Workspace");
        if (filter.Encryption is not null && question.Tables.Count > 0 && !Holds(question.Tables, TrafficAnalyticsTable.VirtualNetwork))
        {
            throw CannotAnswer(
                "-Encryption",
                "AzureNetworkAnalytics_CL has the flows of NSG flow logs, which record none",
                "flow logs of virtual networks do record it: leave -Table out, or use Get-NsgFlowRecord -Encryption");
        }
    }

    /// <summary>What a user should know about the answer before reading it.</summary>
    public static IReadOnlyList<string> Warnings(AnalyticsQuestion question)
    {
        var filter = (question ?? throw new ArgumentNullException(nameof(question))).Filter;
        var warnings = new List<string>();
        if (filter.Port is not null || filter.ExcludePort is not null)
        {
            var name = filter.Port is null ? "-ExcludePort" : filter.ExcludePort is null ? "-Port" : "-Port and -ExcludePort";
            warnings.Add($"Traffic Analytics keeps no source ports: {name} compared the destination port only.");
        }

        return warnings;
    }

    /// <summary>Whether no row of a table can match, so that it need not be asked.</summary>
    internal static bool IsNever(AnalyticsQuestion question, TrafficAnalyticsTable table) =>
        table == TrafficAnalyticsTable.Nsg && question.Filter.Encryption is not null;

    private static bool Holds(IReadOnlyList<TrafficAnalyticsTable> tables, TrafficAnalyticsTable table)
    {
        foreach (var one in tables)
        {
            if (one == table)
                return true;
        }

        return false;
    }
}
