using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>The aggregate functions of one summarize. Rows of a result are made of rows that have the keys, and then what each function found.</summary>
internal sealed class KqlGrouping(KqlScope input, int keys)
{
    private readonly List<KqlAggregate> _aggregates = [];

    public IReadOnlyList<KqlAggregate> Aggregates => _aggregates;

    /// <summary>A function that stands in an expression.</summary>
    public KqlScalar Add(KqlExpression.Call call) =>
        Add(KqlAggregates.Make(new KqlCall(call.Function, [.. call.Arguments.Select(input.Bind)], null, input.Planner.Now)));

    public KqlScalar Add(KqlAggregate aggregate)
    {
        var place = keys + _aggregates.Count;
        _aggregates.Add(aggregate);
        return new KqlScalar(aggregate.Type, row => row[place]);
    }
}
