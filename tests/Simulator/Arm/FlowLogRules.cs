using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>
/// What the service refuses. Codes that users' logs or the documentation show are theirs; where none was found (regions, tiers, double
/// targets) it is the network provider's general one.
/// </summary>
internal sealed class FlowLogRules(ArmContext azure)
{
    private const string Nsg = "Microsoft.Network/networkSecurityGroups";
    private const string Blocked = "On September 30, 2027, Network Security Group (NSG) flow logs will be retired. As part of this "
        + "retirement, creation of new NSG flow logs is blocked starting June 30, 2025, but you will be able to continue using and "
        + "modifying settings for existing NSG flow logs that are previously deployed/configured until Sept 30th 2027. We recommend "
        + "migrating to virtual network flow logs, which overcome the limitations of NSG flow logs. For migration, please refer to "
        + "https://learn.microsoft.com/en-us/azure/network-watcher/nsg-flow-logs-migrate.";

    private static readonly string[] s_targets =
        [Nsg, "Microsoft.Network/virtualNetworks", "Microsoft.Network/virtualNetworks/subnets", "Microsoft.Network/networkInterfaces"];

    public void Check(ArmRequest request, ResourceId id, JsonObject watcher, JsonObject body, bool isNew)
    {
        var subscription = azure.Subscription(request);
        if (subscription.RegistrationOf("Microsoft.Insights") is not ("Registered" or "Registering"))
        {
            // The documentation names two codes for this; the message was not to be found.
            throw new ArmException(403, "GatewayAuthenticationFailed", "Gateway authentication failed for 'Microsoft.Insights'.");
        }

        if (id.Name.Length > 80)
        {
            throw Refused("InvalidResourceName", $"Resource name {id.Name} is invalid. The name can be up to 80 characters long.");
        }

        Location(watcher, body);
        var sent = body.Properties();
        var targetId = ResourceId.Parse(Required(sent, "targetResourceId"));
        var storageId = Required(sent, "storageId");
        Target(request, id, watcher, targetId, isNew);
        Storage(request, id, watcher, storageId);
        Numbers(sent);
        Analytics(request, sent);
    }

    /// <summary>What only the running operation finds out.</summary>
    public (string Code, string Message)? LateFailure(JsonObject body)
    {
        var analytics = body.Properties().Child("flowAnalyticsConfiguration").Child("networkWatcherFlowAnalyticsConfiguration");
        var workspace = analytics.Text("workspaceResourceId");
        return analytics.Flag("enabled") == true && azure.State.Find(workspace) is null
            ? ("CannotGetWorkspace", $"Cannot get workspace {workspace}.")
            : null;
    }

    private static ArmException Refused(string code, string message, int status = 400) => new(status, code, message) { Details = [] };

    private static string Required(JsonObject sent, string name) => sent.Text(name) is { Length: > 0 } value
        ? value
        : throw new ArmException(400, "InvalidRequestFormat", "Cannot parse the request.")
        {
            Details = [("MissingJsonReferenceId", $"Value for reference id is missing. Path properties.{name}.")],
        };

    private static void Location(JsonObject watcher, JsonObject body)
    {
        var location = ArmContext.Location(body);
        if (Region.Normalize(location) != Region.Normalize(watcher.Text("location")))
        {
            throw Refused("InvalidLocation", $"The location '{location}' is not that of the network watcher, "
                + $"'{watcher.Text("location")}'.");
        }
    }

