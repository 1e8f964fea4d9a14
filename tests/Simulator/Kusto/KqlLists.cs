using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <summary>in, has_any and their like: a value against a list of values, arrays and columns of tables.</summary>
internal static class KqlLists
{
    public static KqlScalar Match(string word, bool isNot, KqlScalar left, IReadOnlyList<KqlScalar> items) => word switch
    {
        "in" => In(isNot, left, items),
        "in~" => InAnyCase(isNot, left, items),
        _ => Terms(word == "has_all", left, items),
    };

    /// <summary>Like a row of == joined by or; !in like a row of != joined by and.</summary>
    private static KqlScalar In(bool isNot, KqlScalar left, IReadOnlyList<KqlScalar> items)
    {
        foreach (var item in items)
        {
            KqlBinder.CheckComparable(left, item);
        }

        if (left.Type == KqlType.String && items.All(static item => item.IsConstant))
        {
            var known = new Lazy<HashSet<object>>(() => [.. Values(items, []).OfType<string>()]);
            return KqlScalar.Of(KqlType.Bool, row => known.Value.Contains(left.Value(row)!) != isNot, [left, .. items]);
        }

        return KqlScalar.Of(KqlType.Bool, row => Has(left.Value(row), Values(items, row)) switch { { } has => has != isNot, null => null }, [left, .. items]);
    }

    private static bool? Has(object? value, IEnumerable<object?> values)
    {
        bool? has = false;
        foreach (var other in values)
        {
            switch (KqlValue.AreEqual(value, other))
            {
                case true:
                    return true;
                case null:
                    has = null;
                    break;
            }
        }

        return has;
    }

    private static KqlScalar InAnyCase(bool isNot, KqlScalar left, IReadOnlyList<KqlScalar> items)
    {
        var text = KqlCall.AsText(left);
        if (items.All(static item => item.IsConstant))
        {
            var known = new Lazy<HashSet<string>>(() => new HashSet<string>(Values(items, []).Select(KqlValue.Text), StringComparer.OrdinalIgnoreCase));
            return KqlScalar.Of(KqlType.Bool, row => known.Value.Contains((string)text.Value(row)!) != isNot, [text, .. items]);
        }

        return KqlScalar.Of(
            KqlType.Bool,
            row => Values(items, row).Any(other => string.Equals((string)text.Value(row)!, KqlValue.Text(other), StringComparison.OrdinalIgnoreCase)) != isNot,
            [text, .. items]);
    }

    private static KqlScalar Terms(bool needsAll, KqlScalar left, IReadOnlyList<KqlScalar> items)
    {
        var text = KqlCall.AsText(left);
        return KqlScalar.Of(KqlType.Bool, row =>
        {
            var whole = (string)text.Value(row)!;
            var terms = Values(items, row).Select(KqlValue.Text);

            // "Up to 10,000 distinct values": Kusto says nothing of what comes behind them.
            if (!needsAll)
            {
                terms = terms.Distinct(StringComparer.Ordinal).Take(MostTerms);
            }

            return needsAll ? terms.All(term => KqlTexts.HasTerm(whole, term, Ordinary)) : terms.Any(term => KqlTexts.HasTerm(whole, term, Ordinary));
        }, [text, .. items]);
    }

    private const int MostTerms = 10_000;
    private const StringComparison Ordinary = StringComparison.OrdinalIgnoreCase;

    private static IEnumerable<object?> Values(IReadOnlyList<KqlScalar> items, object?[] row)
    {
        foreach (var item in items)
        {
            var value = item.Value(row);
            if (value is object?[] array && item.Type == KqlType.Dynamic)
            {
                foreach (var one in array)
                {
                    yield return one;
                }
            }
            else
            {
                yield return value;
            }
        }
    }
}
