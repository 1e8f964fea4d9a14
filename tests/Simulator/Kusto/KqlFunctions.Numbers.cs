using System;
using System.Collections.Generic;
using System.Globalization;

namespace NsgFlow.Simulator;

/// <content>Conversions and bins.</content>
internal static partial class KqlFunctions
{
    private static readonly Dictionary<string, Func<KqlCall, KqlScalar>> s_numbers = new()
    {
        ["toint"] = static call => Convert(call, call.Takes(1)[0], KqlType.Int),
        ["tolong"] = static call => Convert(call, call.Takes(1)[0], KqlType.Long),
        ["toreal"] = static call => Convert(call, call.Takes(1)[0], KqlType.Real),
        ["todouble"] = static call => Convert(call, call.Takes(1)[0], KqlType.Real),
        ["tobool"] = static call => Convert(call, call.Takes(1)[0], KqlType.Bool),
        ["todatetime"] = static call => Convert(call, call.Takes(1)[0], KqlType.DateTime),
        ["totimespan"] = static call => Convert(call, call.Takes(1)[0], KqlType.TimeSpan),
        ["toguid"] = static call => Convert(call, call.Takes(1)[0], KqlType.Guid),
        ["bin"] = static call => Bin(call.Takes(2), null),
        ["floor"] = static call => Bin(call.Takes(2), null),
        ["bin_at"] = static call => Bin(call.Takes(3), call[2]),
        ["abs"] = static call => call.Takes(1).Make(call[0].Type, static values => values[0] is double number ? (object)Math.Abs(number) : Math.Abs(KqlValue.Whole(values[0])), [call.Of(0, KqlType.Long, KqlType.Real)]),
        ["round"] = static call => call.Takes(1, 2).Make(
            KqlType.Real, static values => Math.Round((double)values[0], values.Length > 1 ? (int)KqlValue.Whole(values[1]) : 0, MidpointRounding.AwayFromZero)),
        ["isnan"] = static call => call.Takes(1).Make(KqlType.Bool, static values => double.IsNaN((double)values[0]), [call.Of(0, KqlType.Real)]),
        ["isfinite"] = static call => call.Takes(1).Make(KqlType.Bool, static values => double.IsFinite((double)values[0]), [call.Of(0, KqlType.Real)]),
    };

    /// <summary>What cannot be converted is null.</summary>
    private static KqlScalar Convert(KqlCall call, KqlScalar of, KqlType type)
    {
        var from = of.Type;
        if (from == type)
        {
            return of;
        }

        Func<object, object?> to = type switch
        {
            KqlType.Int => static value => Whole(value) is { } number ? number is >= int.MinValue and <= int.MaxValue ? (int)number : throw KqlException.Unknown("a number that is no int as an int") : null,
            KqlType.Long => static value => Whole(value),
            KqlType.Real => static value => Number(value),
            KqlType.Bool => static value => value is string text ? Flag(text) : value is bool flag ? flag : Whole(value) is { } number ? number != 0 : null,
            KqlType.DateTime => static value => value is DateTime ? value : value is string text ? KqlLiterals.DateTime(text) : null,
            KqlType.TimeSpan => static value => value is TimeSpan ? value : value is string text ? KqlLiterals.TimeSpan(text) : null,
            _ => static value => value is Guid ? value : value is string text && Guid.TryParse(text, out var guid) ? guid : null,
        };
        var isKnown = from is KqlType.String or KqlType.Dynamic || (from is KqlType.Bool && type.IsNumber()) || (from.IsNumber() && (type.IsNumber() || type == KqlType.Bool));
        return isKnown ? call.Make(type, values => to(values[0]), [of]) : throw KqlException.Unknown($"what {call.Name} makes of a {from.Name()}");
    }

    private static long? Whole(object value) => value switch
    {
        long or int => KqlValue.Whole(value),
        bool flag => flag ? 1 : 0,
        double number when double.IsFinite(number) => (long)number,
        string text when long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        string text when double.TryParse(text, CultureInfo.InvariantCulture, out _) => throw KqlException.Unknown($"which whole number the text '{text}' is"),
        _ => null,
    };

    private static double? Number(object value) => value switch
    {
        int or long or double => KqlValue.Real(value),
        bool flag => flag ? 1 : 0,
        string text when double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>The multiple of a size at or below a value, counted from zero or from a fixed point.</summary>
    private static KqlScalar Bin(KqlCall call, KqlScalar? origin)
    {
        var of = call.Of(0, KqlType.Int, KqlType.Long, KqlType.Real, KqlType.TimeSpan, KqlType.DateTime);
        var isTime = of.Type is KqlType.TimeSpan or KqlType.DateTime;
        var size = isTime ? call.Of(1, KqlType.TimeSpan) : call.Of(1, KqlType.Int, KqlType.Long, KqlType.Real);
        var type = size.Type == KqlType.Real ? KqlType.Real : of.Type == KqlType.Int ? KqlType.Long : of.Type;
        Func<object, object, object?, object?> bin = isTime ? BinTime : type == KqlType.Real ? BinReal : BinWhole;
        KqlScalar[] arguments = origin is null ? [of, size] : [of, size, origin];
        return call.Make(type, values => bin(values[0], values[1], values.Length > 2 ? values[2] : null), arguments);
    }

    private static object? BinTime(object value, object size, object? origin)
    {
        var step = ((TimeSpan)size).Ticks;
        if (step <= 0)
        {
            return null;
        }

        if (value is TimeSpan span)
        {
            return new TimeSpan(Floor(span.Ticks, step, origin is null ? 0 : ((TimeSpan)origin).Ticks));
        }

        // Whether the steps begin in the year 1 or in 1970 is told differently, and often no matter.
        if (origin is null && DateTime.UnixEpoch.Ticks % step != 0)
        {
            throw KqlException.Unknown($"where bins of {size} begin; use bin_at()");
        }

        return new DateTime(Floor(((DateTime)value).Ticks, step, origin is null ? 0 : ((DateTime)origin).Ticks), DateTimeKind.Utc);
    }

    private static object? BinWhole(object value, object size, object? origin) =>
        KqlValue.Whole(size) is > 0 and var step ? Floor(KqlValue.Whole(value), step, origin is null ? 0 : KqlValue.Whole(origin)) : null;

    private static object? BinReal(object value, object size, object? origin)
    {
        var start = origin is null ? 0 : KqlValue.Real(origin);
        return KqlValue.Real(size) is > 0 and var step ? (Math.Floor((KqlValue.Real(value) - start) / step) * step) + start : null;
    }

    private static long Floor(long value, long step, long origin)
    {
        var rest = (value - origin) % step;
        return value - (rest < 0 ? rest + step : rest);
    }
}
