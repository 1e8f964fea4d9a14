namespace NsgFlow.Setup;

/// <summary>A network interface of a <see cref="NetworkLayout"/>.</summary>
internal sealed class LayoutNic(ResourceId id, LayoutSubnet subnet)
{
    public ResourceId Id { get; } = id;

    public LayoutSubnet Subnet { get; } = subnet;

    /// <summary>The NSG on the interface itself; empty for none.</summary>
    public ResourceId Nsg { get; set; }

    /// <summary>
    /// Whether it belongs to an instance of a scale set (every AKS node does). Such interfaces come and go with their instances, so a flow log
    /// is never put on one.
    /// </summary>
    public bool IsOfInstance { get; } = id.Segment("virtualMachineScaleSets") is not null;
}
