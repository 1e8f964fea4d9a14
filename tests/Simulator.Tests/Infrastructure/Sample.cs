using System.Text.Json.Nodes;
using NsgFlow.Unit.Parsing;

namespace NsgFlow.SimulatorTests.Infrastructure;

/// <summary>A shared sample as JSON.</summary>
internal static class Sample
{
    public static JsonNode Read(string name) => JsonNode.Parse(SharedSamples.Read(name))!;
}
