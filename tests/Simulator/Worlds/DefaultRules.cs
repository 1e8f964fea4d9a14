using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace NsgFlow.Simulator;

/// <summary>The rules that every NSG has.</summary>
internal static class DefaultRules
{
    private const string Any = "*";
    private const string Network = "VirtualNetwork";

    public static IEnumerable<(string Name, JsonObject Properties)> All =>
    [
        ("AllowVnetInBound", Rule("Allow inbound traffic from all VMs in VNET", Network, Network, "Allow", 65000, "Inbound")),
        ("AllowAzureLoadBalancerInBound", Rule("Allow inbound traffic from azure load balancer", "AzureLoadBalancer", Any, "Allow", 65001, "Inbound")),
        ("DenyAllInBound", Rule("Deny all inbound traffic", Any, Any, "Deny", 65500, "Inbound")),
        ("AllowVnetOutBound", Rule("Allow outbound traffic from all VMs to all VMs in VNET", Network, Network, "Allow", 65000, "Outbound")),
        ("AllowInternetOutBound", Rule("Allow outbound traffic from all VMs to Internet", Any, "Internet", "Allow", 65001, "Outbound")),
        ("DenyAllOutBound", Rule("Deny all outbound traffic", Any, Any, "Deny", 65500, "Outbound")),
    ];

    private static JsonObject Rule(string description, string source, string destination, string access, int priority, string direction) => Json.Object(new
    {
        description,
        protocol = Any,
        sourcePortRange = Any,
        destinationPortRange = Any,
        sourceAddressPrefix = source,
        destinationAddressPrefix = destination,
        access,
        priority,
        direction,
    });
}
