using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Roles, what who asks may do, and locks, on any scope.</summary>
internal sealed class Authorization(ArmContext azure, GenericResources resources)
{
    public ArmResponse Answer(ArmRequest request, ResourceId id) => id.Types[0].ToLowerInvariant() switch
    {
        "permissions" => Permissions(request, id.Scope),
        "roledefinitions" => Definitions(request, id),
        "roleassignments" => Assignments(request, id),
        "locks" when id.EndsInType => Locks(request, id),
        "locks" => resources.Answer(request, id),
        _ => throw new ArmException(404, "InvalidResourceType", $"The resource type '{id.Types[0]}' could not be found in the namespace "
            + "'Microsoft.Authorization'."),
    };

    /// <summary>Anybody may ask about himself.</summary>
    private static ArmResponse Permissions(ArmRequest request, string scope) => Paging.Page(
        request,
        request.Principal!.Grants.Where(grant => ResourceId.IsUnder(scope, grant.Scope)).Select(static grant => grant.Role.Permissions()),
        int.MaxValue);

    private static ArmResponse Definitions(ArmRequest request, ResourceId id)
    {
        if (!id.EndsInType)
        {
            return ArmResponse.Ok(RoleDefinition.BuiltIn.FirstOrDefault(role => ResourceId.Same(role.Id, id.Name))?.ToJson(id.Scope)
                ?? throw new ArmException(404, "RoleDefinitionDoesNotExist", $"The specified role definition with ID '{id.Name}' "
                    + "does not exist."));
        }

        var filter = request.QueryValue("$filter");
        return Paging.Page(
            request,
            RoleDefinition.BuiltIn
                .Where(role => filter is null || ResourceId.Same(filter, $"roleName eq '{role.Name}'"))
                .Select(role => role.ToJson(id.Scope)),
            int.MaxValue);
    }

    /// <summary>Assignments at a scope, above it and, unless <c>atScope()</c> is asked, below it.</summary>
    private ArmResponse Assignments(ArmRequest request, ResourceId id)
    {
        var filter = request.QueryValue("$filter") ?? string.Empty;
        var atScope = filter.Contains("atScope()", StringComparison.OrdinalIgnoreCase);
        var who = Quoted(filter);
        var found =
            from principal in azure.World.Principals
            where who is null || ResourceId.Same(principal.ObjectId, who)
            from grant in principal.Grants
            where ResourceId.IsUnder(id.Scope, grant.Scope) || (!atScope && ResourceId.IsUnder(grant.Scope, id.Scope))
            select Assignment(principal, grant);
        return Paging.Page(request, found, azure.Options.PageSize);
    }

    private static string? Quoted(string filter) => filter.Split('\'') is { Length: > 2 } parts ? parts[1] : null;

    private static JsonObject Assignment(Principal principal, RoleGrant grant) => Json.Object(new
    {
        properties = new
        {
            roleDefinitionId = grant.Scope.TrimEnd('/') + "/providers/Microsoft.Authorization/roleDefinitions/" + grant.Role.Id,
            principalId = principal.ObjectId,
            principalType = "ServicePrincipal",
            scope = grant.Scope,
        },
        id = grant.Scope.TrimEnd('/') + "/providers/Microsoft.Authorization/roleAssignments/" + grant.Id,
        type = "Microsoft.Authorization/roleAssignments",
        name = grant.Id,
    });

    /// <summary>Locks at a scope, above it and, unless <c>atScope()</c> is asked, below it.</summary>
    private ArmResponse Locks(ArmRequest request, ResourceId id)
    {
        var atScope = request.QueryValue("$filter")?.Contains("atScope()", StringComparison.OrdinalIgnoreCase) == true;
        IEnumerable<JsonObject> found = azure.State.OfType("Microsoft.Authorization/locks").Where(l =>
        {
            var scope = ResourceId.Parse(l.Text("id")!).Scope;
            return ResourceId.IsUnder(id.Scope, scope) || (!atScope && ResourceId.IsUnder(scope, id.Scope));
        });
        return Paging.Page(request, found, azure.Options.PageSize);
    }
}
