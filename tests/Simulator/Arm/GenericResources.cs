using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>Every resource that has no behaviour of its own: read, list, write, tag, delete.</summary>
internal sealed class GenericResources(ArmContext azure)
{
    // Of a whole subscription Azure does not list these.
    private static readonly string[] s_listedByGroup =
        ["Microsoft.Network/virtualNetworkGateways", "Microsoft.Network/localNetworkGateways", "Microsoft.Network/connections"];

    public ArmResponse Answer(ArmRequest request, ResourceId id)
    {
        if (request.Method == "POST")
        {
            return Act(id);
        }

        azure.RequireGroup(id);
        if (id.EndsInType)
        {
            return request.Method == "GET" ? List(request, id) : throw ArmContext.NotAllowed(request);
        }

        return request.Method switch
        {
            "GET" => ArmResponse.Ok((Children.Resolve(azure.State, id) ?? throw ArmContext.NotFound(id)).DeepClone()),
            "PUT" => Put(request, id),
            "PATCH" => Patch(request, id),
            "DELETE" => Delete(id),
            _ => throw ArmContext.NotAllowed(request),
        };
    }

    private ArmResponse List(ArmRequest request, ResourceId id)
    {
        if (id.IsChild)
        {
            var owner = azure.State.Find(id.Parent.Text) ?? throw ArmContext.NotFound(id.Parent);
            var parts = Children.IsEmbedded(id) ? Children.List(owner, id) : azure.State.OfType(id.Type, id.Parent.Text);
            return Paging.Page(request, parts, azure.Options.PageSize);
        }

        if (id.Group is null && s_listedByGroup.Any(id.IsType))
        {
            throw new ArmException(404, "InvalidResourceType", $"Resources of type '{id.Type}' are not listed at scope '{id.Scope}'.");
        }

        return Paging.Page(request, Visible(request, azure.State.OfType(id.Type, id.Scope), ArmContext.Action(request, id)), azure.Options.PageSize);
    }

    /// <summary>Lists leave out what who asks may not read.</summary>
    public static IEnumerable<JsonObject> Visible(ArmRequest request, IEnumerable<JsonObject> resources, string? action = null) =>
        resources.Where(r => request.Principal!.May(action ?? ResourceId.Parse(r.Text("id")!).Type + "/read", r.Text("id")!));

    private ArmResponse Put(ArmRequest request, ResourceId id)
    {
        ArmContext.RequireRegistered(azure.Subscription(request), id.Namespace!);
        var body = request.Json();
        if (Children.IsEmbedded(id))
        {
            var owner = azure.State.Find(id.Parent.Text) ?? throw ArmContext.ParentNotFound(id, "write");
            var added = Children.Put(owner, id, body);
            return new ArmResponse(added ? 201 : 200, Children.Resolve(azure.State, id)!.DeepClone());
        }

        var before = azure.State.Find(id.Text);
        var after = NewResource.From(azure, id, body, before);
        azure.State.Put(after);
        return new ArmResponse(before is null ? 201 : 200, after.DeepClone());
    }

    private ArmResponse Patch(ArmRequest request, ResourceId id)
    {
        var resource = azure.State.Find(id.Text) ?? throw ArmContext.NotFound(id);
        Merge(resource, request.Json());
        return ArmResponse.Ok(resource.DeepClone());
    }

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            if (name != "tags" && value is JsonObject deeper && into[name] is JsonObject known)
            {
                Merge(known, deeper);
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    private ArmResponse Delete(ResourceId id)
    {
        var removed = Children.IsEmbedded(id)
            ? azure.State.Find(id.Parent.Text) is { } owner && Children.Remove(owner, id)
            : azure.State.Remove(id.Text);
        return new ArmResponse(removed ? 200 : 204);
    }

    /// <summary>The actions there are: a storage account's and a workspace's keys.</summary>
    private ArmResponse Act(ResourceId id)
    {
        var resource = azure.State.Find(id.Parent.Text) ?? throw ArmContext.NotFound(id.Parent);
        string[] names = ["key1", "key2"];
        return id.Type.ToLowerInvariant() switch
        {
            "microsoft.storage/storageaccounts/listkeys" => ArmResponse.Ok(Json.Object(new
            {
                keys = names.Select(name => new { keyName = name, value = azure.World.StorageKey(resource.Text("id")!, name), permissions = "FULL" }),
            })),
            "microsoft.operationalinsights/workspaces/sharedkeys" => ArmResponse.Ok(Json.Object(new
            {
                primarySharedKey = Guids.From(id.Parent.Text + "1"),
                secondarySharedKey = Guids.From(id.Parent.Text + "2"),
            })),
            _ => throw new ArmException(404, "InvalidResourceType", $"The action '{id.Types[^1]}' is not known."),
        };
    }
}
