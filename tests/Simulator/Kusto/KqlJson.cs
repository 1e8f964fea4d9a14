using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NsgFlow.Simulator;

/// <summary>Dynamic values as JSON text, and back.</summary>
public static class KqlJson
{
    private static readonly JsonSerializerOptions s_text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON of a dynamic value. A real has a point, and what JSON cannot say is text.</summary>
    public static string Text(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>The value that a text is the JSON of; what is no JSON stays the text it is.</summary>
    public static object? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Value(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => Bag(json),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? (object)whole : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static Dictionary<string, object?> Bag(JsonElement json)
    {
        var bag = new Dictionary<string, object?>();
        foreach (var property in json.EnumerateObject())
        {
            bag[property.Name] = Value(property.Value);
        }

        return bag;
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case bool flag:
                text.Append(flag ? "true" : "false");
                break;
            case int or long:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case double number when double.IsFinite(number):
                var digits = number.ToString("R", CultureInfo.InvariantCulture);
                text.Append(digits).Append(digits.AsSpan().IndexOfAny(".E") < 0 ? ".0" : string.Empty);
                break;
            case object?[] items:
                WriteAll(text, '[', items, static (text, item) => Write(text, item), ']');
                break;
            case IReadOnlyDictionary<string, object?> bag:
                WriteAll(text, '{', bag, static (text, pair) =>
                {
                    Write(text, pair.Key);
                    text.Append(':');
                    Write(text, pair.Value);
                }, '}');
                break;
            default:
                text.Append(JsonSerializer.Serialize(KqlValue.Text(value), s_text));
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder text, char open, IEnumerable<T> items, Action<StringBuilder, T> write, char close)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            text.Append(isFirst ? string.Empty : ",");
            isFirst = false;
            write(text, item);
        }

        text.Append(close);
    }
}
