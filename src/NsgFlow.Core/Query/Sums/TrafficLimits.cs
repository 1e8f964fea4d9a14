using System;
using System.Globalization;
using System.Linq;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>What a measurement cannot be made of, since Traffic Analytics has added flows up already; see also <see cref="AnalyticsLimits"/>.</summary>
internal static class TrafficLimits
{
    private const string Local = "Ask the flow logs themselves: Measure-NsgTraffic without -Workspace.";

    /// <summary>The shortest interval of Traffic Analytics.</summary>
    public static TimeSpan ShortestInterval { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Refuses what the tables cannot answer.</summary>
    /// <exception cref="NsgFlowException"><c>AnalyticsCannotAnswer</c>.</exception>
    public static void Check(TrafficQuery query, AnalyticsQuestion question)
    {
        AnalyticsLimits.Check(question);
        foreach (var field in query.By.Select(static key => key.Field))
        {
            if (field.TrafficAnalytics is null)
            {
                throw AnalyticsLimits.CannotAnswer($"-By {field}", Why(field.Code), Local);
            }

            if (field.Code == FieldCode.Encryption && question.Tables.Count > 0 && !question.Tables.Contains(TrafficAnalyticsTable.VirtualNetwork))
            {
                throw AnalyticsLimits.CannotAnswer(
                    $"-By {field}", "AzureNetworkAnalytics_CL has the flows of NSG flow logs, which record none", "Those of virtual networks do record it: leave -Table out, or use Measure-NsgTraffic without -Workspace.");
            }
        }

        if (query.Bucket < ShortestInterval)
        {
            throw AnalyticsLimits.CannotAnswer(
                "-Bucket " + query.Bucket!.Value.ToString("c", CultureInfo.InvariantCulture), "its rows are of ten minutes or an hour", Local);
        }
    }

    /// <summary>The warning for rows of a longer time than the buckets they are put into; null when there are none.</summary>
    /// <param name="query">What was measured.</param>
    /// <param name="minutes">The longest interval of a row.</param>
    public static string? WarningOfInterval(TrafficQuery query, long minutes) => query.Bucket is { } bucket && TimeSpan.FromMinutes(minutes) > bucket
        ? $"Traffic Analytics added flows up over {minutes} minutes here, which is longer than -Bucket: each row is in the bucket of its first flow, and between them may be none."
        : null;

    private static string Why(FieldCode code) => code switch
    {
        FieldCode.SourcePort => "its rows hold the flows of all source ports",
        FieldCode.State => "its rows hold begun, continued and ended flows together",
        FieldCode.AclId => "its rows have the name of the rule and of the group, not the list's id",
        _ => "its rows do not tell which log they were made of",
    };
}
