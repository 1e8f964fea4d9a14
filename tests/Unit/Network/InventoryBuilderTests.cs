using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Display;
using NsgFlow.Network;
using Xunit;
using static NsgFlow.Unit.Network.AzureNetwork;

namespace NsgFlow.Unit.Network;

public class InventoryBuilderTests
{
    [Fact]
    public void VirtualNetworksAreReadWithWhatIsInThem()
    {
        var inventory = Build(Answers());
        Assert.Equal(["aks", "hub"], inventory.VirtualNetworks.Select(network => network.Name));
        var hub = inventory.VirtualNetworks[1];
        Assert.Equal(10, hub.FlowTimeoutInMinutes);
        Assert.Equal(["apps", "GatewaySubnet", "web"], hub.Subnets.Select(subnet => subnet.Name));
        Assert.Equal(["Microsoft.Web/serverFarms"], hub.Subnets[0].Delegations);
        Assert.Equal(["10.0.0.0/27", "fd00::/64"], hub.Subnets[1].AddressPrefixes);
        Assert.Equal(Rg + "networkSecurityGroups/web-nsg", hub.Subnets[2].Nsg);
        Assert.Equal(("vpn", "Vpn"), (Assert.Single(hub.Gateways).Name, hub.Gateways[0].Type));
        Assert.Equal(["to-aks", "to-far"], hub.Peerings.Select(peering => peering.Name));
        Assert.Equal(["10.9.0.0/16"], hub.Peerings[1].AddressPrefixes);
        Assert.Equal(("berlin", "198.51.100.7"), (Assert.Single(inventory.Sites).Name, inventory.Sites[0].GatewayAddress));
        Assert.Equal(["172.16.201.0/24"], Assert.Single(inventory.PointToSite).AddressPrefixes);
    }

    [Fact]
    public void NetworkInterfacesAreReadWithThoseOfScaleSets()
    {
        var inventory = Build(Answers());
        Assert.Equal(4, inventory.NetworkInterfaces.Count);
        var nic = inventory.NetworkInterfaces.Single(one => one.Name == "vm1-nic");
        Assert.Equal(["10.0.1.4", "10.0.1.5"], nic.Addresses);
        Assert.Equal(("00-0D-3A-F8-80-1A", true, Rg + "networkSecurityGroups/vm1-nsg"), (nic.MacAddress, nic.IsPrimary, nic.Nsg));
        var instance = inventory.NetworkInterfaces.First(one => one.Name == "aks-np1-vmss");
        Assert.Equal(("westeurope", ScaleSetId + "/virtualMachines/0"), (instance.Location, instance.VirtualMachine));
        var endpoint = inventory.NetworkInterfaces.Single(one => one.PrivateEndpoint is not null);
        Assert.Equal((null, null), (endpoint.MacAddress, endpoint.VirtualMachine));
        Assert.Equal(["aks-np1-vmss_0", "aks-np1-vmss_1", "vm1"], inventory.VirtualMachines.Select(machine => machine.Name));
        Assert.Equal((ClusterId, "np1", ScaleSetId), (inventory.VirtualMachines[0].AksCluster, inventory.VirtualMachines[0].NodePool, inventory.VirtualMachines[0].ScaleSet));
    }

