using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>A request, read.</summary>
internal sealed class ArmRequest
{
    public required string Method { get; init; }

    /// <summary>The path, unescaped, without a slash at its end.</summary>
    public required string Path { get; init; }

    public required IReadOnlyDictionary<string, string> Query { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Where the simulator is, for links in answers.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Who asks; set once the token was checked.</summary>
    public Principal? Principal { get; set; }

    public ResourceId Target => ResourceId.Parse(Path);

    public string? ApiVersion => QueryValue("api-version");

    public bool Writes => Method is "PUT" or "PATCH" or "POST" or "DELETE";

    public string? QueryValue(string name) => Query.TryGetValue(name, out var value) ? value : null;

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The body, which must be a JSON object.</summary>
    public JsonObject Json()
    {
        try
        {
            return Simulator.Json.Parse(Body) as JsonObject ?? throw Invalid("The request content is not an object.");
        }
        catch (JsonException failure)
        {
            throw Invalid($"The request content was invalid and could not be deserialized: '{failure.Message}'.");
        }
    }

    private static ArmException Invalid(string message) => new(400, "InvalidRequestContent", message);
}
