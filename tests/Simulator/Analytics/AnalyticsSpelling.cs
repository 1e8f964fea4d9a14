namespace NsgFlow.Simulator;

/// <summary>How values are written.</summary>
public enum AnalyticsSpelling
{
    /// <summary>
    /// As users' queries and rows have them: <c>I</c>, <c>A</c> in the custom log, <c>Inbound</c>, <c>Allowed</c> in <c>NTANetAnalytics</c>; rules with their prefix,
    /// paths with the subscription.
    /// </summary>
    Tables,

    /// <summary>As the article on the schema writes them: <c>I</c>, <c>A</c> in both; rules without a prefix, paths of targets without the subscription.</summary>
    Article,
}
