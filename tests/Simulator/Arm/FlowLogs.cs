using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>
/// Flow logs, answered as in the recordings: 201 and <c>Azure-AsyncOperation</c>, and neither <c>Location</c> nor <c>Retry-After</c>.
/// </summary>
internal sealed class FlowLogs(ArmContext azure, Operations operations)
{
    public const string Type = "Microsoft.Network/networkWatchers/flowLogs";

    private static readonly string[] s_linked = ["Microsoft.Network/networkSecurityGroups", "Microsoft.Network/virtualNetworks"];

    private readonly FlowLogRules _rules = new(azure);

    public ArmResponse Answer(ArmRequest request, ResourceId id)
    {
        operations.EndOverdue();
        if (id.EndsInType)
        {
            return request.Method == "GET" ? List(request, id) : throw ArmContext.NotAllowed(request);
        }

        return request.Method switch
        {
            "GET" => ArmResponse.Ok(Find(id).DeepClone()),
            "PUT" => Put(request, id),
            "PATCH" => Patch(request, id),
            "DELETE" => Delete(request, id),
            _ => throw ArmContext.NotAllowed(request),
        };
    }

    private ArmResponse List(ArmRequest request, ResourceId id)
    {
        var watcher = Watcher(id);
        return Paging.Page(request, azure.State.OfType(Type, watcher.Text("id")!), azure.Options.PageSize);
    }

    private JsonObject Find(ResourceId id)
    {
        azure.RequireGroup(id);
        return azure.State.Find(id.Text) ?? throw ArmContext.NotFound(id);
    }

    private JsonObject Watcher(ResourceId id)
    {
        azure.RequireGroup(id);
        return azure.State.Find(id.Parent.Text) ?? throw ArmContext.ParentNotFound(id, id.EndsInType ? "read" : "write");
    }

    private ArmResponse Put(ArmRequest request, ResourceId id)
    {
        var watcher = Watcher(id);
        var body = request.Json();
        var before = azure.State.Find(id.Text);
        _rules.Check(request, id, watcher, body, isNew: before is null);
        var failure = Busy(request, watcher);

        var target = Children.Resolve(azure.State, ResourceId.Parse(body.Properties().Text("targetResourceId")!))!;
        var after = FlowLogJson.Make(id, watcher, body, before, target);
        azure.State.Put(after);
        Touch(watcher);
        Link(after, isThere: true);
        var operation = operations.Start(watcher.Text("id")!, failure ?? _rules.LateFailure(body), succeeded =>
        {
            after.Properties()["provisioningState"] = succeeded ? "Succeeded" : "Failed";
            Touch(watcher);
            after["etag"] = watcher["etag"]!.DeepClone();
        });
        return new ArmResponse(before is null ? 201 : 200, after.DeepClone())
            .With("Azure-AsyncOperation", Operations.Link(request, watcher.Text("location")!, "operations", operation));
    }

    private ArmResponse Patch(ArmRequest request, ResourceId id)
    {
        var flowLog = Find(id);
        var body = request.Json();
        if (body.Count != 1 || body["tags"] is not JsonObject tags)
        {
            throw new ArmException(400, "InvalidRequestFormat", "Cannot parse the request. Only tags can be patched.") { Details = [] };
        }

        _ = Busy(request, Watcher(id));
        flowLog["tags"] = tags.DeepClone();
        return ArmResponse.Ok(flowLog.DeepClone());
    }

    private ArmResponse Delete(ArmRequest request, ResourceId id)
    {
        if (azure.State.Find(id.Text) is not { } flowLog)
        {
            azure.RequireGroup(id);
            return new ArmResponse(204);
        }

        var watcher = Watcher(id);
        var failure = Busy(request, watcher);
        flowLog.Properties()["provisioningState"] = "Deleting";
        var operation = operations.Start(watcher.Text("id")!, failure, succeeded =>
        {
            if (succeeded)
            {
                azure.State.Remove(id.Text);
                Link(flowLog, isThere: false);
            }
            else
            {
                flowLog.Properties()["provisioningState"] = "Failed";
            }

            Touch(watcher);
        });

        // One name in lower case, as recordings of deletions have it; Location's spelling is the web server's.
        return new ArmResponse(202)
            .With("azure-asyncoperation", Operations.Link(request, watcher.Text("location")!, "operations", operation))
            .With("location", Operations.Link(request, watcher.Text("location")!, "operationResults", operation));
    }

    /// <summary>One write under a watcher at a time.</summary>
    private (string Code, string Message)? Busy(ArmRequest request, JsonObject watcher)
    {
        if (operations.Running(watcher.Text("id")!) is not { } running)
        {
            return null;
        }

        const string Code = "AnotherOperationInProgress";
        var link = Operations.Link(request, watcher.Text("location")!, "operations", running);
        var message = "Another operation on this or dependent resource is in progress. "
            + $"To retrieve status of the operation use uri: {link}.";
        return azure.Options.Busy switch
        {
            BusyAnswer.FailedOperation => (Code, message),
            BusyAnswer.TooManyRequests => throw new ArmException(429, Code, message) { Details = [] },
            _ => throw new ArmException(409, Code, message) { Details = [] },
        };
    }

    /// <summary>A flow log's etag is that of the whole watcher.</summary>
    private static void Touch(JsonObject watcher) => watcher["etag"] = $"W/\"{Guid.NewGuid():D}\"";

    /// <summary>What an NSG and a virtual network show of their flow logs.</summary>
    private void Link(JsonObject flowLog, bool isThere)
    {
        var id = ResourceId.Parse(flowLog.Properties().Text("targetResourceId")!);
        if (!s_linked.Any(id.IsType) || azure.State.Find(id.Text) is not { } target)
        {
            return;
        }

        var list = target.OwnList("flowLogs");
        var known = list.FirstOrDefault(f => ResourceId.Same(f.Text("id"), flowLog.Text("id")));
        if (isThere && known is null)
        {
            list.Add(Json.Reference(flowLog.Text("id")!));
        }
        else if (!isThere && known is not null)
        {
            list.Remove(known);
            if (list.Count == 0)
            {
                target.Properties().Remove("flowLogs");
            }
        }
    }
}
