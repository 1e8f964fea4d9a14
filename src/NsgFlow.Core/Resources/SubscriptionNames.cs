using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Filtering;

namespace NsgFlow.Resources;

/// <summary>The subscriptions that the caller sees, listed once, and which of them are meant by ids, names and wildcards.</summary>
internal sealed class SubscriptionNames(IArm arm)
{
    private readonly object _gate = new();
    private IReadOnlyList<ArmResource>? _all;

    /// <summary>All of them, in order of their ids.</summary>
    public IReadOnlyList<ArmResource> All(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _all ??= [.. arm.List("/subscriptions", ResourceKind.Subscription.ApiVersion, cancellation).OrderBy(static one => IdOf(one), StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>Ids of those that are meant; empty when nothing was given, null when a wildcard found none.</summary>
    /// <exception cref="NsgFlowException"><c>ResourceNotFound</c>: there is none of that name.</exception>
    public IReadOnlyList<string>? Choose(IReadOnlyList<string> given, CancellationToken cancellation)
    {
        var texts = given.Select(static text => new ResourceId(text.Trim()).SubscriptionId ?? text.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        // An id needs no list: a service principal may read one subscription and not see it in the list yet.
        if (texts.TrueForAll(static text => Guid.TryParse(text, out _)))
            return texts;
        var all = All(cancellation);
        var patterns = texts.ConvertAll(static text => new NamePattern(text));
        foreach (var literal in patterns.Select(static pattern => pattern.Literal).OfType<string>())
        {
            if (!all.Any(one => IsNamed(one, literal)))
                throw NotFound(literal, all);
        }

        var chosen = all.Where(one => patterns.Exists(pattern => Is(one, pattern))).Select(IdOf).ToList();
        return chosen.Count == 0 ? null : chosen;
    }

    public static string NameOf(ArmResource subscription) => subscription.Root["displayName"].Text ?? subscription.Name;

    public static string IdOf(ArmResource subscription) => subscription.Root["subscriptionId"].Text ?? subscription.SubscriptionId ?? string.Empty;

    private static bool Is(ArmResource subscription, NamePattern pattern) => pattern.Matches(IdOf(subscription)) || pattern.Matches(NameOf(subscription));

    private static bool IsNamed(ArmResource subscription, string name) =>
        string.Equals(IdOf(subscription), name, StringComparison.OrdinalIgnoreCase) || string.Equals(NameOf(subscription), name, StringComparison.OrdinalIgnoreCase);

    private static NsgFlowException NotFound(string name, IReadOnlyList<ArmResource> all) =>
        ResourceErrors.NotFound(ResourceKind.Subscription, name, string.Empty, NearNames.Of(name, all.Select(NameOf)));
}
