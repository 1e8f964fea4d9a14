using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>Gives expressions types and values. This part: names, and what consists of parts.</summary>
internal sealed partial class KqlBinder(KqlScope scope)
{
    public KqlScalar Bind(KqlExpression expression) => expression switch
    {
        KqlExpression.Literal literal => KqlScalar.Of(literal.Type, literal.Value),
        KqlExpression.Name name => Name(name.Text),
        KqlExpression.Member member => Member(Bind(member.Of), Bind(member.Key)),
        KqlExpression.Call call => Call(call),
        KqlExpression.Minus minus => KqlArithmetic.Negate(Bind(minus.Of)),
        KqlExpression.Binary binary => Binary(binary.Operator, Bind(binary.Left), Bind(binary.Right)),
        KqlExpression.In list => In(list),
        KqlExpression.Between between => Between(between),
        KqlExpression.Side => throw KqlException.Semantic("$left and $right stand in conditions of a join only."),
        KqlExpression.TypeOf => throw KqlException.Semantic("typeof() stands for a type only."),
        KqlExpression.Star => throw KqlException.Semantic("* is no scalar expression."),
        _ => throw KqlException.Semantic("A table where a scalar expression is expected."),
    };

    private KqlScalar Name(string name)
    {
        if (scope.Grouping is null && scope.Column(name) is { } column)
        {
            return column;
        }

        if (scope.Planner.Value(name) is { } value)
        {
            return value;
        }

        throw scope.Column(name) is null
            ? KqlException.NoColumn(name, scope.Operation)
            : KqlException.Semantic($"'{scope.Operation}' operator: the column '{name}' stands outside of an aggregate function.");
    }

    private static KqlScalar Member(KqlScalar of, KqlScalar key)
    {
        if (of.Type != KqlType.Dynamic)
        {
            throw KqlException.Semantic($"A value of type {of.Type.Name()} has no members.");
        }

        return KqlScalar.Of(KqlType.Dynamic, row => (of.Value(row), key.Value(row)) switch
        {
            (object?[] items, int index) => Item(items, index),
            (object?[] items, long index) => Item(items, index),
            (IReadOnlyDictionary<string, object?> bag, string name) => bag.GetValueOrDefault(name),
            _ => null,
        }, of, key);

        static object? Item(object?[] items, long index)
        {
            index += index < 0 ? items.Length : 0;
            return index >= 0 && index < items.Length ? items[index] : null;
        }
    }

    private KqlScalar Call(KqlExpression.Call call)
    {
        if (KqlAggregates.Find(call.Function) is not null)
        {
            return scope.Grouping?.Add(call) ?? throw KqlException.Semantic($"'{scope.Operation}' operator: the aggregate function '{call.Function}' stands in summarize only.");
        }

        switch (call.Function)
        {
            case "column_ifexists" or "columnifexists":
                return ColumnIfExists(call);
            case "toscalar":
                return call.Arguments is [KqlExpression.Table table] ? scope.Planner.First(table.Of) : call.Arguments is [{ } only] ? Bind(only) : throw Arity(call);
        }

        var function = KqlFunctions.Find(call.Function) ?? throw KqlException.UnknownFunction(call.Function);
        var last = call.Arguments.Count > 0 ? call.Arguments[^1] as KqlExpression.TypeOf : null;
        KqlScalar[] arguments = [.. call.Arguments.Take(call.Arguments.Count - (last is null ? 0 : 1)).Select(Bind)];
        return function(new KqlCall(call.Function, arguments, last?.Type, scope.Planner.Now));
    }

    private KqlScalar ColumnIfExists(KqlExpression.Call call)
    {
        if (call.Arguments is not [KqlExpression.Literal { Value: string name }, { } other])
        {
            throw Arity(call);
        }

        return scope.IndexOf(name) >= 0 ? Name(name) : Bind(other);
    }

    private static KqlException Arity(KqlExpression.Call call) =>
        new("SEM0219", $"Function '{call.Function}' was not called with the arguments it takes.");

    private KqlScalar Between(KqlExpression.Between between)
    {
        var of = Bind(between.Of);
        var low = Bind(between.Low);
        var high = Bind(between.High);
        if (low.Type == KqlType.DateTime && high.Type == KqlType.TimeSpan)
        {
            high = KqlArithmetic.Combine("+", low, high);
        }

        return between.IsNot
            ? Binary("or", Binary("<", of, low), Binary(">", of, high))
            : Binary("and", Binary(">=", of, low), Binary("<=", of, high));
    }

    private KqlScalar In(KqlExpression.In list)
    {
        var isNot = list.Operator[0] == '!';
        var left = Bind(list.Left);
        var items = list.Items.Select(Item).ToList();
        return KqlLists.Match(list.Operator.TrimStart('!'), isNot, left, items);
    }

    private KqlScalar Item(KqlExpression item) => item switch
    {
        KqlExpression.Table table => scope.Planner.Column(table.Of),
        KqlExpression.Name name when scope.Column(name.Text) is null && scope.Planner.Value(name.Text) is null && scope.Planner.HasTable(name.Text)
            => scope.Planner.Column(new KqlTabular.Name(name.Text)),
        _ => Bind(item),
    };
}
