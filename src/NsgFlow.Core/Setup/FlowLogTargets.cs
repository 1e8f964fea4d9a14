using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Resources;

namespace NsgFlow.Setup;

/// <summary>Finds resources that are to get a flow log: exactly what is named, and what a wildcard matches.</summary>
internal sealed class FlowLogTargets(ResourceFinder finder, Action<string, NsgFlowException> failed, Action<string> warn)
{
    /// <summary>The targets; what is not found, or not for certain, is told, and the rest comes.</summary>
    public IReadOnlyList<ArmResource> Find(FlowLogChoice choice, IReadOnlyList<string> clusters, CancellationToken cancellation)
    {
        List<ArmResource> found =
        [
            .. Named(ResourceKind.Nsg, choice.Nsgs, choice, cancellation),
            .. Named(ResourceKind.VirtualNetwork, choice.VirtualNetworks, choice, cancellation),
            .. Named(ResourceKind.Subnet, choice.Subnets, choice, cancellation),
            .. Named(ResourceKind.NetworkInterface, choice.NetworkInterfaces, choice, cancellation),
            .. choice.Ids.SelectMany(id => OfId(id, cancellation)),
            .. Named(ResourceKind.AksCluster, clusters, choice, cancellation).SelectMany(cluster => SubnetsOf(cluster, cancellation)),
        ];
        return [.. found.GroupBy(static one => one.ResourceId).Select(static same => same.First())];
    }

    private List<ArmResource> Named(ResourceKind kind, IReadOnlyList<string> names, FlowLogChoice choice, CancellationToken cancellation)
    {
        if (names.Count == 0)
            return [];
        var question = new ResourceQuestion { Kind = kind, Names = names, ResourceGroups = choice.ResourceGroups, Subscriptions = choice.Subscriptions };
        var found = finder.Search(question, out var missing, cancellation).ToList();
        foreach (var failure in missing)
            failed(string.Join(", ", names), failure);
        var given = new NameChoice(names).Names;
        var empty = given.Where(name => name.Literal is null && !new NameSearch(kind, [name], []).Named(found).Any()).Select(static name => name.Text).ToList();
        if (empty.Count > 0)
            warn($"No {kind.Word} that you may read has a name like {string.Join(" or ", empty)}.");
        foreach (var name in given.Where(static name => name.Literal is not null))
        {
            var same = new NameSearch(kind, [name], []).Named(found).ToList();
            if (same.Count < 2)
                continue;
            failed(name.Text, ResourceErrors.Ambiguous(kind, name.Text, same));
            found.RemoveAll(same.Contains);
        }

        return found;
    }

    private IReadOnlyList<ArmResource> OfId(string id, CancellationToken cancellation)
    {
        if (FlowLogTarget.KindOf(FlowLog.KindOf(new ResourceId(id))) is not { } kind)
        {
            // The planner says what is wrong with it.
            return [ArmResource.Parse(new JsonObject { ["id"] = id }.ToJsonString())];
        }

        try
        {
            return finder.Find(new ResourceQuestion { Kind = kind, Names = [id] }, cancellation);
        }
        catch (NsgFlowException e) when (e.ErrorId is "ResourceNotFound" or "ArmAccessDenied" or "InvalidResourceId")
        {
            failed(id, e);
            return [];
        }
    }

    // Not the whole virtual network: a cluster's may be one that it shares.
    private IEnumerable<ArmResource> SubnetsOf(ArmResource cluster, CancellationToken cancellation)
    {
        var network = AksNetwork.Of(cluster, finder, cancellation);
        foreach (var issue in network.Issues)
            warn(issue);
        return network.Subnets;
    }
}
