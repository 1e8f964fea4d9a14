using System;
using System.Collections.Generic;
using System.IO.Enumeration;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>A role: what whoever has it may do.</summary>
public sealed record RoleDefinition(
    string Name, string Id, IReadOnlyList<string> Actions, IReadOnlyList<string> NotActions, IReadOnlyList<string> DataActions)
{
    private const string Rights = "Microsoft.Authorization/*/";
    private const string Blobs = "Microsoft.Storage/storageAccounts/blobServices/";
    private const string Containers = Blobs + "containers/";
    private const string Workspaces = "Microsoft.OperationalInsights/workspaces/";

    /// <summary>The built-in roles that flow logs are about, with Azure's own ids.</summary>
    public static IReadOnlyList<RoleDefinition> BuiltIn { get; } =
    [
        new("Owner", "8e3af657-a8ff-443c-a75c-2fe8c4bcb635", ["*"], [], []),
        new("Contributor", "b24988ac-6180-42a0-ab88-20f7382dd24c", ["*"], [Rights + "Delete", Rights + "Write"], []),
        new("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7", ["*/read"], [], []),
        new(
            "Network Contributor",
            "4d97b98b-1d4f-4787-a291-c67834d212e7",
            [Rights + "read", "Microsoft.Network/*", "Microsoft.Resources/subscriptions/resourceGroups/read"],
            [],
            []),
        new("Storage Account Contributor", "17d1049b-9a84-46fb-8f53-869881c3d3ab", [Rights + "read", "Microsoft.Storage/storageAccounts/*"], [], []),
        new(
            "Storage Blob Data Reader",
            "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            [Containers + "read", Blobs + "generateUserDelegationKey/action"],
            [],
            [Containers + "blobs/read"]),
        new(
            "Storage Blob Data Contributor",
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            [Containers + "read", Containers + "write", Containers + "delete", Blobs + "generateUserDelegationKey/action"],
            [],
            [Containers + "blobs/read", Containers + "blobs/write", Containers + "blobs/delete"]),
        new(
            "Log Analytics Reader",
            "73c42c96-874c-492b-b04d-ab87d138a893",
            ["*/read", Workspaces + "analytics/query/action", Workspaces + "search/action"],
            [Workspaces + "sharedKeys/read"],
            []),
        new(
            "Log Analytics Contributor",
            "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
            ["*/read", "Microsoft.OperationalInsights/*", "Microsoft.Insights/dataCollectionRules/*"],
            [],
            []),
    ];

    /// <summary>A role by name; a name that looks like an action (<c>Microsoft.Network/*/read</c>) is a role of just that.</summary>
    public static RoleDefinition Find(string name) => BuiltIn.FirstOrDefault(role => ResourceId.Same(role.Name, name))
        ?? (name.Contains('/', StringComparison.Ordinal)
            ? new RoleDefinition(name, Guid.NewGuid().ToString("D"), [name], [], [])
            : throw new ArgumentException($"There is no role '{name}'.", nameof(name)));

    public bool Allows(string action) => Actions.Any(a => Fits(a, action)) && !NotActions.Any(a => Fits(a, action));

    internal JsonObject ToJson(string scope) => Json.Object(new
    {
        id = scope + "/providers/Microsoft.Authorization/roleDefinitions/" + Id,
        name = Id,
        type = "Microsoft.Authorization/roleDefinitions",
        properties = new
        {
            roleName = Name,
            type = "BuiltInRole",
            description = string.Empty,
            assignableScopes = new[] { "/" },
            permissions = new[] { Permissions() },
        },
    });

    internal JsonObject Permissions() =>
        Json.Object(new { actions = Actions, notActions = NotActions, dataActions = DataActions, notDataActions = System.Array.Empty<string>() });

    private static bool Fits(string pattern, string action) => FileSystemName.MatchesSimpleExpression(pattern, action);
}
