using System;
using NsgFlow.Measuring;

namespace NsgFlow.Query;

/// <summary>
/// A measurement as KQL: everything is added up, put in order and chosen in the workspace, and only the rows of the answer travel. What is counted
/// is written down in docs/decisions/0017.
/// </summary>
public static class TrafficKql
{
    /// <summary>The rows of a grouping, with one more for the rest where not all are wanted (with time buckets: for each bucket).</summary>
    /// <param name="query">What to measure; its filter does not matter, the question's does.</param>
    /// <param name="question">Of which flows.</param>
    /// <exception cref="NsgFlowException"><c>AnalyticsCannotAnswer</c>.</exception>
    public static string Rows(TrafficQuery query, AnalyticsQuestion question)
    {
        if (query is null)
        {
            throw new ArgumentNullException(nameof(query));
        }

        if (question is null)
        {
            throw new ArgumentNullException(nameof(question));
        }

        TrafficLimits.Check(query, question);
        return new TrafficRowsKql(query, question, TrendPieces.Of(question), isPart: false).Text();
    }

    /// <summary>A summary: the rows of all its lists, each with the list's name.</summary>
    /// <param name="query">Its Top is the length of the lists; ten without.</param>
    /// <param name="question">Of which flows.</param>
    /// <exception cref="NsgFlowException"><c>AnalyticsCannotAnswer</c>.</exception>
    public static string Summary(TrafficQuery query, AnalyticsQuestion question)
    {
        if (query is null)
        {
            throw new ArgumentNullException(nameof(query));
        }

        if (question is null)
        {
            throw new ArgumentNullException(nameof(question));
        }

        AnalyticsLimits.Check(question);
        return new TrafficSummaryKql(query, question, TrendPieces.Of(question)).Text();
    }
}
