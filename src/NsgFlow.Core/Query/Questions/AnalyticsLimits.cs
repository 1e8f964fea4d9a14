using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Query;

/// <summary>What the tables of Traffic Analytics cannot tell: errors where the answer would be wrong, warnings where it is not quite what was asked.</summary>
public static class AnalyticsLimits
{
    /// <summary>The error for a question that the tables cannot answer.</summary>
    /// <param name="what">The parameter or field, as written (<c>-SourcePort</c>, <c>-By State</c>).</param>
    /// <param name="why">What the tables lack, as a sentence without its full stop.</param>
    /// <param name="local">The command that can answer, without parameters that say where the flow logs are.</param>
    public static NsgFlowException CannotAnswer(string what, string why, string local) => new(
        "AnalyticsCannotAnswer",
        $"Traffic Analytics cannot answer {what}: {why}.",
        $"Ask the flow logs themselves: {local}.");

    /// <summary>Refuses what the tables cannot answer.</summary>
    /// <exception cref="NsgFlowException"><c>AnalyticsCannotAnswer</c>.</exception>
    public static void Check(AnalyticsQuestion question)
    {
        var filter = (question ?? throw new ArgumentNullException(nameof(question))).Filter;
        if (filter.SourcePort is not null)
            throw CannotAnswer("-SourcePort", "its rows hold the flows of all source ports", "Get-NsgFlowRecord -SourcePort, or Measure-NsgTraffic without -Workspace");
        if (filter.State.Count > 0)
            throw CannotAnswer("-State", "its rows hold begun, continued and ended flows together", "Get-NsgFlowRecord -State, or Measure-NsgTraffic without -Workspace");
        if (filter.Encryption is not null && question.Tables.Count > 0 && !question.Tables.Contains(TrafficAnalyticsTable.VirtualNetwork))
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
        var names = Given((filter.Port, "-Port"), (filter.ExcludePort, "-ExcludePort"));
        return names.Length == 0 ? [] : [$"Traffic Analytics keeps no source ports: {names} compared the destination port only."];
    }

    /// <summary>Whether no row of a table can match, so that it need not be asked.</summary>
    internal static bool IsNever(AnalyticsQuestion question, TrafficAnalyticsTable table) =>
        table == TrafficAnalyticsTable.Nsg && question.Filter.Encryption is not null;

    /// <summary>Those of some parameters that were given, as a list for people.</summary>
    private static string Given(params (object? Value, string Name)[] parameters)
    {
        var names = parameters.Where(static parameter => parameter.Value is not null).Select(static parameter => parameter.Name).ToList();
        return names.Count < 2 ? string.Concat(names) : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];
    }
}
