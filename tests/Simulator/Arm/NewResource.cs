using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>What a provider adds to a resource that a client puts.</summary>
internal static class NewResource
{
    private const string Nsgs = "Microsoft.Network/networkSecurityGroups";
    private const string Watchers = "Microsoft.Network/networkWatchers";
    private const string Workspaces = "Microsoft.OperationalInsights/workspaces";

    private static readonly string[] s_read = ["id", "name", "type", "etag"];

    public static JsonObject From(ArmContext azure, ResourceId id, JsonObject body, JsonObject? before)
    {
        var isTracked = id.Types.Count == 1 && !ResourceId.Same(id.Namespace, "Microsoft.Authorization");
        if (isTracked)
        {
            Location(id, body, before);
        }

        if (before is null && id.IsType(Watchers))
        {
            OneWatcher(azure, id, body);
        }

        var made = new JsonObject
        {
            ["name"] = id.Name,
            ["id"] = before.Text("id") ?? (id.IsType(Workspaces) ? SimulatedWorld.WorkspaceId(id) : id.Text),
            ["type"] = id.Type,
        };
        foreach (var (name, value) in body.Where(static p => !s_read.Contains(p.Key, StringComparer.OrdinalIgnoreCase)))
        {
            made[name] = value?.DeepClone();
        }

        if (isTracked)
        {
            made["location"] = Region.Normalize(body.Text("location"));
        }

        made.Properties()["provisioningState"] = "Succeeded";
        if (ResourceId.Same(id.Namespace, "Microsoft.Network"))
        {
            made["etag"] = $"W/\"{Guid.NewGuid():D}\"";
            KeepLinks(before, made);
            if (!id.IsType(Watchers))
            {
                Assign(made, before, "resourceGuid", Guids.From(id.Text));
            }

            if (id.IsType(Nsgs))
            {
                var rules = DefaultRules.All.Select(static r => new JsonObject { ["name"] = r.Name, ["properties"] = r.Properties });
                made.Properties()["defaultSecurityRules"] = Json.Array([.. rules]);
            }

            Children.Complete(made);
        }
        else if (id.IsType(Workspaces))
        {
            Assign(made, before, "customerId", Guids.From(id.Text));
        }
        else if (id.IsType("Microsoft.Storage/storageAccounts"))
        {
            Assign(made, before, "primaryEndpoints", Json.Object(new { blob = $"https://{id.Name}.blob.core.windows.net/" }));
        }

        return made;
    }

    /// <summary>Who uses it is not the client's to say.</summary>
    private static void KeepLinks(JsonObject? before, JsonObject made)
    {
        string[] links = ResourceId.Same(made.Text("type"), Nsgs) ? ["flowLogs", "networkInterfaces", "subnets"] : ["flowLogs"];
        foreach (var link in links)
        {
            made.Properties().Remove(link);
            if (before?.Properties()[link] is { } known)
            {
                made.Properties()[link] = known.DeepClone();
            }
        }
    }

    /// <summary>Sets what the service makes up once and keeps.</summary>
    private static void Assign(JsonObject made, JsonObject? before, string name, JsonNode value) =>
        made.Properties()[name] = before?.Properties()[name]?.DeepClone() ?? value;

    private static void Location(ResourceId id, JsonObject body, JsonObject? before)
    {
        var location = ArmContext.Location(body);
        if (Region.All.All(r => r.Name != Region.Normalize(location)))
        {
            throw new ArmException(400, "LocationNotAvailableForResourceType", $"The provided location '{location}' is not available for "
                + $"resource type '{id.Type}'.");
        }

        if (before is not null && Region.Normalize(before.Text("location")) != Region.Normalize(location))
        {
            throw new ArmException(
                409,
                "InvalidResourceLocation",
                $"The resource '{id.Name}' already exists in location '{before.Text("location")}' in resource group '{id.Group}'. A "
                    + $"resource with the same name cannot be created in location '{location}'. Please select a new resource name.");
        }
    }

    private static void OneWatcher(ArmContext azure, ResourceId id, JsonObject body)
    {
        var region = Region.Normalize(body.Text("location"));
        if (azure.State.OfType(Watchers, "/subscriptions/" + id.Subscription).Any(w => Region.Normalize(w.Text("location")) == region))
        {
            throw new ArmException(400, "NetworkWatcherCountLimitReached", "Cannot create more than 1 network watchers for this "
                + "subscription in this region.");
        }
    }
}
