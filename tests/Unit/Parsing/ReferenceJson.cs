using System;
using System.Collections.Generic;
using System.Text.Json;

namespace NsgFlow.Unit.Parsing;

/// <summary>A JSON value with the place it stands at, built from the tokens of System.Text.Json.</summary>
public sealed class JsonNodeAt
{
    public JsonTokenType Type { get; private set; }

    /// <summary>Byte offset of the first character (for a string: of its opening quote).</summary>
    public int Start { get; private set; }

    /// <summary>Byte offset behind the last character (for a string: behind its closing quote).</summary>
    public int End { get; private set; }

    /// <summary>A string's meaning, or a number's text.</summary>
    public string Text { get; private set; } = string.Empty;

    public List<JsonNodeAt> Items { get; } = [];

    public List<KeyValuePair<string, JsonNodeAt>> Members { get; } = [];

    public bool IsObject => Type == JsonTokenType.StartObject;

    public bool IsArray => Type == JsonTokenType.StartArray;

    public bool IsString => Type == JsonTokenType.String;

    public bool IsNull => Type == JsonTokenType.Null;

    /// <summary>The JSON values of a text: one document, several, lines, or a fragment of one. Null when any of it is no JSON.</summary>
    public static List<JsonNodeAt>? ReadAll(byte[] text)
    {
        var values = new List<JsonNodeAt>();
        var at = 0;
        try
        {
            while (true)
            {
                at = SkipBetweenDocuments(text, at);
                if (at == text.Length)
                {
                    return values;
                }

                var reader = new Utf8JsonReader(new ReadOnlySpan<byte>(text, at, text.Length - at), isFinalBlock: true, state: new JsonReaderState(new JsonReaderOptions { MaxDepth = 60 }));
                if (!reader.Read())
                {
                    return null;
                }

                var value = ReadValue(ref reader, at);
                values.Add(value);
                at = value.End;
            }
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Between documents blanks, byte order marks, and the commas and closers of a fragment mean nothing.</summary>
    private static int SkipBetweenDocuments(byte[] text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)']' or (byte)'}')
            {
                at++;
            }
            else if (at + 2 < text.Length && text[at] == 0xEF && text[at + 1] == 0xBB && text[at + 2] == 0xBF)
            {
                at += 3;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    private static JsonNodeAt ReadValue(ref Utf8JsonReader reader, int origin)
    {
        var node = new JsonNodeAt { Type = reader.TokenType, Start = origin + (int)reader.TokenStartIndex };
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    node.Members.Add(new KeyValuePair<string, JsonNodeAt>(key, ReadValue(ref reader, origin)));
                }

                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    node.Items.Add(ReadValue(ref reader, origin));
                break;
            case JsonTokenType.String:
                node.Text = reader.GetString()!;
                break;
            case JsonTokenType.Number:
                node.Text = System.Text.Encoding.ASCII.GetString(reader.ValueSpan.ToArray());
                break;
        }

        node.End = origin + (int)reader.BytesConsumed;
        return node;
    }
}
