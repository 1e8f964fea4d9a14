using NsgFlow.Arm;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>Something that a flow log needs and that is not there: it is made only when somebody agrees.</summary>
public sealed class FlowLogPrerequisite
{
    private FlowLogPrerequisite(ResourceKind kind, string id, string? location)
    {
        Kind = kind;
        Id = id;
        Location = location;
    }

    /// <summary>A network watcher to create, or a resource provider to register.</summary>
    public ResourceKind Kind { get; }

    /// <summary>The ARM id.</summary>
    public string Id { get; }

    /// <summary>The watcher's region; null for a provider.</summary>
    public string? Location { get; }

    /// <summary>What is to be done, in words: <c>Create network watcher</c>.</summary>
    public string Action => Kind == ResourceKind.NetworkWatcher ? "Create network watcher" : "Register resource provider";

    /// <summary>With what, in words: <c>NetworkWatcher_westeurope in subscription …</c>.</summary>
    public string Subject => $"{new ResourceId(Id).Name} in subscription {new ResourceId(Id).SubscriptionId}";

    /// <summary>Why nothing goes on without it.</summary>
    public NsgFlowException Refusal => Kind == ResourceKind.NetworkWatcher
        ? new NsgFlowException(
            "NetworkWatcherMissing",
            $"There is no network watcher in region {Location} of subscription {new ResourceId(Id).SubscriptionId}; flow logs are kept in one.",
            "Add -Force (or -Confirm, to be asked), and the watcher is created as Azure does it (NetworkWatcherRG/NetworkWatcher_{region}); or have it created.")
        : new NsgFlowException(
            "ProviderNotRegistered",
            $"Resource provider {new ResourceId(Id).Name} is not registered in subscription {new ResourceId(Id).SubscriptionId}; flow logs need it.",
            $"Add -Force (or -Confirm, to be asked), and it is registered; or have somebody with Contributor run Register-AzResourceProvider -ProviderNamespace {new ResourceId(Id).Name}.");

    /// <summary>What is to be done, and with what.</summary>
    public override string ToString() => $"{Action} {Subject}";

    internal static FlowLogPrerequisite Watcher(string subscription, string location)
    {
        // The names that Azure gives when it makes one by itself.
        var region = Region.Short(location);
        return new(ResourceKind.NetworkWatcher, $"/subscriptions/{subscription}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_{region}", region);
    }

    internal static FlowLogPrerequisite Provider(string id) => new(ResourceKind.Provider, id, null);
}
