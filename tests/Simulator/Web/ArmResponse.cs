using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>An answer.</summary>
internal sealed class ArmResponse(int status, JsonNode? body = null)
{
    public int Status { get; } = status;

    public JsonNode? Body { get; } = body;

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    public static ArmResponse Ok(JsonNode body) => new(200, body);

    public ArmResponse With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
