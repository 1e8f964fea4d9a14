using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>A request that the simulator was sent. Tokens and secrets are not kept.</summary>
public sealed record RecordedRequest(
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body)
{
    public DateTimeOffset Time { get; } = DateTimeOffset.UtcNow;

    /// <summary>How it was answered; 0 when the connection was cut.</summary>
    public int Status { get; internal set; }

    /// <summary>Whether it asks to change something: the POSTs that only read are Resource Graph's, key listing and sign-in.</summary>
    public bool Writes => Method is "PUT" or "PATCH" or "DELETE" || (Method == "POST" && !IsRead);

    /// <summary>The body as JSON; null when there is none.</summary>
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    private bool IsRead => Ends("/providers/Microsoft.ResourceGraph/resources") || Ends("/listKeys") || Ends("/queryFlowLogStatus")
        || Ends("/oauth2/v2.0/token") || Ends("/oauth2/token") || Ends("/query");

    public override string ToString() => $"{Method} {Path} -> {Status}";

    private bool Ends(string text) => Path.EndsWith(text, StringComparison.OrdinalIgnoreCase);
}
