using System;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Shortcuts for JSON nodes.</summary>
internal static class Json
{
    private static readonly JsonNodeOptions s_ignoreCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The object that an anonymous type stands for.</summary>
    public static JsonObject Object(object value) => (JsonObject)JsonSerializer.SerializeToNode(value)!;

    /// <summary>A list of objects.</summary>
    public static JsonArray Array(params ReadOnlySpan<JsonNode?> values)
    {
        var array = new JsonArray();
        foreach (var value in values)
        {
            array.Add(value);
        }

        return array;
    }

    /// <summary>Reads what a client sent. Azure takes property names in any case.</summary>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) => JsonNode.Parse(utf8, s_ignoreCase);

    /// <summary>A copy that belongs to nobody.</summary>
    public static JsonObject Copy(this JsonObject value) => (JsonObject)value.DeepClone();

    /// <summary>The text of a property; null when it is missing or something else.</summary>
    public static string? Text(this JsonNode? node, string name) =>
        node is JsonObject known && known[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>A yes or no; null when it is missing or something else.</summary>
    public static bool? Flag(this JsonNode? node, string name) =>
        node is JsonObject known && known[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : null;

    /// <summary>A whole number; null when it is missing or something else.</summary>
    public static int? Number(this JsonNode? node, string name) =>
        node is JsonObject known && known[name] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    /// <summary>An object; null when it is missing or something else.</summary>
    public static JsonObject? Child(this JsonNode? node, string name) => (node as JsonObject)?[name] as JsonObject;

    /// <summary>A list; an empty one when it is missing or something else.</summary>
    public static JsonArray List(this JsonNode? node, string name) => (node as JsonObject)?[name] as JsonArray ?? [];

    /// <summary>The resource's own properties, made when it has none.</summary>
    public static JsonObject Properties(this JsonObject resource)
    {
        if (resource["properties"] is not JsonObject properties)
        {
            resource["properties"] = properties = [];
        }

        return properties;
    }

    /// <summary>The list of that name in the resource's own properties, made when there is none.</summary>
    public static JsonArray OwnList(this JsonObject resource, string name)
    {
        var properties = resource.Properties();
        if (properties[name] is not JsonArray list)
        {
            properties[name] = list = [];
        }

        return list;
    }

    public static JsonObject Reference(string id) => new() { ["id"] = id };
}
