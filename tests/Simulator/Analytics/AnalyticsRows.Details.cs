using System;
using System.Collections.Generic;
using System.Linq;

namespace NsgFlow.Simulator;

/// <content>Public addresses and topology.</content>
internal sealed partial class AnalyticsRows
{
    public Dictionary<string, object?> NsgDetails(KeyValuePair<(DateTime Start, bool IsNsg, string Address), AnalyticsEnd> of)
    {
        var threat = Threat(of.Key.Address);
        return new Dictionary<string, object?>
        {
            ["TenantId"] = Guid.Parse(world.TenantId),
            ["Type"] = AnalyticsSchema.NsgDetails,
            ["TimeGenerated"] = Ingested(of.Key.Start),
            ["SubType_s"] = "FlowLog",
            ["FASchemaVersion_s"] = "2",
            ["FlowIntervalStartTime_t"] = of.Key.Start,
            ["FlowIntervalEndTime_t"] = End(of.Key.Start),
            ["FlowType_s"] = DetailsType(of.Value),
            ["IP_s"] = of.Key.Address,
            ["Location_s"] = of.Value.Location,
            ["PublicIPDetails_s"] = of.Value.Owner,
            ["ThreatType_s"] = threat.Type,
            ["ThreatDescription_s"] = threat.Description,
            ["DNSDomain_s"] = threat.Domain,
        };
    }

    public Dictionary<string, object?> VirtualNetworkDetails(KeyValuePair<(DateTime Start, bool IsNsg, string Address), AnalyticsEnd> of)
    {
        var threat = Threat(of.Key.Address);
        return new Dictionary<string, object?>
        {
            ["TenantId"] = world.TenantId,
            ["Type"] = AnalyticsSchema.VirtualNetworkDetails,
            ["TimeGenerated"] = Ingested(of.Key.Start),
            ["SubType"] = "FlowLog",
            ["FaSchemaVersion"] = "2",
            ["FlowIntervalStartTime"] = of.Key.Start,
            ["FlowIntervalEndTime"] = End(of.Key.Start),
            ["FlowType"] = DetailsType(of.Value),
            ["Ip"] = of.Key.Address,
            ["Location"] = of.Value.Location,
            ["PublicIpDetails"] = of.Value.Owner,
            ["ThreatType"] = threat.Type,
            ["ThreatDescription"] = threat.Description,
            ["DnsDomain"] = threat.Domain,
        };
    }

    /// <summary>Every NSG, with whether it is logged and into which account.</summary>
    public IEnumerable<Dictionary<string, object?>> NsgTopology(IEnumerable<DateTime> starts)
    {
        var times = starts.ToList();
        return times.SelectMany(_ => world.State.OfType("Microsoft.Network/networkSecurityGroups"), (start, nsg) =>
        {
            var id = ResourceId.Parse(nsg.Text("id")!);
            var region = nsg.Text("location");
            return new Dictionary<string, object?>
            {
                ["TenantId"] = Guid.Parse(world.TenantId),
                ["Type"] = AnalyticsSchema.Nsg,
                ["TimeGenerated"] = Ingested(start),
                ["TimeProcessed_t"] = Ingested(start),
                ["SubType_s"] = "Topology",
                ["ResourceType"] = "NetworkSecurityGroup",
                ["Name_s"] = $"{id.Group}/{id.Name}",
                ["Subscription_g"] = Guid.Parse(id.Subscription!),
                ["Region_s"] = region,
                ["DiscoveryRegion_s"] = region,
                ["IsFlowEnabled_b"] = Account(id) is not null,
                ["FlowLogStorageAccount_s"] = Account(id),
            };
        });
    }

    /// <summary>Every virtual network, likewise.</summary>
    public IEnumerable<Dictionary<string, object?>> VirtualNetworkTopology(IEnumerable<DateTime> starts)
    {
        var times = starts.ToList();
        return times.SelectMany(_ => world.State.OfType("Microsoft.Network/virtualNetworks"), (start, network) =>
        {
            var id = ResourceId.Parse(network.Text("id")!);
            return new Dictionary<string, object?>
            {
                ["TenantId"] = world.TenantId,
                ["Type"] = AnalyticsSchema.VirtualNetworkTopology,
                ["TimeGenerated"] = Ingested(start),
                ["TimeProcessed"] = Ingested(start),
                ["SubType"] = "Topology",
                ["AzureResourceType"] = "VirtualNetwork",
                ["Name"] = $"{id.Group}/{id.Name}",
                ["Subscription"] = id.Subscription,
                ["Region"] = network.Text("location"),
                ["DiscoveryRegion"] = network.Text("location"),
                ["AddressPrefixes"] = string.Join(' ', network.Properties().Child("addressSpace").List("addressPrefixes").Select(static prefix => prefix!.GetValue<string>())),
                ["IsFlowEnabled"] = Account(id) is not null,
                ["FlowLogStorageAccount"] = Account(id),
            };
        });
    }

    private string DetailsType(AnalyticsEnd end) => end.Kind == AnalyticsEndKind.Malicious ? "MaliciousFlow" : end.Kind.ToString();

    private (string Address, string Type, string Description, string Domain) Threat(string address) => options.Threats.FirstOrDefault(threat => threat.Address == address);

    /// <summary>subscription/group/account of the flow log of a resource; null when it has none.</summary>
    private string? Account(ResourceId target) => world.State.OfType("Microsoft.Network/networkWatchers/flowLogs")
        .Where(log => ResourceId.Same(log.Properties().Text("targetResourceId"), target.Text))
        .Select(log => Path(log.Properties().Text("storageId")!, isWithSubscription: true)).FirstOrDefault();
}
