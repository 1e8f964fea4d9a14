using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>Asks Azure for what <see cref="FlowLogPlanner"/> wants to know, and for no more. For one thread; what does not change within a command is asked for once.</summary>
internal sealed class SetupFacts
{
    private const string Insights = "Microsoft.Insights";

    // Enough to name the networks of an NSG; one with hundreds of network interfaces is not worth hundreds of requests.
    private const int MostInterfaces = 10;

    private readonly Dictionary<ResourceId, ArmResource?> _known = [];
    private readonly HashSet<string> _registered = new(StringComparer.OrdinalIgnoreCase);
    private readonly IArm _arm;

    public SetupFacts(IArm arm) => _arm = arm;

    /// <summary>A subnet's region: its virtual network's. Null for other resources and when it cannot be known.</summary>
    public string? LocationOf(ResourceId id, CancellationToken cancellation)
    {
        var end = id.Subnet is null ? -1 : id.Text.IndexOf("/subnets/", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : Known(id.Text.Substring(0, end), ResourceKind.VirtualNetwork, cancellation)?.Location;
    }

    /// <summary>The virtual networks that an NSG's subnets and network interfaces are in.</summary>
    /// <param name="nsg">The NSG.</param>
    /// <param name="leftOut">How many network interfaces were not looked at.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public IReadOnlyList<ResourceId> NetworksOf(ArmResource nsg, out int leftOut, CancellationToken cancellation)
    {
        // Lists of Resource Graph and ARM have all of it; an id that was only typed has nothing yet.
        var properties = nsg.Properties.Exists ? nsg.Properties : Allowed(nsg.Id, ResourceKind.Nsg, cancellation)?.Properties ?? default;
        var subnets = properties["subnets"].Items.Select(static subnet => subnet["id"].Text).ToList();
        var nics = properties["networkInterfaces"].Items.ToList();
        leftOut = Math.Max(0, nics.Count - MostInterfaces);
        foreach (var nic in nics.Take(MostInterfaces))
        {
            if (nic["id"].Text is not { } id)
                continue;
            var kind = new ResourceId(id).Segment("virtualMachineScaleSets") is null ? ResourceKind.NetworkInterface : ResourceKind.ScaleSetNetworkInterface;
            subnets.AddRange(Allowed(id, kind, cancellation)?.Properties["ipConfigurations"].Items.Select(static ip => ip["properties"]["subnet"]["id"].Text) ?? []);
        }

        return [.. subnets.Where(static id => id is not null).Select(static id => NetworkOf(id!)).Distinct()];
    }

    /// <summary>The settings with a workspace as it is, also when only "on again" was said.</summary>
    public FlowLogSettings Completed(FlowLogSettings settings, FlowLog? actual, CancellationToken cancellation)
    {
        if (settings is not { TrafficAnalytics: true, Workspace: null } || actual is not { TrafficAnalytics: false, WorkspaceResourceId: { } id })
            return settings;
        var workspace = Known(id, ResourceKind.Workspace, cancellation)
            ?? throw new NsgFlowException("WorkspaceMissing", $"The workspace '{new ResourceId(id).Name}', which Traffic Analytics of '{actual.Name}' had, is gone.", "Give another with -Workspace.");
        return settings with { Workspace = new Workspace(workspace) };
    }

    /// <summary>All that is to be known of a target.</summary>
    public FlowLogFacts About(
        FlowLogSettings settings, FlowLogTarget target, FlowLog? actual, ArmResource? watcher, IReadOnlyList<FlowLog> neighbours, CancellationToken cancellation)
    {
        var account = Storage(settings, actual, cancellation);
        var isForeign = account?.SubscriptionId is { } subscription && !Same(subscription, target.Id.SubscriptionId);
        return new FlowLogFacts
        {
            Target = target,
            Actual = actual,
            Watcher = watcher,
            Neighbours = neighbours,
            Storage = account,
            TargetTenant = isForeign ? Tenant(target.Id.SubscriptionId!, cancellation) : null,
            StorageTenant = isForeign ? Tenant(account!.SubscriptionId!, cancellation) : null,
            UnregisteredProviders = Unregistered(settings, target, actual, cancellation),
        };
    }

    /// <summary>Whether a provider is registered, as far as one may know.</summary>
    public bool IsRegistered(string provider, CancellationToken cancellation)
    {
        if (!_registered.Contains(provider))
        {
            var state = Allowed(provider, ResourceKind.Provider, cancellation)?.Root["registrationState"].Text;
            if (state is not null && !Same(state, "Registered"))
                return false;
            _registered.Add(provider);
        }

        return true;
    }

    // Only when something about it changes: everything else has been accepted by Azure before.
    private ArmResource? Storage(FlowLogSettings settings, FlowLog? actual, CancellationToken cancellation)
    {
        var id = settings.StorageId ?? actual?.StorageId;
        var isOther = settings.StorageId is not null && new ResourceId(settings.StorageId) != new ResourceId(actual?.StorageId);
        var isKeptAnew = settings.RetentionDays > 0 && settings.RetentionDays != actual?.RetentionDays;
        if (id is null || (!isOther && !isKeptAnew))
            return null;
        return Known(id, ResourceKind.StorageAccount, cancellation)
            ?? throw new NsgFlowException("ResourceNotFound", $"There is no storage account '{new ResourceId(id).Name}' ({id}).", "Give one that exists with -StorageAccount.");
    }

    private List<string> Unregistered(FlowLogSettings settings, FlowLogTarget target, FlowLog? actual, CancellationToken cancellation)
    {
        var needed = new List<string>();
        var isSwitchedOn = (settings.Enabled ?? true) && actual is not { Enabled: true };
        if (isSwitchedOn)
            needed.Add($"/subscriptions/{target.Id.SubscriptionId}/providers/{Insights}");
        // Else Azure finds out only after it has taken the request (CannotGetWorkspace).
        if (settings.Workspace is { } workspace && new ResourceId(workspace.Id).SubscriptionId is { } subscription && !Same(subscription, target.Id.SubscriptionId))
            needed.Add($"/subscriptions/{subscription}/providers/Microsoft.Network");
        return [.. needed.Where(provider => !IsRegistered(provider, cancellation))];
    }

    private string? Tenant(string subscription, CancellationToken cancellation) =>
        Allowed($"/subscriptions/{subscription}", ResourceKind.Subscription, cancellation)?.Root["tenantId"].Text;

    private ArmResource? Known(string id, ResourceKind kind, CancellationToken cancellation)
    {
        var key = new ResourceId(id);
        if (!_known.TryGetValue(key, out var resource))
            _known[key] = resource = _arm.Get(id, kind.ApiVersion, cancellation);
        return resource;
    }

    /// <summary>A resource that would be good to know; null also when the caller may not read it.</summary>
    private ArmResource? Allowed(string id, ResourceKind kind, CancellationToken cancellation)
    {
        try
        {
            return _arm.Get(id, kind.ApiVersion, cancellation);
        }
        catch (NsgFlowException e) when (e.ErrorId == "ArmAccessDenied")
        {
            return null;
        }
    }

    private static ResourceId NetworkOf(string subnet)
    {
        var end = subnet.IndexOf("/subnets/", StringComparison.OrdinalIgnoreCase);
        return new ResourceId(end < 0 ? subnet : subnet.Substring(0, end));
    }

    private static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
