using System.Collections.Generic;

namespace NsgFlow.Filtering;

/// <summary>Whose flows are asked for: names with wildcards (<c>*</c>, <c>?</c>, <c>[a-z]</c>) or ARM ids, compared without case. Lists OR, properties AND.</summary>
public sealed class FlowScope
{
    /// <summary>No restriction.</summary>
    public static FlowScope Everything { get; } = new();

    /// <summary>Network security groups.</summary>
    public IReadOnlyList<string> Nsg { get; init; } = [];

    /// <summary>Virtual networks.</summary>
    public IReadOnlyList<string> VirtualNetwork { get; init; } = [];

    /// <summary>Subnets.</summary>
    public IReadOnlyList<string> Subnet { get; init; } = [];

    /// <summary>Network interfaces.</summary>
    public IReadOnlyList<string> NetworkInterface { get; init; } = [];

    /// <summary>ARM ids of targets.</summary>
    public IReadOnlyList<string> ResourceId { get; init; } = [];

    /// <summary>Resource groups of targets.</summary>
    public IReadOnlyList<string> ResourceGroup { get; init; } = [];

    /// <summary>Subscriptions of targets.</summary>
    public IReadOnlyList<string> SubscriptionId { get; init; } = [];
}
