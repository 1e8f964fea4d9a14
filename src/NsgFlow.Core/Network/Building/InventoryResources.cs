using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Filtering;
using NsgFlow.Resources;

namespace NsgFlow.Network;

/// <summary>
/// Reads the resources of which an inventory tells: one query of Resource Graph for all kinds (a request for each 1000 resources), or, when that cannot be
/// had, ARM's lists (a request for each kind and subscription; gateways are listed by resource group only, a request for each). What may not be read is an issue; the rest comes.
/// </summary>
internal sealed class InventoryResources(IArm arm, SubscriptionNames subscriptions, InventoryScope scope, List<string> issues, Action<string> say)
{
    private static readonly ResourceKind[] _kinds =
    [
        ResourceKind.VirtualNetwork, ResourceKind.NetworkInterface, ResourceKind.Nsg, ResourceKind.LoadBalancer, ResourceKind.PublicAddress, ResourceKind.PublicPrefix,
        ResourceKind.VirtualNetworkGateway, ResourceKind.LocalNetworkGateway, ResourceKind.VirtualMachine, ResourceKind.ScaleSet, ResourceKind.AksCluster,
    ];

    private readonly List<NamePattern> _groups = [.. scope.ResourceGroups.Select(static group => new NamePattern(group))];

    /// <summary>All that are in scope by subscription, resource group and region, in order of their ids.</summary>
    /// <param name="ids">The subscriptions; empty for all that the caller sees.</param>
    /// <param name="cancellation">Ends it.</param>
    public IReadOnlyList<ArmResource> Read(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        IReadOnlyList<ArmResource> all;
        try
        {
            all = [.. arm.Query(new GraphQuery(GraphText.Of(_kinds, [], _groups), ids), cancellation)];
        }
        catch (NsgFlowException e) when (e.ErrorId is not ("NotSignedIn" or "ArmUnauthorized"))
        {
            say($"Azure: Resource Graph did not answer, so subscriptions are asked one by one: {e.Message}");
            all = Lists(ids, cancellation);
        }

        var patterns = scope.Locations.Select(static location => new NamePattern(location.Replace(" ", string.Empty))).ToList();
        return
        [
            .. all.Where(one => (_groups.Count == 0 || _groups.Exists(group => group.Matches(one.ResourceGroup)))
                    && (patterns.Count == 0 || patterns.Exists(pattern => pattern.Matches(one.Location?.Replace(" ", string.Empty)))))
                .GroupBy(static one => one.ResourceId).Select(static same => same.First())
                .OrderBy(static one => one.Id, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>The network interfaces of scale sets, of which Resource Graph knows nothing: a request for each, eight at a time.</summary>
    public IReadOnlyList<(ArmResource ScaleSet, IReadOnlyList<ArmResource> Interfaces)> ReadInterfaces(IReadOnlyList<ArmResource> scaleSets, CancellationToken cancellation)
    {
        var answers = SideBySide.Select(scaleSets, one => Try(() => arm.List(one.Id + "/networkInterfaces", ResourceKind.ScaleSetNetworkInterface.ApiVersion, cancellation)), cancellation);
        var read = new List<(ArmResource ScaleSet, IReadOnlyList<ArmResource> Interfaces)>();
        for (var i = 0; i < scaleSets.Count; i++)
        {
            if (answers[i].Failure is { } failure)
                issues.Add($"The network interfaces of scale set '{scaleSets[i].Id}' could not be read: {failure.Message}");
            read.Add((scaleSets[i], [.. answers[i].Found.OrderBy(static one => one.Id, StringComparer.OrdinalIgnoreCase)]));
        }

        return read;
    }

    private IReadOnlyList<ArmResource> Lists(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var all = ids.Count > 0 ? ids : [.. subscriptions.All(cancellation).Select(SubscriptionNames.IdOf)];
        var questions = all.SelectMany(static id => _kinds.Select(kind => (Id: id, Kind: kind))).ToList();
        var groups = all.Distinct(StringComparer.OrdinalIgnoreCase).ToDictionary(
            static id => id,
            id => new Lazy<Answer>(() => Try(() => arm.List($"/subscriptions/{id}/resourcegroups", ResourceKind.ResourceGroup.ApiVersion, cancellation))),
            StringComparer.OrdinalIgnoreCase);
        var answers = SideBySide.Select(questions, question => List(question.Id, question.Kind, groups[question.Id], cancellation), cancellation);
        var refused = questions.Zip(answers, static (question, answer) => (question.Id, question.Kind, answer.Failure)).Where(static one => one.Failure is not null).ToList();

        // The same refusal for each kind of a subscription is one sentence.
        foreach (var same in refused.GroupBy(static one => (one.Id, one.Failure!.ErrorId)))
        {
            var words = string.Join(", ", same.Select(static one => one.Kind.Word + "s"));
            issues.Add($"In subscription {same.Key.Id}, these could not be read: {words}: {same.First().Failure!.Message}");
        }

        return refused.Count > 0 && refused.Count == questions.Count ? throw refused[0].Failure! : [.. answers.SelectMany(static answer => answer.Found)];
    }

    private Answer List(string subscription, ResourceKind kind, Lazy<Answer> groups, CancellationToken cancellation)
    {
        if (!kind.IsListedByGroup)
            return Try(() => arm.List($"/subscriptions/{subscription}/providers/{kind.Type}", kind.ApiVersion, cancellation));
        var parts = groups.Value.Found.Select(group => Try(() => arm.List($"{group.Id}/providers/{kind.Type}", kind.ApiVersion, cancellation))).ToList();
        return new Answer([.. parts.SelectMany(static part => part.Found)], groups.Value.Failure ?? parts.Select(static part => part.Failure).FirstOrDefault(static failure => failure is not null));
    }

    private static Answer Try(Func<IEnumerable<ArmResource>> list)
    {
        try
        {
            return new Answer([.. list()], null);
        }
        catch (NsgFlowException e) when ((e.ErrorId is "ResourceNotFound" or "ProviderNotRegistered") && e.ServiceCode is not "SubscriptionNotFound")
        {
            // A scale set that was deleted meanwhile; a provider of which the subscription has nothing. A subscription that is not there is no empty one.
            return new Answer([], null);
        }
        catch (NsgFlowException e) when (e.ErrorId is not ("NotSignedIn" or "ArmUnauthorized"))
        {
            return new Answer([], e);
        }
    }

    private sealed record Answer(IReadOnlyList<ArmResource> Found, NsgFlowException? Failure);
}
