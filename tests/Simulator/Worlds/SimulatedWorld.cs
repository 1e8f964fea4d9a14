using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>A tenant: who is in it, and what it has. Methods that add something return its id.</summary>
public sealed partial class SimulatedWorld
{
    internal const string GroupType = "Microsoft.Resources/resourceGroups";

    private readonly List<Principal> _principals = [];

    public SimulatedWorld()
    {
        Administrator = AddPrincipal("administrator").Grant("Owner", "/");
        ManagedIdentity = AddPrincipal("managed identity").Grant("Owner", "/");
    }

    public string TenantId { get; } = "72f988bf-0000-4000-8000-2d7cd011db47";

    public AzureState State { get; } = new();

    public IReadOnlyList<Principal> Principals => _principals;

    /// <summary>Who may do everything.</summary>
    public Principal Administrator { get; }

    /// <summary>Whose tokens the identity endpoint gives out.</summary>
    public Principal ManagedIdentity { get; }

    /// <summary>Somebody who may do nothing yet.</summary>
    public Principal AddPrincipal(string name)
    {
        var principal = new Principal(name, Guids.From("client " + name), Guids.From("object " + name), Guid.NewGuid().ToString("N"));
        _principals.Add(principal);
        return principal;
    }

    public SimulatedSubscription AddSubscription(string name, string? id = null)
    {
        var subscription = new SimulatedSubscription(id ?? Guids.From("subscription " + name), name, TenantId);
        State.Add(subscription);
        return subscription;
    }

    public string AddGroup(SimulatedSubscription subscription, string name, string location) =>
        State.Put(GroupJson($"{subscription.Scope}/resourceGroups/{name}", name, location));

    /// <summary>A lock on a scope: <c>ReadOnly</c> or <c>CanNotDelete</c>.</summary>
    public string AddLock(string scope, string level, string name = "lock") => State.Put(Json.Object(new
    {
        id = $"{scope}/providers/Microsoft.Authorization/locks/{name}",
        name,
        type = "Microsoft.Authorization/locks",
        properties = new { level, notes = string.Empty },
    }));

    /// <summary>Adds any resource.</summary>
    /// <param name="group">The id of its resource group.</param>
    /// <param name="type">For example <c>Microsoft.Network/routeTables</c>.</param>
    public string Add(string group, string type, string name, object properties, string? location = null) =>
        State.Put(New(group, type, name, location, Json.Object(properties)));

    internal static JsonObject GroupJson(string id, string name, string location) => Json.Object(new
    {
        id,
        name,
        type = GroupType,
        location = Region.Normalize(location),
        tags = new { },
        properties = new { provisioningState = "Succeeded" },
    });

    internal string StorageKey(string account, string key) => _storageKeys.TryGetValue(account, out var set)
        ? set
        : Convert.ToBase64String(SHA512.HashData(Encoding.UTF8.GetBytes(account + key)));

    private JsonObject New(string group, string type, string name, string? location, JsonObject properties)
    {
        properties["provisioningState"] ??= "Succeeded";
        var made = Json.Object(new
        {
            name,
            id = $"{group}/providers/{type}/{name}",
            type,
            location = location ?? State.Get(group).Text("location"),
            properties,
        });
        if (!type.StartsWith("Microsoft.Network/", StringComparison.Ordinal))
        {
            made["tags"] = new JsonObject();
            return made;
        }

        made["etag"] = ETag(made.Text("id")!);
        if (type != "Microsoft.Network/networkWatchers")
        {
            made.Properties()["resourceGuid"] = Guids.From(made.Text("id")!);
        }

        return made;
    }

    private static string ETag(string id) => $"W/\"{Guids.From("etag" + id)}\"";

    private static JsonObject Part(string owner, string list, string name, JsonObject properties)
    {
        properties["provisioningState"] ??= "Succeeded";
        var id = $"{owner}/{list}/{name}";
        return Json.Object(new { name, id, etag = ETag(id), type = ResourceId.Parse(id).Type, properties });
    }
}
