using System.Collections.Generic;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>What is known of Azure before a flow log is planned. What is null is not known, or not there, as each says.</summary>
public sealed class FlowLogFacts
{
    /// <summary>What is to be logged.</summary>
    public required FlowLogTarget Target { get; init; }

    /// <summary>The target's flow log as it is; null when it has none.</summary>
    public FlowLog? Actual { get; init; }

    /// <summary>The network watcher of the target's subscription and region; null when there is none. Not asked for when there is a flow log.</summary>
    public ArmResource? Watcher { get; init; }

    /// <summary>All flow logs of that watcher: their names are taken.</summary>
    public IReadOnlyList<FlowLog> Neighbours { get; init; } = [];

    /// <summary>The storage account that will be written to; null when nothing about it changes.</summary>
    public ArmResource? Storage { get; init; }

    /// <summary>The tenant of the target's subscription; null when not known.</summary>
    public string? TargetTenant { get; init; }

    /// <summary>The tenant of the storage account's subscription; null when not known.</summary>
    public string? StorageTenant { get; init; }

    /// <summary>Resource providers that the flow log needs and that are not registered: <c>/subscriptions/{s}/providers/Microsoft.Insights</c>.</summary>
    public IReadOnlyList<string> UnregisteredProviders { get; init; } = [];

    /// <summary>Of an NSG without a flow log: the virtual networks that its subnets and network interfaces are in.</summary>
    public IReadOnlyList<ResourceId> Networks { get; init; } = [];

    /// <summary>Of an NSG without a flow log: how many of its network interfaces were not looked at for <see cref="Networks"/>.</summary>
    public int InterfacesLeftOut { get; init; }
}
