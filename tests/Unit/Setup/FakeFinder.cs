using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Resources;

namespace NsgFlow.Unit.Setup;

/// <summary>Finds the watchers it was given, by subscription.</summary>
internal sealed class FakeFinder(params ArmResource[] watchers) : IResourceFinder
{
    public IReadOnlyList<string> SubscriptionsAsked { get; private set; } = [];

    public IReadOnlyList<ArmResource> Find(ResourceQuestion question, CancellationToken cancellation)
    {
        if (question.Kind != ResourceKind.NetworkWatcher)
            throw new NotSupportedException(question.Kind.Word);
        SubscriptionsAsked = question.Subscriptions;
        return [.. watchers.Where(watcher => question.Subscriptions.Count == 0 || question.Subscriptions.Contains(watcher.SubscriptionId, StringComparer.OrdinalIgnoreCase))];
    }

    public ArmResource FindOne(ResourceQuestion question, CancellationToken cancellation) => throw new NotSupportedException();
}
