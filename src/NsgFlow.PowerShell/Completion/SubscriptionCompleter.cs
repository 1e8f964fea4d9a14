using NsgFlow.Arm;

namespace NsgFlow.PowerShell.Completion;

/// <summary>Subscriptions.</summary>
internal sealed class SubscriptionCompleter() : ResourceCompleter(ResourceKind.Subscription, SeenNames.Subscriptions);
