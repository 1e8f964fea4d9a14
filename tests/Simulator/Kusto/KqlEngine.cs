using System.Threading;

namespace NsgFlow.Simulator;

/// <summary>
/// Evaluates queries in the Kusto Query Language over tables in memory, for tests: a part of the language, with the semantics of Microsoft's documentation.
/// What it does not know it refuses.
/// </summary>
public static class KqlEngine
{
    /// <exception cref="KqlException">The query is wrong, or not known here.</exception>
    public static KqlTable Run(string kql, KqlDatabase database, CancellationToken cancellation = default)
    {
        var query = KqlParser.Parse(kql);
        var planner = new KqlPlanner(database, cancellation);
        foreach (var let in query.Lets)
        {
            planner.Add(let);
        }

        var plan = planner.Plan(query.Result);
        return new KqlTable(plan.Columns, [.. plan.Rows()]) { Warnings = [.. planner.Warnings] };
    }
}
