using System;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;

namespace NsgFlow.Simulator;

/// <content>Operators that go row by row, and order.</content>
internal sealed partial class KqlPlanner
{
    private KqlPlan Operator(KqlTabular.Operator of, KqlPlan input)
    {
        var scope = new KqlScope(this, input.Columns, of.Word);
        return of switch
        {
            KqlTabular.Where where => Where(scope, input, where),
            KqlTabular.Extend extend => Extend(scope, input, extend),
            KqlTabular.Project project => Project(scope, input, project.Columns),
            KqlTabular.ProjectAway away => Away(scope, input, away),
            KqlTabular.ProjectRename rename => Rename(scope, input, rename),
            KqlTabular.Summarize summarize => Summarize(scope, input, summarize),
            KqlTabular.Distinct distinct => Distinct(scope, input, distinct),
            KqlTabular.Sort sort => Sort(scope, input, sort),
            KqlTabular.Take take => Take(input, take),
            KqlTabular.Count => new KqlPlan([new KqlColumn("Count", KqlType.Long)], () => [[(long)input.Rows().Count()]]),
            KqlTabular.Expand expand => Expand(scope, input, expand),
            KqlTabular.Join join => Join(input, join),
            _ => throw new InvalidOperationException(of.Word),
        };
    }

    private static KqlPlan Where(KqlScope scope, KqlPlan input, KqlTabular.Where where)
    {
        var predicate = scope.Bind(where.Predicate);
        return predicate.Type == KqlType.Bool
            ? input with { Rows = () => input.Rows().Where(row => predicate.Value(row) is true) }
            : throw KqlException.Semantic($"'where' operator: the predicate is of type {predicate.Type.Name()}, not bool.");
    }

    private static KqlPlan Extend(KqlScope scope, KqlPlan input, KqlTabular.Extend extend)
    {
        var columns = input.Columns.ToList();
        var names = new KqlNames();
        foreach (var column in columns)
        {
            names.Chosen(column.Name);
        }

        var places = new List<(int Place, KqlScalar Value)>();
        foreach (var named in extend.Columns)
        {
            var value = scope.Bind(named.Of);
            var name = named.Name ?? KqlNames.Of(named.Of, scope) ?? names.Found(null);
            var place = columns.FindIndex(column => column.Name == name);
            if (place < 0)
            {
                place = columns.Count;
                columns.Add(new KqlColumn(name, value.Type));
            }
            else
            {
                columns[place] = new KqlColumn(name, value.Type);
            }

            places.Add((place, value));
        }

        return new KqlPlan(columns, () => input.Rows().Select(row =>
        {
            var made = new object?[columns.Count];
            row.CopyTo(made, 0);
            foreach (var (place, value) in places)
            {
                made[place] = value.Value(row);
            }

            return made;
        }));
    }

    private static KqlPlan Project(KqlScope scope, KqlPlan input, IReadOnlyList<KqlNamed> of)
    {
        var (columns, values) = Named(scope, of, new KqlNames());
        return new KqlPlan(columns, () => input.Rows().Select(row => Values(values, row)));
    }

    private static (List<KqlColumn> Columns, KqlScalar[] Values) Named(KqlScope scope, IReadOnlyList<KqlNamed> of, KqlNames names)
    {
        var columns = new List<KqlColumn>();
        var values = new List<KqlScalar>();
        foreach (var named in of)
        {
            var value = scope.Bind(named.Of);
            values.Add(value);
            columns.Add(new KqlColumn(named.Name is { } name ? names.Chosen(name) : names.Found(KqlNames.Of(named.Of, scope)), value.Type));
        }

        return (columns, [.. values]);
    }

    private static object?[] Values(KqlScalar[] values, object?[] row)
    {
        var made = new object?[values.Length];
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = values[i].Value(row);
        }

        return made;
    }

    private static KqlPlan Away(KqlScope scope, KqlPlan input, KqlTabular.ProjectAway away)
    {
        foreach (var name in away.Patterns.Where(name => !name.Contains('*', StringComparison.Ordinal) && scope.IndexOf(name) < 0))
        {
            throw KqlException.NoColumn(name, away.Word);
        }

        return Project(scope, input, [.. input.Columns.Where(column => Fits(column.Name) == away.IsKeep).Select(static column => new KqlNamed(null, new KqlExpression.Name(column.Name)))]);

        bool Fits(string name) => away.Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
    }

    private static KqlPlan Rename(KqlScope scope, KqlPlan input, KqlTabular.ProjectRename rename)
    {
        foreach (var (_, old) in rename.Names.Where(name => scope.IndexOf(name.Old) < 0))
        {
            throw KqlException.NoColumn(old, rename.Word);
        }

        var renamed = rename.Names.ToDictionary(static name => name.Old, static name => name.New);
        var names = new KqlNames();
        return input with { Columns = [.. input.Columns.Select(column => column with { Name = names.Chosen(renamed.GetValueOrDefault(column.Name, column.Name)) })] };
    }

    private static KqlPlan Take(KqlPlan input, KqlTabular.Take take) => take.Most is KqlExpression.Literal { Value: long count }
        ? input with { Rows = () => input.Rows().Take((int)Math.Min(count, int.MaxValue)) }
        : throw KqlException.Unknown("take and top of anything but a number");

    private static KqlPlan Sort(KqlScope scope, KqlPlan input, KqlTabular.Sort sort)
    {
        var keys = sort.By.Select(by => scope.Bind(by.Of)).ToArray();
        if (Array.Find(keys, static key => key.Type == KqlType.Dynamic) is not null)
        {
            throw KqlException.Semantic("'sort' operator: values of type dynamic have no order.");
        }

        return input with
        {
            Rows = () =>
            {
                var rows = input.Rows().Select(row => (Keys: Values(keys, row), Row: row)).ToList();
                return rows.Order(Comparer<(object?[] Keys, object?[] Row)>.Create((one, other) => Compare(sort.By, one.Keys, other.Keys))).Select(static pair => pair.Row);
            },
        };
    }

    private static int Compare(IReadOnlyList<KqlOrder> by, object?[] one, object?[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            // Null and NaN stand together at the end that the order says, null outermost.
            var first = by[i].AreNullsFirst ? Rank(one[i]) - Rank(other[i]) : Rank(other[i]) - Rank(one[i]);
            var order = first != 0 ? first : Rank(one[i]) < 2 ? 0 : KqlValue.Compare(one[i]!, other[i]!) * (by[i].IsAscending ? 1 : -1);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int Rank(object? value) => value switch
    {
        null => 0,
        double.NaN => 1,
        _ => 2,
    };
}
