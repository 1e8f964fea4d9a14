using System;
using System.Collections.Generic;

namespace NsgFlow.Simulator;

/// <summary>The names of types, as queries and answers write them.</summary>
public static class KqlTypes
{
    private static readonly Dictionary<string, KqlType> s_named = new(StringComparer.Ordinal)
    {
        ["bool"] = KqlType.Bool,
        ["boolean"] = KqlType.Bool,
        ["datetime"] = KqlType.DateTime,
        ["date"] = KqlType.DateTime,
        ["dynamic"] = KqlType.Dynamic,
        ["guid"] = KqlType.Guid,
        ["int"] = KqlType.Int,
        ["long"] = KqlType.Long,
        ["real"] = KqlType.Real,
        ["double"] = KqlType.Real,
        ["string"] = KqlType.String,
        ["timespan"] = KqlType.TimeSpan,
        ["time"] = KqlType.TimeSpan,
    };

    public static string Name(this KqlType type) => type switch
    {
        KqlType.Bool => "bool",
        KqlType.DateTime => "datetime",
        KqlType.Dynamic => "dynamic",
        KqlType.Guid => "guid",
        KqlType.Int => "int",
        KqlType.Long => "long",
        KqlType.Real => "real",
        KqlType.String => "string",
        _ => "timespan",
    };

    /// <summary>The type of a name that is known to be one.</summary>
    internal static KqlType Of(string name) => s_named[name];

    public static bool TryParse(string name, out KqlType type) => s_named.TryGetValue(name, out type);

    /// <summary>What stands where no value is: an empty string, or null.</summary>
    internal static object? Nothing(this KqlType type) => type == KqlType.String ? string.Empty : null;

    internal static bool IsNumber(this KqlType type) => type is KqlType.Int or KqlType.Long or KqlType.Real;

    internal static bool IsWhole(this KqlType type) => type is KqlType.Int or KqlType.Long;
}
