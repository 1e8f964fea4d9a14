using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>Scalar functions by name. This part: choice, and tests for nothing.</summary>
internal static partial class KqlFunctions
{
    private static readonly Dictionary<string, Func<KqlCall, KqlScalar>> s_all = new(StringComparer.Ordinal)
    {
        ["iff"] = Iff,
        ["iif"] = Iff,
        ["case"] = Case,
        ["coalesce"] = Coalesce,
        ["not"] = static call => call.Takes(1).Make(KqlType.Bool, static values => !(bool)values[0], [call.Of(0, KqlType.Bool)]),
        ["isempty"] = static call => Test(call, static value => IsEmpty(value)),
        ["isnotempty"] = static call => Test(call, static value => !IsEmpty(value)),
        ["isnull"] = static call => Test(call, static value => value is null),
        ["isnotnull"] = static call => Test(call, static value => value is not null),
        ["min_of"] = static call => Extreme(call, -1),
        ["max_of"] = static call => Extreme(call, 1),
        ["hash"] = Hash,
        ["hash_xxhash64"] = Hash,
        ["gettype"] = static call => KqlScalar.Of(KqlType.String, row => call[0].Type == KqlType.Dynamic ? KqlValue.Name(call[0].Value(row)) : call[0].Type.Name(), call.Takes(1)[0]),
    };

    static KqlFunctions()
    {
        foreach (var (name, function) in s_texts.Concat(s_times).Concat(s_numbers).Concat(s_dynamics).Concat(s_addresses))
        {
            s_all.Add(name, function);
        }
    }

    public static Func<KqlCall, KqlScalar>? Find(string name) => s_all.GetValueOrDefault(name);

    private static bool IsEmpty(object? value) => value is null or "";

    private static KqlScalar Test(KqlCall call, Func<object?, bool> test)
    {
        var of = call.Takes(1)[0];
        return KqlScalar.Of(KqlType.Bool, row => test(of.Value(row)), of);
    }

    private static KqlScalar Iff(KqlCall call) => Case(call.Takes(3));

    private static KqlScalar Case(KqlCall call)
    {
        if (call.Arguments.Count < 3 || call.Arguments.Count % 2 == 0)
        {
            call.Takes(3);
        }

        var tests = new List<KqlScalar>();
        var results = new List<KqlScalar>();
        for (var i = 0; i < call.Arguments.Count; i += 2)
        {
            if (i + 1 < call.Arguments.Count)
            {
                tests.Add(call.Of(i, KqlType.Bool));
            }

            results.Add(call[Math.Min(i + 1, call.Arguments.Count - 1)]);
        }

        var type = Common(call, results);
        results = [.. results.Select(result => As(type, result))];
        return KqlScalar.Of(type, row =>
        {
            var i = 0;
            while (i < tests.Count && tests[i].Value(row) is not true)
            {
                i++;
            }

            return results[i].Value(row);
        }, [.. call.Arguments]);
    }

    private static KqlScalar Coalesce(KqlCall call)
    {
        call.Takes(2, 64);
        var type = Common(call, call.Arguments);
        KqlScalar[] values = [.. call.Arguments.Select(value => As(type, value))];
        return KqlScalar.Of(type, row => values.Select(value => value.Value(row)).FirstOrDefault(static value => !IsEmpty(value)) ?? type.Nothing(), values);
    }

    /// <summary>The type of all, numbers becoming the widest of theirs.</summary>
    private static KqlType Common(KqlCall call, IReadOnlyList<KqlScalar> of)
    {
        var types = of.Select(static one => one.Type).Distinct().ToList();
        return types switch
        {
            [var only] => only,
            _ when types.All(static type => type.IsNumber()) => types.Max(),
            _ when types.Contains(KqlType.Dynamic) => KqlType.Dynamic,
            _ => throw KqlException.Semantic($"{call.Name}(): arguments must be of one type, not {string.Join(", ", types.Select(KqlTypes.Name))}."),
        };
    }

    /// <summary>The same value as a wider number.</summary>
    private static KqlScalar As(KqlType type, KqlScalar of) => (type, of.Type) switch
    {
        (KqlType.Long, KqlType.Int) => KqlScalar.Of(type, row => of.Value(row) is int value ? (long)value : null, of),
        (KqlType.Real, KqlType.Int or KqlType.Long) => KqlScalar.Of(type, row => of.Value(row) is { } value ? KqlValue.Real(value) : null, of),
        _ => of with { Type = type },
    };

    /// <summary>Nulls are passed over.</summary>
    private static KqlScalar Extreme(KqlCall call, int sign)
    {
        call.Takes(2, 64);
        var type = Common(call, call.Arguments);
        KqlScalar[] values = [.. call.Arguments.Select(value => As(type, value))];
        return KqlScalar.Of(type, row =>
        {
            object? best = null;
            foreach (var value in values)
            {
                if (value.Value(row) is { } one && (best is null || KqlValue.Compare(one, best) * sign > 0))
                {
                    best = one;
                }
            }

            return best;
        }, values);
    }

    private static KqlScalar Hash(KqlCall call)
    {
        var of = call.Takes(1, 2).Of(0, KqlType.String, KqlType.DateTime, KqlType.Long);
        long? modulo = call.Arguments.Count > 1 ? call.Constant(1) : null;
        return call.Make(KqlType.Long, values => XxHash64.Of(values[0]) is var hash && modulo is { } divisor ? ((hash % divisor) + divisor) % divisor : hash, [of]);
    }
}
