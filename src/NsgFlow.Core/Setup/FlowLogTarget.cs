using System;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>What is to be logged: an ARM resource, and the region that its flow log and storage account must be in.</summary>
public sealed class FlowLogTarget
{
    /// <summary>Names a target.</summary>
    /// <param name="id">Its ARM id.</param>
    /// <param name="location">Its region (a subnet's is its virtual network's); null when not known.</param>
    public FlowLogTarget(string id, string? location)
    {
        Id = new ResourceId(id ?? throw new ArgumentNullException(nameof(id)));
        Kind = FlowLog.KindOf(Id);
        Location = location;
    }

    /// <summary>The ARM id.</summary>
    public ResourceId Id { get; }

    /// <summary>What sort of thing it is.</summary>
    public FlowLogTargetKind Kind { get; }

    /// <summary>The region, or null.</summary>
    public string? Location { get; }

    /// <summary>The resource's own name.</summary>
    public string Name => Id.Name ?? string.Empty;

    /// <summary>How a message names a target: <c>subnet 'hub-vnet/apps'</c>.</summary>
    public static string Words(ResourceId id)
    {
        var kind = KindOf(FlowLog.KindOf(id));
        var name = kind == ResourceKind.Subnet ? $"{id.VirtualNetwork}/{id.Subnet}" : id.Name;
        return $"{kind?.Word ?? "resource"} '{name}'";
    }

    /// <summary>The kind of resource that a kind of target is; null for one that this version does not know.</summary>
    public static ResourceKind? KindOf(FlowLogTargetKind kind) => kind switch
    {
        FlowLogTargetKind.Nsg => ResourceKind.Nsg,
        FlowLogTargetKind.VirtualNetwork => ResourceKind.VirtualNetwork,
        FlowLogTargetKind.Subnet => ResourceKind.Subnet,
        FlowLogTargetKind.NetworkInterface => ResourceKind.NetworkInterface,
        _ => null,
    };

    /// <summary>The kind and the name.</summary>
    public override string ToString() => Words(Id);
}
