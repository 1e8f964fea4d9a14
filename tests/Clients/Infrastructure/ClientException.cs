using System;
using System.Text.Json.Nodes;

namespace NsgFlow.ClientTests.Infrastructure;

/// <summary>What a client of Microsoft's threw.</summary>
public sealed class ClientException(JsonNode error) : Exception(error.ToJsonString())
{
    /// <summary>The class: <c>RestError</c> for what the service refused.</summary>
    public string? Name => (string?)error["name"];

    /// <summary>The service's code as the client understood it.</summary>
    public string? Code => (string?)error["code"];

    /// <summary>The HTTP status as the client understood it.</summary>
    public int? Status => (int?)error["statusCode"];

    /// <summary>The error's own text.</summary>
    public string Text => (string?)error["message"] ?? string.Empty;
}
