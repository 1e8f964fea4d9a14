using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace NsgFlow.Query;

/// <summary>Takes a dynamic value apart, of which a row has the JSON text.</summary>
public static class LogsDynamic
{
    /// <summary>
    /// The lists and objects of a JSON text, with strings, longs, doubles, booleans and nulls in them. A text that is neither a list nor an object is left as it
    /// is: whether <c>007</c> was a number nobody knows any more.
    /// </summary>
    /// <param name="text">The value.</param>
    /// <param name="toObject">Makes an object of its members.</param>
    public static object? Read(string? text, Func<IReadOnlyList<KeyValuePair<string, object?>>, object> toObject)
    {
        if (toObject is null)
            throw new ArgumentNullException(nameof(toObject));
        if (text is null || text.TrimStart() is not { Length: > 1 } json || json[0] is not ('[' or '{'))
            return text;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), LogsRows.Options);
            reader.Read();
            var value = Value(ref reader, toObject);

            // Nothing may follow; reading on finds out.
            reader.Read();
            return value;
        }
        catch (JsonException)
        {
            // A string that only looks like JSON.
            return text;
        }
    }

    private static object? Value(ref Utf8JsonReader reader, Func<IReadOnlyList<KeyValuePair<string, object?>>, object> toObject)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                var items = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Value(ref reader, toObject));
                return items.ToArray();
            case JsonTokenType.StartObject:
                var members = new List<KeyValuePair<string, object?>>();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = LogsText.Of(ref reader);
                    reader.Read();
                    members.Add(new KeyValuePair<string, object?>(name, Value(ref reader, toObject)));
                }

                return toObject(members);
            case JsonTokenType.String:
                return LogsText.Of(ref reader);
            case JsonTokenType.Number:
                return reader.TryGetInt64(out var whole) ? whole : reader.TryGetDouble(out var real) ? real : LogsText.Utf8(reader.ValueSpan);
            case JsonTokenType.True or JsonTokenType.False:
                return reader.TokenType == JsonTokenType.True;
            default:
                return null;
        }
    }
}
