using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <content>Groups.</content>
internal sealed partial class KqlPlanner
{
    private static KqlPlan Distinct(KqlScope scope, KqlPlan input, KqlTabular.Distinct distinct)
    {
        var by = distinct.By is [{ Of: KqlExpression.Star }]
            ? input.Columns.Select(static column => new KqlNamed(null, new KqlExpression.Name(column.Name))).ToList()
            : distinct.By;
        var projected = Project(scope, input, by);
        return projected with { Rows = () => projected.Rows().DistinctBy(static row => System.Array.ConvertAll(row, KqlKeys.Part), KqlKeys.Instance) };
    }

    private static KqlPlan Summarize(KqlScope scope, KqlPlan input, KqlTabular.Summarize summarize)
    {
        var names = new KqlNames();
        var (keyColumns, keys) = Named(scope, summarize.By, names);
        var grouping = new KqlGrouping(scope, keys.Length);
        var result = new KqlScope(scope.Planner, input.Columns, scope.Operation) { Grouping = grouping };
        var columns = new List<KqlColumn>(keyColumns);
        var values = keys.Select(static (key, i) => new KqlScalar(key.Type, row => row[i])).ToList();
        foreach (var named in summarize.Aggregates)
        {
            if (named.Of is KqlExpression.Call { Function: "arg_max" or "arg_min" or "take_any" or "any" } call && (call.Arguments.Count > 1 || call.Arguments is [KqlExpression.Star]))
            {
                AddRow(named, call);
                continue;
            }

            var value = result.Bind(named.Of);
            values.Add(value);
            columns.Add(new KqlColumn(named.Name is { } name ? names.Chosen(name) : names.Found(KqlNames.Of(named.Of, scope)), value.Type));
        }

        var made = values.ToArray();
        return new KqlPlan(columns, () => Groups(input, keys, grouping.Aggregates).Select(row => Values(made, row)));

        // Several values of one row.
        void AddRow(KqlNamed named, KqlExpression.Call call)
        {
            var isAny = call.Function is "take_any" or "any";
            var others = Columns(scope, call.Arguments, [.. summarize.By.Select(by => KqlNames.Of(by.Of, scope))]);
            var scalars = others.Select(scope.Bind).ToList();
            var aggregate = new KqlAggregate(KqlType.Dynamic, () => new RowAccumulator(isAny ? null : scalars[0], call.Function == "arg_min" ? -1 : 1, scalars));
            var found = grouping.Add(aggregate);
            for (var i = 0; i < others.Count; i++)
            {
                var place = i;
                values.Add(new KqlScalar(scalars[i].Type, row => ((object?[])found.Value(row)!)[place]));
                var name = i == 0 && named.Name is { } chosen ? names.Chosen(chosen) : names.Found((call.Function == "any" ? "any_" : string.Empty) + KqlNames.Of(others[i], scope));
                columns.Add(new KqlColumn(name, scalars[i].Type));
            }
        }
    }

    /// <summary>What is named, and for * every column that is not yet, nor a key.</summary>
    private static List<KqlExpression> Columns(KqlScope scope, IReadOnlyList<KqlExpression> arguments, IReadOnlyList<string?> keys)
    {
        var all = arguments.Where(static argument => argument is not KqlExpression.Star).ToList();
        var named = all.OfType<KqlExpression.Name>().Select(static name => name.Text).ToList();
        return all.Count == arguments.Count
            ? all
            : [.. all, .. scope.Columns.Where(column => !named.Contains(column.Name) && !keys.Contains(column.Name)).Select(static column => new KqlExpression.Name(column.Name))];
    }

    /// <summary>One row a group: its keys, and what each function found. Without keys there is one group, even of nothing.</summary>
    private static IEnumerable<object?[]> Groups(KqlPlan input, KqlScalar[] keys, IReadOnlyList<KqlAggregate> aggregates)
    {
        var groups = new Dictionary<object?[], (object?[] Keys, KqlAccumulator[] Found)>(KqlKeys.Instance);
        if (keys.Length == 0)
        {
            groups.Add([], ([], [.. aggregates.Select(static aggregate => aggregate.New())]));
        }

        foreach (var row in input.Rows())
        {
            var key = Values(keys, row);
            var part = System.Array.ConvertAll(key, KqlKeys.Part);
            if (!groups.TryGetValue(part, out var group))
            {
                group = (key, [.. aggregates.Select(static aggregate => aggregate.New())]);
                groups.Add(part, group);
            }

            foreach (var found in group.Found)
            {
                found.Add(row);
            }
        }

        return groups.Values.Select(static group => (object?[])[.. group.Keys, .. group.Found.Select(static found => found.Result)]);
    }
}
