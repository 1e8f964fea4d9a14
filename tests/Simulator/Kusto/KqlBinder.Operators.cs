using System;

namespace NsgFlow.Simulator;

/// <content>Operators between two values.</content>
internal sealed partial class KqlBinder
{
    private static KqlScalar Binary(string sign, KqlScalar left, KqlScalar right) => sign switch
    {
        "and" or "or" => Logic(sign == "or", Truth(left), Truth(right)),
        "+" or "-" or "*" or "/" or "%" => KqlArithmetic.Combine(sign, left, right),
        "==" or "!=" => Equality(sign == "!=", left, right),
        "<" or "<=" or ">" or ">=" => Order(sign, left, right),
        "matches" => Matches(KqlCall.AsText(left), KqlCall.AsText(right)),
        _ => Text(sign, left, right),
    };

    private static KqlScalar Truth(KqlScalar of) => of.Type == KqlType.Bool
        ? of
        : throw KqlException.Semantic($"A value of type bool is expected, not {of.Type.Name()}.");

    /// <summary>false and anything is false, true or anything is true; else null is contagious.</summary>
    private static KqlScalar Logic(bool decides, KqlScalar left, KqlScalar right) => KqlScalar.Of(KqlType.Bool, row =>
    {
        var first = left.Value(row);
        if (first is bool one && one == decides)
        {
            return first;
        }

        var second = right.Value(row);
        return second is bool other && other == decides ? second : first is null || second is null ? null : !decides;
    }, left, right);

    private static KqlScalar Equality(bool isNot, KqlScalar left, KqlScalar right)
    {
        CheckComparable(left, right);
        return KqlScalar.Of(KqlType.Bool, row => KqlValue.AreEqual(left.Value(row), right.Value(row)) switch
        {
            { } equal => equal != isNot,
            null => null,
        }, left, right);
    }

    private static KqlScalar Order(string sign, KqlScalar left, KqlScalar right)
    {
        CheckComparable(left, right);
        Func<int, bool> holds = sign switch
        {
            "<" => static order => order < 0,
            "<=" => static order => order <= 0,
            ">" => static order => order > 0,
            _ => static order => order >= 0,
        };
        return KqlScalar.Of(
            KqlType.Bool,
            row => left.Value(row) is { } one && right.Value(row) is { } other ? one is not double.NaN && other is not double.NaN && holds(KqlValue.Compare(one, other)) : null,
            left,
            right);
    }

    internal static void CheckComparable(KqlScalar left, KqlScalar right)
    {
        if (left.Type != right.Type && !(left.Type.IsNumber() && right.Type.IsNumber()) && left.Type != KqlType.Dynamic && right.Type != KqlType.Dynamic)
        {
            throw new KqlException("SEM0064", $"Cannot compare values of types {left.Type.Name()} and {right.Type.Name()}. Try adding explicit casts");
        }
    }

    private static KqlScalar Matches(KqlScalar left, KqlScalar right) => KqlScalar.Of(
        KqlType.Bool,
        row => KqlPatterns.Of((string)right.Value(row)!).IsMatch((string)left.Value(row)!),
        left,
        right);

    private static KqlScalar Text(string word, KqlScalar left, KqlScalar right)
    {
        var isNot = word[0] == '!';
        var test = KqlTexts.Test(isNot ? (word == "!~" ? "=~" : word[1..]) : word);
        var one = KqlCall.AsText(left);
        var other = KqlCall.AsText(right);
        return KqlScalar.Of(KqlType.Bool, row => test((string)one.Value(row)!, (string)other.Value(row)!) != isNot, one, other);
    }
}
