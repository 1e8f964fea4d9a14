using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <content>Several tables, and several rows of one.</content>
internal sealed partial class KqlPlanner
{
    private KqlPlan Union(KqlTabular.Union union)
    {
        var legs = new List<(string? Name, KqlPlan Plan)>();
        KqlException? missing = null;
        foreach (var leg in union.Legs)
        {
            try
            {
                legs.Add((leg is KqlTabular.Name name ? name.Text : null, Plan(leg, "union")));
            }
            catch (KqlException reason) when (union.IsFuzzy && reason.IsTableMissing)
            {
                missing = reason;
                Warnings.Add(reason.Message);
            }
        }

        if (legs.Count == 0)
        {
            throw missing!;
        }

        // Columns of one name and several types are told apart by the name of the type.
        var wanted = legs.SelectMany(static leg => leg.Plan.Columns).Distinct().GroupBy(static column => column.Name).SelectMany(static column => column).ToList();
        var counts = wanted.CountBy(static column => column.Name).ToDictionary();
        var names = new KqlNames();
        foreach (var column in wanted.Where(column => counts[column.Name] == 1))
        {
            names.Chosen(column.Name);
        }

        var columns = wanted.Select(column => counts[column.Name] == 1 ? column : column with { Name = names.Found($"{column.Name}_{column.Type.Name()}") }).ToList();
        if (union.SourceColumn is { } source)
        {
            columns.Insert(0, new KqlColumn(names.Chosen(source), KqlType.String));
        }

        return new KqlPlan(columns, () => legs.SelectMany(leg => Leg(leg.Plan, wanted, union.SourceColumn is null ? null
            : leg.Name ?? throw KqlException.Unknown("what withsource calls an expression"))));
    }

    private static IEnumerable<object?[]> Leg(KqlPlan leg, List<KqlColumn> wanted, string? source)
    {
        var places = wanted.Select(column => leg.Columns.ToList().IndexOf(column)).ToArray();
        return leg.Rows().Select(row =>
        {
            var values = places.Select((place, i) => place < 0 ? wanted[i].Type.Nothing() : row[place]);
            return (object?[])(source is null ? [.. values] : [source, .. values]);
        });
    }

    private static KqlPlan Expand(KqlScope scope, KqlPlan input, KqlTabular.Expand expand)
    {
        var columns = input.Columns.ToList();
        var names = new KqlNames();
        var parts = new List<(KqlScalar Of, int Place, KqlType? Type)>();
        foreach (var expansion in expand.Columns)
        {
            var of = scope.Bind(expansion.Of);
            if (of.Type != KqlType.Dynamic)
            {
                throw KqlException.Semantic($"'mv-expand' operator: an expression of type dynamic is expected, not {of.Type.Name()}.");
            }

            var name = expansion.Name ?? KqlNames.Of(expansion.Of, scope) ?? names.Found(null);
            var column = new KqlColumn(name, expansion.Type ?? KqlType.Dynamic);
            var place = columns.FindIndex(one => one.Name == name);
            if (place < 0)
            {
                place = columns.Count;
                columns.Add(column);
            }

            columns[place] = column;
            parts.Add((of, place, expansion.Type));
        }

        if (expand.IndexColumn is { } index)
        {
            columns.Add(new KqlColumn(index, KqlType.Long));
        }

        var most = expand.Limit switch { null => long.MaxValue, KqlExpression.Literal { Value: long limit } => limit, _ => throw KqlException.Unknown("a limit that is no number") };
        return new KqlPlan(columns, () => input.Rows().SelectMany(row => Expanded(row, columns.Count, parts, most, expand.IndexColumn is not null)));
    }

    /// <summary>Arrays of one row side by side; of a shorter one nulls, of null one null, of an empty one nothing.</summary>
    private static IEnumerable<object?[]> Expanded(object?[] row, int width, List<(KqlScalar Of, int Place, KqlType? Type)> parts, long most, bool hasIndex)
    {
        var lists = parts.Select(part => Items(part.Of.Value(row))).ToList();
        var count = Math.Min(lists.Max(static list => (long)list.Length), most);
        for (var i = 0; i < count; i++)
        {
            var made = new object?[width];
            row.CopyTo(made, 0);
            for (var part = 0; part < parts.Count; part++)
            {
                var item = i < lists[part].Length ? lists[part][i] : null;
                made[parts[part].Place] = parts[part].Type is { } type ? Cast(type, item) : item;
            }

            if (hasIndex)
            {
                made[^1] = (long)i;
            }

            yield return made;
        }
    }

    private static object?[] Items(object? value) => value switch
    {
        object?[] items => items,
        IReadOnlyDictionary<string, object?> bag => [.. bag.Select(static pair => new Dictionary<string, object?> { [pair.Key] = pair.Value })],
        null => [null],
        _ => [value],
    };

    /// <summary>A cast and no conversion: what is of another type is null.</summary>
    private static object? Cast(KqlType type, object? item) => (type, item) switch
    {
        (_, null) => type.Nothing(),
        (KqlType.Dynamic, _) => item,
        (KqlType.Int, long number) when number is >= int.MinValue and <= int.MaxValue => (int)number,
        (KqlType.Long, int number) => (long)number,
        (KqlType.Real, int or long) => KqlValue.Real(item),
        _ when KqlValue.Name(item) == type.Name() => item,
        (KqlType.String, _) => throw KqlException.Unknown($"mv-expand of a {KqlValue.Name(item)} to string"),
        _ => null,
    };

    private KqlPlan Join(KqlPlan left, KqlTabular.Join join)
    {
        var right = Plan(join.Right, "join");
        var on = join.On.SelectMany(Conditions).Select(pair => (
            Left: Place(left, pair.Left),
            Right: Place(right, pair.Right))).ToList();
        foreach (var (one, other) in on)
        {
            if (left.Columns[one].Type != right.Columns[other].Type || left.Columns[one].Type == KqlType.Dynamic)
            {
                throw KqlException.Semantic($"'join' operator: keys of types {left.Columns[one].Type.Name()} and {right.Columns[other].Type.Name()} cannot be compared.");
            }
        }

        return new KqlJoin(left, [.. on.Select(static pair => pair.Left)], right, [.. on.Select(static pair => pair.Right)]).Plan(join.Kind);

        static int Place(KqlPlan side, string name) => side.Columns.ToList().FindIndex(column => column.Name == name) is >= 0 and var place
            ? place
            : throw KqlException.NoColumn(name, "join");
    }

    private static IEnumerable<(string Left, string Right)> Conditions(KqlExpression condition) => condition switch
    {
        KqlExpression.Name name => [(name.Text, name.Text)],
        KqlExpression.Binary { Operator: "and" } both => Conditions(both.Left).Concat(Conditions(both.Right)),
        KqlExpression.Binary { Operator: "==", Left: KqlExpression.Side one, Right: KqlExpression.Side other } when one.IsLeft != other.IsLeft =>
            [one.IsLeft ? (one.Column, other.Column) : (other.Column, one.Column)],
        _ => throw KqlException.Semantic("'join' operator: a condition is a column of both sides, or $left.a == $right.b."),
    };
}
