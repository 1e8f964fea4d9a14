using System;

namespace NsgFlow.Simulator;

/// <summary>+ - * / % between numbers, times and spans. Null is contagious; whole numbers stay whole, and int becomes long.</summary>
internal static class KqlArithmetic
{
    public static KqlScalar Negate(KqlScalar of) => of.Type switch
    {
        KqlType.Int => One(KqlType.Int, of, static value => -(int)value),
        KqlType.Long => One(KqlType.Long, of, static value => -KqlValue.Whole(value)),
        KqlType.Real => One(KqlType.Real, of, static value => -(double)value),
        KqlType.TimeSpan => One(KqlType.TimeSpan, of, static value => -(TimeSpan)value),
        _ => throw Refused("-", of.Type, of.Type),
    };

    public static KqlScalar Combine(string sign, KqlScalar left, KqlScalar right) => (left.Type, sign, right.Type) switch
    {
        (KqlType.Int or KqlType.Long, _, KqlType.Int or KqlType.Long) => Two(KqlType.Long, left, right, Whole(sign)),
        (KqlType.Int or KqlType.Long or KqlType.Real, _, KqlType.Int or KqlType.Long or KqlType.Real) => Two(KqlType.Real, left, right, Real(sign)),
        (KqlType.DateTime, "-", KqlType.DateTime) => Two(KqlType.TimeSpan, left, right, static (a, b) => (DateTime)a - (DateTime)b),
        (KqlType.DateTime, "+", KqlType.TimeSpan) => Two(KqlType.DateTime, left, right, static (a, b) => (DateTime)a + (TimeSpan)b),
        (KqlType.DateTime, "-", KqlType.TimeSpan) => Two(KqlType.DateTime, left, right, static (a, b) => (DateTime)a - (TimeSpan)b),
        (KqlType.TimeSpan, "+", KqlType.DateTime) => Two(KqlType.DateTime, left, right, static (a, b) => (DateTime)b + (TimeSpan)a),
        (KqlType.TimeSpan, "+", KqlType.TimeSpan) => Two(KqlType.TimeSpan, left, right, static (a, b) => (TimeSpan)a + (TimeSpan)b),
        (KqlType.TimeSpan, "-", KqlType.TimeSpan) => Two(KqlType.TimeSpan, left, right, static (a, b) => (TimeSpan)a - (TimeSpan)b),
        (KqlType.TimeSpan, "/", KqlType.TimeSpan) => Two(KqlType.Real, left, right, static (a, b) => (double)((TimeSpan)a).Ticks / ((TimeSpan)b).Ticks),
        (KqlType.TimeSpan, "%", KqlType.TimeSpan) => Two(KqlType.TimeSpan, left, right, static (a, b) => new TimeSpan(Modulo(((TimeSpan)a).Ticks, ((TimeSpan)b).Ticks))),
        (KqlType.TimeSpan, "*" or "/", KqlType.Int or KqlType.Long or KqlType.Real) => Two(
            KqlType.TimeSpan, left, right, sign == "*" ? static (a, b) => (TimeSpan)a * KqlValue.Real(b) : static (a, b) => (TimeSpan)a / KqlValue.Real(b)),
        (KqlType.Int or KqlType.Long or KqlType.Real, "*", KqlType.TimeSpan) => Two(KqlType.TimeSpan, left, right, static (a, b) => (TimeSpan)b * KqlValue.Real(a)),
        _ => throw Refused(sign, left.Type, right.Type),
    };

    private static Func<object, object, object?> Whole(string sign) => sign switch
    {
        "+" => static (a, b) => checked(KqlValue.Whole(a) + KqlValue.Whole(b)),
        "-" => static (a, b) => checked(KqlValue.Whole(a) - KqlValue.Whole(b)),
        "*" => static (a, b) => checked(KqlValue.Whole(a) * KqlValue.Whole(b)),
        "/" => static (a, b) => KqlValue.Whole(b) is not 0 and var divisor ? KqlValue.Whole(a) / divisor : throw KqlException.Unknown("what a whole number divided by zero is"),
        _ => static (a, b) => Modulo(KqlValue.Whole(a), KqlValue.Whole(b)),
    };

    private static Func<object, object, object?> Real(string sign) => sign switch
    {
        "+" => static (a, b) => KqlValue.Real(a) + KqlValue.Real(b),
        "-" => static (a, b) => KqlValue.Real(a) - KqlValue.Real(b),
        "*" => static (a, b) => KqlValue.Real(a) * KqlValue.Real(b),
        "/" => static (a, b) => KqlValue.Real(a) / KqlValue.Real(b),
        _ => throw KqlException.Unknown("% between reals"),
    };

    /// <summary>Never negative.</summary>
    private static long Modulo(long number, long divisor) => divisor == 0
        ? throw KqlException.Unknown("% by zero")
        : ((number % divisor) + Math.Abs(divisor)) % Math.Abs(divisor);

    private static KqlScalar One(KqlType type, KqlScalar of, Func<object, object?> compute) =>
        KqlScalar.Of(type, row => of.Value(row) is { } value ? compute(value) : null, of);

    private static KqlScalar Two(KqlType type, KqlScalar left, KqlScalar right, Func<object, object, object?> compute) => KqlScalar.Of(
        type,
        row => left.Value(row) is { } one && right.Value(row) is { } other ? compute(one, other) : null,
        left,
        right);

    private static KqlException Refused(string sign, KqlType left, KqlType right) =>
        new("SEM0060", $"Operator '{sign}' does not take values of types {left.Name()} and {right.Name()}. Try adding explicit casts");
}
