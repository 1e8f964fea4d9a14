using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>Aggregate functions by name.</summary>
internal static class KqlAggregates
{
    private const long MostItems = 1048576;

    private static readonly Dictionary<string, (string Prefix, Func<KqlCall, KqlAggregate> Make)> s_all = new(StringComparer.Ordinal)
    {
        ["count"] = ("count", static call => call.Arguments.Count > 0 ? throw KqlException.Unknown("count() of something") : new(KqlType.Long, static () => new CountAccumulator())),
        ["sum"] = ("sum", Sum),
        ["avg"] = ("avg", Average),
        ["min"] = ("min", static call => Extreme(call, -1)),
        ["max"] = ("max", static call => Extreme(call, 1)),
        ["count_distinct"] = ("count_distinct", static call => new(KqlType.Long, () => new DistinctAccumulator(call.Takes(1)[0]))),

        // An estimate in the service, which is exact for few values.
        ["dcount"] = ("dcount", static call => new(KqlType.Long, () => new DistinctAccumulator(call.Takes(1, 2)[0]))),
        ["make_set"] = ("set", static call => List(call, isSet: true, MostItems)),
        ["make_list"] = ("list", static call => List(call, isSet: false, MostItems)),
        ["makeset"] = ("set", static call => List(call, isSet: true, 128)),
        ["makelist"] = ("list", static call => List(call, isSet: false, 128)),
        ["make_bag"] = ("bag", static call => new(KqlType.Dynamic, () => new BagAccumulator(call.Takes(1).Of(0, KqlType.Dynamic)))),
        ["take_any"] = (string.Empty, Any),
        ["any"] = ("any", Any),
        ["arg_max"] = (string.Empty, Many),
        ["arg_min"] = (string.Empty, Many),
    };

    /// <summary>Those that take a condition as their last argument.</summary>
    private static readonly Dictionary<string, string> s_conditional = new(StringComparer.Ordinal)
    {
        ["countif"] = "count",
        ["sumif"] = "sum",
        ["avgif"] = "avg",
        ["minif"] = "min",
        ["maxif"] = "max",
        ["count_distinctif"] = "count_distinct",
        ["dcountif"] = "dcount",
        ["make_set_if"] = "make_set",
        ["make_list_if"] = "make_list",
        ["make_bag_if"] = "make_bag",
        ["take_anyif"] = "take_any",
    };

    /// <summary>The beginning of a column's name, empty for none; null when it is no aggregate function.</summary>
    public static string? Find(string name) => s_conditional.TryGetValue(name, out var plain)
        ? name.EndsWith("_if", StringComparison.Ordinal) || s_all[plain].Prefix.Length == 0 ? s_all[plain].Prefix : name
        : s_all.TryGetValue(name, out var known) ? known.Prefix : null;

    public static KqlAggregate Make(KqlCall call)
    {
        if (!s_conditional.TryGetValue(call.Name, out var plain))
        {
            return s_all[call.Name].Make(call);
        }

        if (call.Arguments.Count == 0)
        {
            call.Takes(1);
        }

        var predicate = call.Of(call.Arguments.Count - 1, KqlType.Bool);
        var inner = s_all[plain].Make(call with { Name = plain, Arguments = [.. call.Arguments.SkipLast(1)] });
        return new(inner.Type, () => new IfAccumulator(predicate, inner.New()));
    }

    private static KqlAggregate Sum(KqlCall call)
    {
        var of = call.Takes(1).Of(0, KqlType.Int, KqlType.Long, KqlType.Real, KqlType.TimeSpan);
        return new(of.Type == KqlType.Int ? KqlType.Long : of.Type, () => new SumAccumulator(of));
    }

    private static KqlAggregate Average(KqlCall call)
    {
        var of = call.Takes(1).Of(0, KqlType.Int, KqlType.Long, KqlType.Real);
        return new(KqlType.Real, () => new AverageAccumulator(of));
    }

    private static KqlAggregate Extreme(KqlCall call, int sign)
    {
        var of = call.Takes(1).Of(0, KqlType.Int, KqlType.Long, KqlType.Real, KqlType.TimeSpan, KqlType.DateTime, KqlType.String);
        return new(of.Type, () => new ExtremeAccumulator(of, sign));
    }

    private static KqlAggregate Any(KqlCall call)
    {
        var of = call.Takes(1)[0];
        return new(of.Type, () => new AnyAccumulator(of));
    }

    private static KqlAggregate List(KqlCall call, bool isSet, long most)
    {
        var of = call.Takes(1, 2)[0];
        most = call.Arguments.Count > 1 ? Math.Min(most, call.Constant(1)) : most;
        return new(KqlType.Dynamic, () => new ListAccumulator(of, isSet, most));
    }

    private static KqlAggregate Many(KqlCall call) => throw KqlException.Semantic($"{call.Name}() gives several columns and cannot be a part of an expression.");
}
