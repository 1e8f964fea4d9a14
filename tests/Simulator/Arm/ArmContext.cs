using System.Linq;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>What everything that answers requests needs.</summary>
internal sealed class ArmContext(SimulatedWorld world, SimulatorOptions options, Faults faults)
{
    public SimulatedWorld World { get; } = world;

    public SimulatorOptions Options { get; } = options;

    public Faults Faults { get; } = faults;

    public AzureState State => World.State;

    /// <summary>The subscription of a path, which must be there and visible to who asks.</summary>
    public SimulatedSubscription Subscription(ArmRequest request)
    {
        var id = request.Target.Subscription;
        var found = State.Subscription(id)
            ?? throw new ArmException(404, "SubscriptionNotFound", $"The subscription '{id}' could not be found.");
        return request.Writes && found.State is not ("Enabled" or "PastDue" or "Warned")
            ? throw new ArmException(409, "ReadOnlyDisabledSubscription", $"The subscription '{id}' is disabled and therefore marked as "
                + "read only. You cannot perform any write actions on this subscription until it is re-enabled.")
            : found;
    }

    /// <summary>Fails when the path's resource group is not there.</summary>
    public void RequireGroup(ResourceId id)
    {
        if (id.Group is not null && State.Find($"/subscriptions/{id.Subscription}/resourceGroups/{id.Group}") is null)
        {
            throw new ArmException(404, "ResourceGroupNotFound", $"Resource group '{id.Group}' could not be found.");
        }
    }

    /// <summary>Fails when who asks may not do that there.</summary>
    public static void Require(ArmRequest request, string action, string scope)
    {
        if (!request.Principal!.May(action, scope))
        {
            throw new ArmException(
                403,
                "AuthorizationFailed",
                $"The client '{request.Principal.ClientId}' with object id '{request.Principal.ObjectId}' does not have authorization to "
                    + $"perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, please "
                    + "refresh your credentials.");
        }
    }

    /// <summary>Fails when a lock forbids the change.</summary>
    public void RequireUnlocked(ArmRequest request, string scope)
    {
        var locks = State.OfType("Microsoft.Authorization/locks")
            .Where(l => l.Properties().Text("level") == "ReadOnly" || request.Method == "DELETE")
            .Select(static l => ResourceId.Parse(l.Text("id")!).Scope)
            .Where(locked => ResourceId.IsUnder(scope, locked))
            .ToArray();
        if (locks.Length > 0)
        {
            var verb = request.Method == "DELETE" ? "delete" : "write";
            throw new ArmException(
                409,
                "ScopeLocked",
                $"The scope '{scope}' cannot perform {verb} operation because following scope(s) are locked: "
                    + $"'{string.Join(",", locks)}'. Please remove the lock and try again.");
        }
    }

    /// <summary>Fails when the subscription is not registered with a resource provider.</summary>
    public static void RequireRegistered(SimulatedSubscription subscription, string provider)
    {
        if (subscription.RegistrationOf(provider) is "NotRegistered" or "Unregistered")
        {
            const string Code = "MissingSubscriptionRegistration";
            var message = $"The subscription is not registered to use namespace '{provider}'. "
                + "See https://aka.ms/rps-not-found for how to register subscriptions.";
            throw new ArmException(409, Code, message) { Details = [(Code, message)] };
        }
    }

    /// <summary>What a request does, in the words of roles.</summary>
    public static string Action(ArmRequest request, ResourceId id) => id.Type + request.Method switch
    {
        "PUT" or "PATCH" => "/write",
        "DELETE" => "/delete",
        "POST" => "/action",
        _ => "/read",
    };

    public static ArmException NotAllowed(ArmRequest request) =>
        new(405, "MethodNotAllowed", $"The method {request.Method} is not allowed.");

    public static ArmException ParentNotFound(ResourceId id, string verb) => new(
        404,
        "ParentResourceNotFound",
        $"Failed to perform '{verb}' on resource(s) of type '{string.Join('/', id.Types)}', because the parent resource "
            + $"'{id.Parent.Text}' could not be found.");

    /// <summary>The location of what is put.</summary>
    public static string Location(JsonObject body) => body.Text("location")
        ?? throw new ArmException(400, "LocationRequired", "The location property is required for this definition.");

    public static ArmException NotFound(ResourceId id) => id.IsChild && !id.IsType(FlowLogs.Type)
        ? new ArmException(404, "NotFound", $"Resource {id.Text} not found.") { Details = [] }
        : new ArmException(
            404,
            "ResourceNotFound",
            $"The Resource '{id.Namespace}/{string.Join('/', id.Types.Zip(id.Names, static (type, name) => type + "/" + name))}' "
                + $"under resource group '{id.Group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
}
