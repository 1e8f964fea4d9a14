using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>What ARM answers itself: tenants, subscriptions, resource groups, providers, and the list of everything.</summary>
internal sealed class Subscriptions(ArmContext azure)
{
    private const string GroupType = "Microsoft.Resources/subscriptions/resourceGroups";

    public ArmResponse Tenants(ArmRequest request)
    {
        var id = azure.World.TenantId;
        var tenant = new { id = "/tenants/" + id, tenantId = id, displayName = "Contoso", defaultDomain = "contoso.example", tenantType = "AAD" };
        return Paging.Page(request, [Json.Object(tenant)], azure.Options.PageSize);
    }

    public ArmResponse List(ArmRequest request) => Paging.Page(
        request,
        azure.State.Subscriptions.Where(s => request.Principal!.SeesSomethingIn(s.Scope)).Select(static s => s.ToJson()),
        azure.Options.PageSize);

    /// <summary>Paths under a subscription that name no provider.</summary>
    public ArmResponse Answer(ArmRequest request, ResourceId id)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var subscription = azure.Subscription(request);
        if (!request.Principal!.SeesSomethingIn(subscription.Scope))
        {
            ArmContext.Require(request, "Microsoft.Resources/subscriptions/read", subscription.Scope);
        }

        return (parts.Length, parts.Length > 2 ? parts[^1].ToLowerInvariant() : string.Empty) switch
        {
            (2, _) => ArmResponse.Ok(subscription.ToJson()),
            (3, "locations") => Paging.Page(request, Region.All.Select(r => r.ToJson(subscription.Scope)), int.MaxValue),
            (3, "resourcegroups") => Groups(request, subscription),
            (3 or 5, "resources") => Everything(request, id),
            (3, "providers") => Paging.Page(request, Namespaces().Select(n => ResourceProvider.ToJson(n, subscription)), int.MaxValue),
            (4, _) when ResourceId.Same(parts[2], "resourceGroups") => Group(request, id),
            _ => throw new ArmException(404, "InvalidResourceType", $"The path '{request.Path}' is not known."),
        };
    }

    /// <summary>A provider, and registration with it.</summary>
    public ArmResponse Provider(ArmRequest request, ResourceId id)
    {
        var subscription = id.Subscription is null ? azure.State.Subscriptions[0] : azure.Subscription(request);
        var name = Namespaces().FirstOrDefault(n => ResourceId.Same(n, id.Namespace))
            ?? throw new ArmException(404, "InvalidResourceNamespace", $"The resource namespace '{id.Namespace}' is invalid.");
        if (request.Method == "POST")
        {
            var isRegister = ResourceId.Same(id.Types[0], "register");
            ArmContext.Require(request, $"{name}/{id.Types[0]}/action", subscription.Scope);

            // The answer to the request says so still; who looks afterwards finds it done.
            subscription.Registrations[name] = isRegister ? "Registering" : "Unregistering";
            return ArmResponse.Ok(ResourceProvider.ToJson(name, subscription));
        }

        var answer = ResourceProvider.ToJson(name, subscription);
        if (subscription.RegistrationOf(name) is "Registering" or "Unregistering")
        {
            subscription.Registrations[name] = subscription.RegistrationOf(name) == "Registering" ? "Registered" : "Unregistered";
        }

        return ArmResponse.Ok(answer);
    }

    private static IEnumerable<string> Namespaces() =>
        ResourceProvider.All.Select(static p => p.Namespace).Distinct(StringComparer.OrdinalIgnoreCase);

    private ArmResponse Groups(ArmRequest request, SimulatedSubscription subscription)
    {
        var visible = azure.State.List(subscription.Scope, static id => id.Namespace is null)
            .Where(group => request.Principal!.SeesSomethingIn(group.Text("id")!));
        return Paging.Page(request, ResourceFilter.Apply(request, visible), azure.Options.PageSize);
    }

    private ArmResponse Group(ArmRequest request, ResourceId id)
    {
        var action = GroupType + (request.Method switch { "GET" or "HEAD" => "/read", "DELETE" => "/delete", _ => "/write" });
        ArmContext.Require(request, action, id.Text);
        var group = azure.State.Find(id.Text);
        switch (request.Method)
        {
            case "HEAD":
                return new ArmResponse(group is null ? 404 : 204);
            case "PUT":
                var body = request.Json();
                var made = SimulatedWorld.GroupJson(group.Text("id") ?? id.Text, id.Name, ArmContext.Location(body));
                made["tags"] = body["tags"]?.DeepClone() ?? new JsonObject();
                azure.State.Put(made);
                return new ArmResponse(group is null ? 201 : 200, made.DeepClone());
            case "DELETE":
                azure.RequireGroup(id);
                azure.RequireUnlocked(request, id.Text);
                azure.State.Remove(id.Text);
                return new ArmResponse(200);
            default:
                azure.RequireGroup(id);
                return ArmResponse.Ok(group!.DeepClone());
        }
    }

    /// <summary><c>/resources</c>: all that is tracked, without its properties.</summary>
    private ArmResponse Everything(ArmRequest request, ResourceId id)
    {
        azure.RequireGroup(id);
        var scope = id.Text[..id.Text.LastIndexOf('/')];
        var tracked = azure.State.List(scope, static i => i.Namespace is not null).Where(static r => r["location"] is not null);
        var all = GenericResources.Visible(request, tracked).Select(static resource =>
        {
            var summary = resource.Copy();
            summary.Remove("properties");
            summary.Remove("etag");
            return summary;
        });
        return Paging.Page(request, ResourceFilter.Apply(request, all), azure.Options.PageSize);
    }
}
