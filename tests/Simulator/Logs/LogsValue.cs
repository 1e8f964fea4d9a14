using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>How the service writes values that are no JSON of their own.</summary>
internal static class LogsValue
{
    public static string Text(object value) => value switch
    {
        string text => text,
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Guid id => id.ToString("D"),
        double number => double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity",
        _ => throw new InvalidOperationException($"The engine gave a {value.GetType()}."),
    };

    /// <summary>What is in a dynamic value, as JSON.</summary>
    public static JsonNode? Dynamic(object? value)
    {
        switch (value)
        {
            case null:
                return null;
            case bool flag:
                return flag;
            case int number:
                return number;
            case long number:
                return number;
            case double number when double.IsFinite(number):
                return number;
            case object?[] list:
                return new JsonArray(System.Array.ConvertAll(list, Dynamic));
            case IReadOnlyDictionary<string, object?> bag:
                var known = new JsonObject();
                foreach (var (name, item) in bag)
                {
                    known[name] = Dynamic(item);
                }

                return known;
            default:
                return Text(value);
        }
    }
}
