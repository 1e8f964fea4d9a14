using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;

namespace NsgFlow.Setup;

/// <summary>A subnet of a <see cref="NetworkLayout"/>.</summary>
internal sealed class LayoutSubnet
{
    public LayoutSubnet(ResourceId id, LayoutNetwork network, ArmNode node)
    {
        Id = id;
        Network = network;
        var properties = node["properties"];
        Nsg = new ResourceId(properties["networkSecurityGroup"]["id"].Text);
        Delegations = [.. properties["delegations"].Items.Select(static item => item["properties"]["serviceName"].Text).OfType<string>()];
        HasApplicationGateway = properties["applicationGatewayIPConfigurations"].Items.Any();
    }

    public ResourceId Id { get; }

    public LayoutNetwork Network { get; }

    /// <summary>The NSG on it; empty for none.</summary>
    public ResourceId Nsg { get; set; }

    /// <summary>Services that the subnet was handed to (<c>Microsoft.Web/serverFarms</c>).</summary>
    public IReadOnlyList<string> Delegations { get; }

    public bool HasApplicationGateway { get; }

    public List<LayoutNic> Nics { get; } = [];

    public override string ToString() => $"{Network.Name}/{Id.Name}";
}
