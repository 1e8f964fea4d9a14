using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NsgFlow.Arm;

/// <summary>
/// A JSON value of an answer. What is not there is an empty node, so a path can be asked for without looking at each step; names are compared
/// without case, as ARM does. (It hides System.Text.Json, whose version differs between the load contexts.)
/// </summary>
public readonly struct ArmNode
{
    private readonly JsonElement _element;

    private ArmNode(JsonElement element) => _element = element;

    /// <summary>Whether there is a value, null included not.</summary>
    public bool Exists => _element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>The value as text when it is a string or a number; else null.</summary>
    public string? Text => _element.ValueKind switch
    {
        JsonValueKind.String => _element.GetString(),
        JsonValueKind.Number => _element.GetRawText(),
        _ => null,
    };

    /// <summary>The value as a whole number, also when it was written as text; else null.</summary>
    public long? Number => long.TryParse(Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The value as true or false, also when it was written as text; else null.</summary>
    public bool? Flag => _element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => bool.TryParse(_element.GetString(), out var flag) ? flag : null,
        _ => null,
    };

    /// <summary>The elements of a list; none when it is no list.</summary>
    public IEnumerable<ArmNode> Items
    {
        get
        {
            if (_element.ValueKind != JsonValueKind.Array)
                yield break;
            foreach (var item in _element.EnumerateArray())
                yield return new ArmNode(item);
        }
    }

    /// <summary>Names and values of an object; none when it is none.</summary>
    public IEnumerable<KeyValuePair<string, ArmNode>> Members
    {
        get
        {
            if (_element.ValueKind != JsonValueKind.Object)
                yield break;
            foreach (var member in _element.EnumerateObject())
                yield return new KeyValuePair<string, ArmNode>(member.Name, new ArmNode(member.Value));
        }
    }

    /// <summary>The JSON; <c>null</c> when there is nothing.</summary>
    public string Json => _element.ValueKind == JsonValueKind.Undefined ? "null" : _element.GetRawText();

    /// <summary>The value of a name; an empty node when there is none.</summary>
    public ArmNode this[string name]
    {
        get
        {
            if (_element.ValueKind != JsonValueKind.Object)
                return default;
            if (_element.TryGetProperty(name, out var exact))
                return new ArmNode(exact);
            foreach (var member in _element.EnumerateObject())
            {
                if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
                    return new ArmNode(member.Value);
            }

            return default;
        }
    }

    /// <summary>Reads JSON.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ArmNode Parse(byte[] utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return new ArmNode(document.RootElement.Clone());
        }
        catch (JsonException failure)
        {
            throw new FormatException("The text is no JSON: " + failure.Message, failure);
        }
    }

    /// <summary>Reads JSON.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ArmNode Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    /// <summary>The JSON.</summary>
    public override string ToString() => Json;
}
