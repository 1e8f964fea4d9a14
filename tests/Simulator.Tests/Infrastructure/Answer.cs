using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.SimulatorTests.Infrastructure;

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, IReadOnlyDictionary<string, string> Headers, JsonNode? Body)
{
    public string? Code => Body?["error"]?["code"]?.ToString();

    public string? Message => Body?["error"]?["message"]?.ToString();

    public JsonNode Properties => Body!["properties"]!;
}
