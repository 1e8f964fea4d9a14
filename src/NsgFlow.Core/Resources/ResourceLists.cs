using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>Resources as ARM lists them, subscription by subscription: right up to the second, and there when Resource Graph is not; but a request for each.</summary>
internal sealed class ResourceLists(IArm arm, SubscriptionNames subscriptions, Action<string> verbose)
{
    /// <summary>
    /// All of a kind, one list for each subscription or literal group, eight at a time. A subscription that refuses is told and left out, unless all do.
    /// </summary>
    public IEnumerable<ArmResource> Of(ResourceKind kind, IReadOnlyList<string> inSubscriptions, IReadOnlyList<NamePattern> groups, CancellationToken cancellation)
    {
        var ids = inSubscriptions.Count > 0 ? inSubscriptions
            : [.. subscriptions.All(cancellation).Select(static one => one.Root["subscriptionId"].Text ?? one.SubscriptionId!)];
        if (kind == ResourceKind.Subscription)
            return subscriptions.All(cancellation).Where(one => ids.Contains(one.Root["subscriptionId"].Text ?? one.SubscriptionId, StringComparer.OrdinalIgnoreCase));
        var paths = ids.SelectMany(id => Paths(kind, "/subscriptions/" + id, groups)).ToList();
        NsgFlowException? refusal = null;
        var lists = SideBySide.Select(paths, List, cancellation);
        return refusal is not null && lists.All(static list => list is null) ? throw refusal : lists.SelectMany(static list => list ?? []);

        List<ArmResource>? List(string path)
        {
            try
            {
                return [.. arm.List(path, kind.ApiVersion, cancellation)];
            }
            catch (NsgFlowException e) when (e.ErrorId is "ResourceNotFound" or "ArmAccessDenied")
            {
                if (e.ErrorId == "ResourceNotFound" && groups.Count > 0)
                    return [];
                verbose($"Azure: {path} was left out: {e.Message}");
                refusal = e;
                return null;
            }
        }
    }

    private static IEnumerable<string> Paths(ResourceKind kind, string subscription, IReadOnlyList<NamePattern> groups)
    {
        if (kind == ResourceKind.ResourceGroup)
            return [subscription + "/resourcegroups"];
        return groups.Count > 0 && groups.All(static group => group.Literal is not null)
            ? groups.Select(group => $"{subscription}/resourceGroups/{Uri.EscapeDataString(group.Literal!)}/providers/{kind.Type}")
            : [$"{subscription}/providers/{kind.Type}"];
    }
}