    [Fact]
    public void RulesLoadBalancersAddressesAndClustersAreRead()
    {
        var inventory = Build(Answers());
        var nsg = Assert.Single(inventory.Nsgs);
        Assert.Equal(["web", "out", "DenyAllInBound"], nsg.Rules.Select(rule => rule.Name));
        Assert.Equal(["80", "443"], nsg.Rules[0].DestinationPorts);
        Assert.Empty(nsg.Rules[0].DestinationAddresses);
        Assert.Equal([Rg + "applicationSecurityGroups/shop"], nsg.Rules[0].DestinationGroups);
        Assert.Equal((false, true), (nsg.Rules[1].IsDefault, nsg.Rules[2].IsDefault));
        Assert.Equal([Rg + "virtualNetworks/hub/subnets/web"], nsg.Subnets);

        var balancer = Assert.Single(inventory.LoadBalancers);
        Assert.Equal("Standard", balancer.Sku);
        Assert.Equal(["10.1.0.100"], balancer.Frontends[0].Addresses);
        Assert.Equal(Rg + "publicIPAddresses/lb-ip", balancer.Frontends[1].PublicAddress);
        Assert.Equal([ScaleSetId + "/virtualMachines/0/networkInterfaces/aks-np1-vmss", "10.0.1.4"], balancer.Backends);

        Assert.Equal(["lb-ip", "vm1-ip", "out"], inventory.PublicAddresses.Select(address => address.Name));
        Assert.Equal(balancer.Id, inventory.PublicAddresses[0].Resource);
        Assert.Equal(Rg + "networkInterfaces/vm1-nic", inventory.PublicAddresses[1].NetworkInterface);
        Assert.Equal(("20.50.0.16/28", Rg + "natGateways/nat"), (inventory.PublicAddresses[2].Addresses[0], inventory.PublicAddresses[2].Resource));

        var cluster = Assert.Single(inventory.AksClusters);
        Assert.Equal(["10.244.0.0/16", "fd12::/64"], cluster.PodRanges);
        Assert.Equal(["172.20.0.0/16"], cluster.ServiceRanges);
        Assert.Equal(("overlay", "loadBalancer", "172.20.0.10"), (cluster.NetworkPluginMode, cluster.OutboundType, cluster.DnsServiceAddress));
        Assert.Equal([("gpu", 0, null), ("np1", 2, Rg + "virtualNetworks/aks/subnets/nodes")], cluster.NodePools.Select(pool => (pool.Name!, pool.Count!.Value, pool.Subnet)));
    }

    [Fact]
    public void WhatIsDamagedIsToldAndTheRestComes()
    {
        var inventory = Build(Answers());
        Assert.Equal(["192.168.0.0/16"], inventory.Sites[0].AddressPrefixes);
        Assert.StartsWith(Rg + "localNetworkGateways/berlin: not an address is not", Assert.Single(inventory.Issues), StringComparison.Ordinal);
    }

    [Fact]
    public void ItTellsWhenAndOfWhatItIs()
    {
        var inventory = Build(Answers());
        Assert.InRange(inventory.Time!.Value, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow);
        Assert.Equal(DateTimeKind.Utc, inventory.Time.Value.Kind);
        Assert.False(string.IsNullOrEmpty(inventory.ToolVersion));
        Assert.Equal((Subscription, "Production"), (Assert.Single(inventory.Subscriptions).Id, inventory.Subscriptions[0].Name));
        Assert.Equal(["westeurope"], inventory.Locations);
    }

