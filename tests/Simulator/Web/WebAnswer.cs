using System.Collections.Generic;
using System.Text;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>An answer as it is sent.</summary>
internal sealed record WebAnswer(int Status, byte[] Body, IEnumerable<KeyValuePair<string, string>> Headers)
{
    public WebAnswer(int status, JsonNode? body, IEnumerable<KeyValuePair<string, string>>? headers = null)
        : this(status, body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString()), headers ?? [])
    {
    }
}
