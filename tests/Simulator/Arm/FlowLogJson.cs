using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>What Azure makes of the body of a flow log: defaults filled in, order and spelling its own.</summary>
internal static class FlowLogJson
{
    private const string NoGuid = "00000000-0000-0000-0000-000000000000";

    public static JsonObject Make(ResourceId id, JsonObject watcher, JsonObject body, JsonObject? before, JsonObject target)
    {
        var sent = body.Properties();
        var properties = new JsonObject
        {
            ["provisioningState"] = "Updating",
            ["targetResourceId"] = sent.Text("targetResourceId"),
            ["targetResourceGuid"] = target.Properties().Text("resourceGuid") ?? NoGuid,
            ["storageId"] = sent.Text("storageId"),
        };
        Keep(sent, properties, "enabledFilteringCriteria");
        Keep(sent, properties, "recordTypes");
        properties["enabled"] = sent.Flag("enabled") ?? false;
        properties["flowAnalyticsConfiguration"] = Analytics(sent.Child("flowAnalyticsConfiguration"));
        properties["retentionPolicy"] = new JsonObject
        {
            ["days"] = sent.Child("retentionPolicy").Number("days") ?? 0,
            ["enabled"] = sent.Child("retentionPolicy").Flag("enabled") ?? false,
        };
        properties["format"] = new JsonObject
        {
            ["type"] = sent.Child("format").Text("type") ?? "JSON",
            ["version"] = sent.Child("format").Number("version") ?? 1,
        };

        // Recordings of 2020 and the specification's examples of 2025 both have a capital F here, in the id and in the type.
        var made = new JsonObject
        {
            ["name"] = id.Name,
            ["id"] = before.Text("id") ?? $"{watcher.Text("id")}/FlowLogs/{id.Name}",
            ["etag"] = watcher.Text("etag"),
            ["properties"] = properties,
            ["type"] = "Microsoft.Network/networkWatchers/FlowLogs",
            ["location"] = watcher.Text("location"),
        };
        if (body["tags"] is JsonObject tags)
        {
            made["tags"] = tags.DeepClone();
        }

        if (body.Child("identity") is { } identity)
        {
            made["identity"] = Identity(identity);
        }

        return made;
    }

    /// <summary>Traffic Analytics sent without <c>enabled</c> is off, and nothing says so: the recording of azure-cli.</summary>
    private static JsonObject Analytics(JsonObject? sent)
    {
        const string Inner = "networkWatcherFlowAnalyticsConfiguration";
        if (sent.Child(Inner) is not { } inner)
        {
            return [];
        }

        var made = new JsonObject { ["enabled"] = inner.Flag("enabled") ?? false };
        Keep(inner, made, "workspaceId");
        Keep(inner, made, "workspaceRegion");
        Keep(inner, made, "workspaceResourceId");
        made["trafficAnalyticsInterval"] = inner.Number("trafficAnalyticsInterval") ?? 60;
        return new JsonObject { [Inner] = made };
    }

    private static JsonObject Identity(JsonObject sent)
    {
        var made = new JsonObject { ["type"] = sent.Text("type") };
        if (sent.Child("userAssignedIdentities") is { } identities)
        {
            var known = new JsonObject();
            foreach (var (id, _) in identities)
            {
                known[id] = Json.Object(new { clientId = Guids.From(id + "#client"), principalId = Guids.From(id) });
            }

            made["userAssignedIdentities"] = known;
        }

        return made;
    }

    private static void Keep(JsonObject from, JsonObject to, string name)
    {
        if (from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
    }
}
