using System.Collections.Generic;

namespace NsgFlow.Resources;

/// <summary>
/// Whose flow logs are wanted: names (wildcards allowed) and ARM ids. Values of one property OR, properties AND. With groups or subscriptions
/// alone, all flow logs of what lies in them.
/// </summary>
public sealed class FlowLogQuestion
{
    /// <summary>Network security groups.</summary>
    public IReadOnlyList<string> Nsg { get; init; } = [];

    /// <summary>Virtual networks.</summary>
    public IReadOnlyList<string> VirtualNetwork { get; init; } = [];

    /// <summary>Subnets, also as <c>network/subnet</c>.</summary>
    public IReadOnlyList<string> Subnet { get; init; } = [];

    /// <summary>Network interfaces.</summary>
    public IReadOnlyList<string> NetworkInterface { get; init; } = [];

    /// <summary>AKS clusters.</summary>
    public IReadOnlyList<string> AksCluster { get; init; } = [];

    /// <summary>ARM ids of any of these, of flow logs, resource groups or subscriptions.</summary>
    public IReadOnlyList<string> ResourceId { get; init; } = [];

    /// <summary>Flow logs, as they are.</summary>
    public IReadOnlyList<FlowLog> FlowLogs { get; init; } = [];

    /// <summary>Resource groups in which to look; wildcards allowed.</summary>
    public IReadOnlyList<string> ResourceGroups { get; init; } = [];

    /// <summary>Subscriptions in which to look, by id or name; wildcards allowed.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];
}
