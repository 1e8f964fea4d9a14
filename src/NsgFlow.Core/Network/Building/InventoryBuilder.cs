using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Resources;

namespace NsgFlow.Network;

/// <summary>
/// Reads an inventory from Azure. Requests: one for the subscriptions, one of Resource Graph for each 1000 resources, one for each scale set. What may not be read
/// is told in <see cref="NetworkInventory.Issues"/>; the rest is there.
/// </summary>
public sealed class InventoryBuilder
{
    private readonly IArm _arm;
    private readonly Action<string> _say;

    /// <summary>Makes a builder.</summary>
    /// <param name="arm">Whom to ask.</param>
    /// <param name="say">Told what is asked, and what is asked in other ways than usual; may be called on any thread.</param>
    public InventoryBuilder(IArm arm, Action<string>? say = null)
    {
        _arm = arm ?? throw new ArgumentNullException(nameof(arm));
        _say = say ?? (static _ => { });
    }

    /// <summary>Reads it. The same Azure gives the same inventory, in the same order.</summary>
    /// <exception cref="NsgFlowException">Nothing could be read; <c>ResourceNotFound</c> when a name without wildcards fits nothing.</exception>
    public NetworkInventory Build(InventoryScope scope, CancellationToken cancellation)
    {
        if (scope is null)
            throw new ArgumentNullException(nameof(scope));
        var names = new SubscriptionNames(_arm);
        var ids = names.Choose(scope.Subscriptions, cancellation);
        var issues = new List<string>();
        var resources = new InventoryResources(_arm, names, scope, issues, _say);
        var found = ids is null ? [] : resources.Read(ids, cancellation);
        _say($"Azure: {found.Count} resources found");
        var maker = new InventoryMaker(found, issues);
        var selection = new InventorySelection(scope, found, issues);
        var scaleSets = maker.ScaleSets.Where(selection.WantsScaleSet).ToList();
        foreach (var (scaleSet, interfaces) in resources.ReadInterfaces(scaleSets, cancellation))
            maker.Add(scaleSet, interfaces);

        // Only where everything was asked for can something be missing.
        if (scope.ResourceGroups.Count == 0 && scope.Locations.Count == 0)
        {
            foreach (var cluster in maker.ClustersWithoutNodes.Where(selection.WantsCluster))
                issues.Add($"The nodes of AKS cluster '{cluster.Name}' are not seen: to read resource group '{cluster.Properties["nodeResourceGroup"].Text}' you need the role Reader on it.");
        }

        return selection.Narrow(maker.Make(Subscriptions(names, ids, found, cancellation), issues, DateTime.UtcNow, Version()));
    }

    private List<InventorySubscription> Subscriptions(SubscriptionNames names, IReadOnlyList<string>? ids, IReadOnlyList<ArmResource> found, CancellationToken cancellation)
    {
        var known = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var id in (ids ?? []).Concat(found.Select(static one => one.SubscriptionId).OfType<string>()))
            known[id] = null;
        try
        {
            foreach (var one in names.All(cancellation))
            {
                var id = SubscriptionNames.IdOf(one);
                if (known.ContainsKey(id) || ids is { Count: 0 })
                    known[id] = SubscriptionNames.NameOf(one);
            }
        }
        catch (NsgFlowException e) when (e.ErrorId is not ("NotSignedIn" or "ArmUnauthorized"))
        {
            _say($"Azure: the names of subscriptions are not known: {e.Message}");
        }

        return [.. known.OrderBy(static one => one.Key, StringComparer.OrdinalIgnoreCase).Select(static one => new InventorySubscription { Id = one.Key, Name = one.Value })];
    }

    private static string Version() => typeof(InventoryBuilder).Assembly.GetName().Version?.ToString(3) ?? string.Empty;
}
