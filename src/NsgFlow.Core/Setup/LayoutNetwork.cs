using System.Collections.Generic;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>A virtual network of a <see cref="NetworkLayout"/>.</summary>
internal sealed class LayoutNetwork(ArmResource resource)
{
    public ResourceId Id { get; } = resource.ResourceId;

    public string Name { get; } = resource.Name;

    public string? Location { get; } = resource.Location;

    /// <summary>Minutes after which an idle flow ends; null when never set, and then NSG flow logs count no bytes of some flows.</summary>
    public long? FlowTimeout { get; } = resource.Properties["flowTimeoutInMinutes"].Number;

    public List<LayoutSubnet> Subnets { get; } = [];
}