    private void Target(ArmRequest request, ResourceId id, JsonObject watcher, ResourceId target, bool isNew)
    {
        if (!s_targets.Any(target.IsType))
        {
            throw Refused("InvalidResourceReference", $"Resource {target.Text} referenced by resource {id.Text} is of a kind that flow "
                + "logs cannot have as their target.");
        }

        // The region of a part is that of the whole.
        var owner = target.IsChild ? target.Parent.Text : target.Text;
        RequireReference(id, target.Text, azure.State.Find(owner), watcher, isThere: Children.Resolve(azure.State, target) is not null);
        azure.RequireUnlocked(request, owner);
        if (!ResourceId.Same(target.Subscription, id.Subscription))
        {
            throw Refused("InvalidResourceReference", $"Resource {target.Text} referenced by resource {id.Text} must be in the "
                + "subscription of the network watcher.");
        }

        var others = azure.State.OfType(FlowLogs.Type).Where(f => ResourceId.Same(f.Properties().Text("targetResourceId"), target.Text)).ToArray();
        if (target.IsType(Nsg) && others.Length == 0 && azure.Options.BlocksNsgFlowLogs)
        {
            throw Refused("NsgFlowLogCreationBlocked", Blocked);
        }

        if (isNew && others.Length > 0)
        {
            throw Refused("Conflict", $"Resource {target.Text} already has the flow log {others[0].Text("id")}. A resource can have "
                + "one flow log.", 409);
        }
    }

    private void Storage(ArmRequest request, ResourceId id, JsonObject watcher, string storageId)
    {
        var storage = azure.State.Find(storageId);
        RequireReference(id, storageId, storage, watcher, storage is not null);
        Linked(request, id, "Microsoft.Storage/storageAccounts/listServiceSas/action", storageId);
        if (storage!.Child("sku").Text("tier") == "Premium")
        {
            throw Refused("UnsupportedStorageAccountType", $"Storage account {storageId} is of the tier Premium, which flow logs "
                + "do not support.");
        }
    }

    private static void RequireReference(ResourceId id, string reference, JsonObject? resource, JsonObject watcher, bool isThere)
    {
        if (!isThere || resource is null || Region.Normalize(resource.Text("location")) != Region.Normalize(watcher.Text("location")))
        {
            throw Refused("InvalidResourceReference", $"Resource {reference} referenced by resource {id.Text} was not found. Please make "
                + "sure that the referenced resource exists, and that both resources are in the same region.");
        }
    }

    private static void Numbers(JsonObject sent)
    {
        if (sent.Child("retentionPolicy").Number("days") is < 0 or > 365)
        {
            throw Refused("InvalidRetentionDays", "The number of days to retain flow log records must be between 0 and 365.");
        }

        if (sent.Child("format").Number("version") is not (null or 1 or 2))
        {
            throw Refused("InvalidFlowLogFormat", "The version of the flow log format must be 1 or 2.");
        }

        var interval = sent.Child("flowAnalyticsConfiguration").Child("networkWatcherFlowAnalyticsConfiguration").Number("trafficAnalyticsInterval");
        if (interval is not (null or 10 or 60))
        {
            throw Refused("InvalidTrafficAnalyticsInterval", $"The Traffic Analytics interval {interval} is invalid. It must be 10 or 60.");
        }
    }

    private void Analytics(ArmRequest request, JsonObject sent)
    {
        var analytics = sent.Child("flowAnalyticsConfiguration").Child("networkWatcherFlowAnalyticsConfiguration");
        if (analytics.Flag("enabled") != true)
        {
            return;
        }

        var id = analytics.Text("workspaceResourceId");
        if (azure.State.Find(id) is not { } workspace)
        {
            return;
        }

        Linked(request, request.Target, "Microsoft.OperationalInsights/workspaces/sharedKeys/action", id!);
        var region = analytics.Text("workspaceRegion");
        if (Region.Normalize(region) != Region.Normalize(workspace.Text("location")))
        {
            throw Refused("InvalidTAWorkspaceRegion", $"The specified region {region} for workspace is invalid. Workspace {id} located "
                + $"in {workspace.Text("location")} region.");
        }
    }

    private static void Linked(ArmRequest request, ResourceId id, string action, string scope)
    {
        if (!request.Principal!.May(action, scope))
        {
            throw new ArmException(
                403,
                "LinkedAuthorizationFailed",
                $"The client '{request.Principal.ClientId}' with object id '{request.Principal.ObjectId}' has permission to perform "
                    + $"action '{FlowLogs.Type}/write' on scope '{id.Text}'; however, it does not have permission to perform action(s) "
                    + $"'{action}' on the linked scope(s) '{scope}' (respectively) or the linked scope(s) are invalid.");
        }
    }
}