    [Fact]
    public void OneQueryAndARequestForEachScaleSetIsAllThatItAsks()
    {
        var arm = Answers();
        Build(arm);
        Assert.Equal(3, arm.Requests);
        Assert.Contains("type in~ (", arm.LastQuery!.Text, StringComparison.Ordinal);
        Assert.Contains("order by id", arm.LastQuery.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutResourceGraphListsGiveTheSame()
    {
        const string Group = "/subscriptions/" + Subscription + "/resourceGroups/rg-net";
        var graph = Build(Answers());
        var arm = Answers();
        foreach (var kind in All.GroupBy(one => ResourceKind.OfType(one.Type)!.Type))
            arm.On($"{(ResourceKind.OfType(kind.Key)!.IsListedByGroup ? Group : "/subscriptions/" + Subscription)}/providers/{kind.Key}", [.. kind.Select(one => one.Root.Json)]);
        arm.On($"/subscriptions/{Subscription}/resourcegroups", $$"""{ "id": "{{Group}}" }""");
        arm.Graph = null;
        Assert.Equal(Text(graph), Text(Build(arm)));

        // Subscriptions, Resource Graph, nine kinds of the subscription, its groups, two kinds of its one group, a scale set.
        Assert.Equal(1 + 1 + 9 + 1 + 2 + 1, arm.Requests);
        Assert.InRange(arm.MostUnderWay, 1, 8);
    }

    [Fact]
    public void WhatMayNotBeReadIsToldOnceForEachSubscription()
    {
        var arm = Answers();
        arm.Graph = null;
        arm.On($"/subscriptions/{Subscription}/providers/Microsoft.Network/virtualNetworks", Hub);
        arm.Refuses($"/subscriptions/{Subscription}/providers/Microsoft.Network/loadBalancers").Refuses($"/subscriptions/{Subscription}/providers/Microsoft.Compute/virtualMachines");
        var inventory = Build(arm);
        Assert.Equal("hub", Assert.Single(inventory.VirtualNetworks).Name);
        Assert.Equal(
            [$"In subscription {Subscription}, these could not be read: load balancers, virtual machines: No right to read it."],
            inventory.Issues);
    }

    [Fact]
    public void WhenNothingMayBeReadItIsAnError()
    {
        var arm = new ListedArm().On("/subscriptions", $$"""{ "id": "/subscriptions/{{Subscription}}", "subscriptionId": "{{Subscription}}" }""");
        foreach (var kind in ResourceKind.All)
            arm.Refuses($"/subscriptions/{Subscription}/providers/{kind.Type}");
        arm.Refuses($"/subscriptions/{Subscription}/resourcegroups");
        Assert.Equal("ArmAccessDenied", Assert.Throws<NsgFlowException>(() => Build(arm)).ErrorId);
    }

    [Fact]
    public void AScaleSetThatMayNotBeReadIsToldAndTheRestComes()
    {
        var inventory = Build(Answers().Refuses(ScaleSetId + "/networkInterfaces"));
        Assert.Equal(2, inventory.NetworkInterfaces.Count);
        Assert.Contains($"The network interfaces of scale set '{ScaleSetId}' could not be read: No right to read it.", inventory.Issues);
    }

    [Fact]
    public void NodesThatAreNotSeenAreTold()
    {
        var arm = Answers();
        arm.Graph = [.. All.Where(one => one.Name != "aks-np1-vmss")];
        Assert.Contains(Build(arm).Issues, issue => issue.StartsWith("The nodes of AKS cluster 'prod' are not seen: to read resource group 'mc_rg_PROD_weu'", StringComparison.Ordinal));
    }

    [Fact]
    public void NarrowedToAVirtualNetworkItHasWhatIsInThere()
    {
        var arm = Answers();
        var inventory = Build(arm, new InventoryScope { VirtualNetworks = ["h*"] });
        Assert.Equal(["hub"], inventory.VirtualNetworks.Select(network => network.Name));
        Assert.Equal(["pe.nic", "vm1-nic"], inventory.NetworkInterfaces.Select(nic => nic.Name));
        Assert.Equal(["vm1"], inventory.VirtualMachines.Select(machine => machine.Name));
        Assert.Equal(["web-nsg"], inventory.Nsgs.Select(nsg => nsg.Name));
        Assert.Empty(inventory.AksClusters);
        Assert.Empty(inventory.LoadBalancers);

        // Another's, and one of which nobody knows whose it is.
        Assert.Equal(["vm1-ip", "out"], inventory.PublicAddresses.Select(address => address.Name));
        Assert.Single(inventory.PointToSite);

        // The scale set is elsewhere and was not asked for.
        Assert.Equal(2, arm.Requests);
    }

    [Fact]
    public void NarrowedToAClusterItHasItsNodesAndTheirNetwork()
    {
        var inventory = Build(Answers(), new InventoryScope { AksClusters = [ClusterId.ToUpperInvariant()] });
        Assert.Equal(["aks"], inventory.VirtualNetworks.Select(network => network.Name));
        Assert.Equal(["aks-np1-vmss_0", "aks-np1-vmss_1"], inventory.VirtualMachines.Select(machine => machine.Name));
        Assert.Equal(["kubernetes-internal"], inventory.LoadBalancers.Select(balancer => balancer.Name));
        Assert.Equal(["lb-ip", "out"], inventory.PublicAddresses.Select(address => address.Name));
        Assert.Empty(inventory.Nsgs);
        Assert.Empty(inventory.PointToSite);
    }

    [Fact]
    public void NarrowedToGroupsAndRegionsItHasWhatIsInBoth()
    {
        Assert.Equal(["kubernetes-internal"], Build(Answers(), new InventoryScope { ResourceGroups = ["mc_*"] }).LoadBalancers.Select(balancer => balancer.Name));
        Assert.Equal(2, Build(Answers(), new InventoryScope { Locations = ["West Europe"] }).VirtualNetworks.Count);
        Assert.Empty(Build(Answers(), new InventoryScope { Locations = ["eastus"] }).VirtualNetworks);
    }

    [Theory]
    [InlineData("hubb", "There is no virtual network 'hubb', or you may not read it. Did you mean hub?")]
    [InlineData("/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/virtualNetworks/z", "There is no virtual network '/subscriptions/x/resourceGroups/y/providers/Microsoft.Network/virtualNetworks/z', or you may not read it.")]
    public void ANameThatNothingHasIsAnError(string name, string message)
    {
        var error = Assert.Throws<NsgFlowException>(() => Build(Answers(), new InventoryScope { VirtualNetworks = [name] }));
        Assert.Equal(("ResourceNotFound", message), (error.ErrorId, error.Message));
    }

    [Theory]
    [InlineData(true, "Nothing that you may read is an AKS cluster with a name like nope* or none?.")]
    [InlineData(false, "Nothing that you may read is a virtual network with a name like nope* or none?.")]
    public void WildcardsThatFitNothingAreToldAndNothingComes(bool isCluster, string issue)
    {
        string[] names = ["nope*", "none?"];
        var inventory = Build(Answers(), isCluster ? new InventoryScope { AksClusters = names } : new InventoryScope { VirtualNetworks = names });
        Assert.Contains(issue, inventory.Issues);
        Assert.True(InventoryFormat.IsEmpty(inventory));
        Assert.DoesNotContain(Build(Answers(), new InventoryScope { AksClusters = ["pr*", "nope*"] }).Issues, one => one.StartsWith("Nothing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SubscriptionNotFound", "ResourceNotFound")]
    [InlineData("ResourceGroupNotFound", null)]
    public void ASubscriptionThatIsNotThereIsNoEmptyOne(string serviceCode, string? errorId)
    {
        var arm = new ListedArm().On("/subscriptions");
        foreach (var kind in ResourceKind.All)
            arm.Refuses($"/subscriptions/{Subscription}/providers/{kind.Type}", "ResourceNotFound", serviceCode);
        arm.Refuses($"/subscriptions/{Subscription}/resourcegroups", "ResourceNotFound", serviceCode);
        Assert.Equal(errorId, (Record.Exception(() => Build(arm, new InventoryScope { Subscriptions = [Subscription] })) as NsgFlowException)?.ErrorId);
    }

    [Fact]
    public void ManyScaleSetsAreReadEightAtATime()
    {
        var arm = Answers();
        var sets = Enumerable.Range(0, 100).Select(i => ScaleSet.Replace("aks-np1-vmss", $"set{i:000}", StringComparison.Ordinal)).ToList();
        arm.Graph = [.. sets.Select(ArmResource.Parse)];
        foreach (var set in arm.Graph)
            arm.On(set.Id + "/networkInterfaces");
        Build(arm);
        Assert.Equal(102, arm.Requests);
        Assert.InRange(arm.MostUnderWay, 1, 8);
    }

    [Theory]
    [InlineData("aks-gpu-12345678-vmss", "gpu")]
    [InlineData("akswin", null)]
    public void ANodeWithoutTagsIsOfThePoolInItsName(string scaleSet, string? pool)
    {
        var set = ScaleSet.Replace("aks-np1-vmss", scaleSet, StringComparison.Ordinal).Replace("aks-managed-poolName", "other", StringComparison.Ordinal);
        var arm = new ListedArm { Graph = [.. new[] { set, Cluster }.Select(ArmResource.Parse)] };
        arm.On(arm.Graph[0].Id + "/networkInterfaces", $$"""{ "id": "{{arm.Graph[0].Id}}/virtualMachines/0/networkInterfaces/n", "name": "n" }""").On("/subscriptions");
        Assert.Equal((ClusterId, pool), (Assert.Single(Build(arm).VirtualMachines).AksCluster, Build(arm).VirtualMachines[0].NodePool));
    }

    private static NetworkInventory Build(ListedArm arm, InventoryScope? scope = null) => new InventoryBuilder(arm).Build(scope ?? new InventoryScope(), CancellationToken.None);

    private static string Text(NetworkInventory inventory)
    {
        using var stream = new MemoryStream();
        inventory.Write(stream);
        return Regex.Replace(Encoding.UTF8.GetString(stream.ToArray()), "\"time\": \".*?\"", "");
    }
}
