using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Writes ids as Azure's services do: each in its own case. The same id comes back the same way every time.</summary>
internal static class IdCase
{
    public static void Vary(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Vary(item);
                }

                break;
            case JsonObject known:
                if (known.Text("id") is { } id && id.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase))
                {
                    known["id"] = Vary(id);
                }

                foreach (var (_, value) in known)
                {
                    Vary(value);
                }

                break;
        }
    }

    private static string Vary(string id)
    {
        var parsed = ResourceId.Parse(id);
        return (id.ToLowerInvariant().Sum(static c => c) & 3) switch
        {
            0 => id.Replace("/resourceGroups/", "/resourcegroups/", StringComparison.Ordinal),
            1 when parsed.Group is { } group => id.Replace($"/{group}/", $"/{group.ToUpperInvariant()}/", StringComparison.Ordinal),
            2 when parsed.Namespace is { } provider => id.Replace($"/{provider}/", $"/{provider.ToLowerInvariant()}/", StringComparison.Ordinal),
            _ => id.Replace("/FlowLogs/", "/flowLogs/", StringComparison.Ordinal),
        };
    }
}
