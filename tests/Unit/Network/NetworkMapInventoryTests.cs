using System.Linq;
using System.Threading;
using NsgFlow.Network;
using Xunit;
using static NsgFlow.Unit.Network.NetworkTestData;

namespace NsgFlow.Unit.Network;

/// <summary>What the map makes of an inventory that was read from Azure.</summary>
public class NetworkMapInventoryTests
{
    private static readonly NetworkMap _map = new NetworkMapBuilder().Add(new InventoryBuilder(AzureNetwork.Answers()).Build(new InventoryScope(), CancellationToken.None)).Build();

    [Fact]
    public void ANodeIsKnownWithItsPool()
    {
        var node = _map.Place("10.1.0.5");
        Assert.Equal(("aks-np1-vmss_1", "aks-np1-vmss", "prod", "np1"), (node.VirtualMachine, node.NetworkInterface, node.AksCluster, node.NodePool));
        Assert.Equal(("aks", "nodes", AzureNetwork.ScaleSetId + "/virtualMachines/1/networkInterfaces/aks-np1-vmss"), (node.VirtualNetwork, node.Subnet, node.ResourceId));
    }

    [Fact]
    public void ALoadBalancerIsKnownByItsFrontends()
    {
        var inside = _map.Place("10.1.0.100");
        Assert.Equal((PlaceKind.VirtualNetwork, "kubernetes-internal", "nodes"), (inside.Kind, inside.LoadBalancer, inside.Subnet));
        var outside = _map.Place("20.50.0.2");
        Assert.Equal((PlaceKind.OwnPublic, "kubernetes-internal"), (outside.Kind, outside.LoadBalancer));
        Assert.Equal(FlowType.IntraVNet, _map.Type("10.1.0.100", "10.1.0.4"));
    }

    [Fact]
    public void RangesOfAClusterAreNamedAndChangeNoFlowType()
    {
        var pod = _map.Place("10.244.3.7");
        Assert.Equal((PlaceKind.Private, "prod", AksRange.Pod, "westeurope"), (pod.Kind, pod.AksCluster, pod.AksRange, pod.Location));
        Assert.Equal(AksRange.Service, _map.Place("172.20.0.10").AksRange);
        Assert.Null(_map.Place("172.21.0.10").AksRange);
        Assert.Equal(FlowType.UnknownPrivate, _map.Type("10.244.3.7", "10.1.0.4"));
        Assert.Equal(FlowType.UnknownPrivate, _map.Type("172.21.0.10", "10.1.0.4"));
    }

    [Fact]
    public void ANetworkBehindAPeeringIsKnownThoughItIsNotSeen()
    {
        Assert.Equal("far", _map.Place("10.9.0.1").VirtualNetwork);
        Assert.Equal(FlowType.InterVNet, _map.Type("10.9.0.1", "10.0.1.4"));
    }

    [Fact]
    public void AnAddressLeadsToItsResource()
    {
        Assert.Equal(AzureNetwork.Rg + "networkInterfaces/vm1-nic", _map.Place("20.50.0.1").ResourceId);
        Assert.Equal(AzureNetwork.Rg + "natGateways/nat", _map.Place("20.50.0.17").ResourceId);
        Assert.Equal(AzureNetwork.Rg + "virtualNetworks/hub/subnets/web", _map.Place("10.0.1.77").ResourceId);
        Assert.Equal(AzureNetwork.Rg + "localNetworkGateways/berlin", _map.Place("192.168.1.1").ResourceId);
    }

    [Fact]
    public void RangesThatClustersShareSayWhatAndNotWhose()
    {
        var map = new NetworkMapBuilder().Add(NetworkInventory.Parse("""
            { "aksClusters": [
                { "name": "a", "podRanges": [ "10.244.0.0/16" ], "serviceRanges": [ "10.0.0.0/16", "10.7.0.0/16" ] },
                { "name": "b", "podRanges": [ "10.244.0.0/16", "10.7.0.0/17", "10.8.0.0/16" ], "serviceRanges": [ "10.0.0.0/16", "20.0.0.0/16" ] } ],
              "virtualNetworks": [ { "name": "v", "addressPrefixes": [ "10.0.0.0/8" ], "subnets": [] } ],
              "sites": [ { "name": "s", "addressPrefixes": [ "10.244.0.0/24" ] } ] }
            """)).Build();

        // Routes count: the ranges are Azure's defaults, and say nothing against a network that uses the same.
        Assert.Equal(("v", null), (map.Place("10.0.0.9").VirtualNetwork, map.Place("10.0.0.9").AksRange));
        Assert.Equal("s", map.Place("10.244.0.9").Site);
        Assert.Null(map.Place("20.0.0.1").AksRange);

        map = new NetworkMapBuilder().Add(NetworkInventory.Parse("""
            { "aksClusters": [
                { "name": "a", "podRanges": [ "10.244.0.0/16" ], "serviceRanges": [ "10.7.0.0/16" ] },
                { "name": "b", "podRanges": [ "10.244.0.0/16", "10.7.0.0/17", "10.8.0.0/16" ] } ] }
            """)).Build();
        Assert.Equal((null, AksRange.Pod), (map.Place("10.244.1.1").AksCluster, map.Place("10.244.1.1").AksRange));
        Assert.Equal((null, null), (map.Place("10.7.0.1").AksCluster, map.Place("10.7.0.1").AksRange));
        Assert.Equal(("a", AksRange.Service), (map.Place("10.7.128.1").AksCluster, map.Place("10.7.128.1").AksRange));
        Assert.Equal(("b", AksRange.Pod), (map.Place("10.8.0.1").AksCluster, map.Place("10.8.0.1").AksRange));
    }

    [Fact]
    public void ASubnetOfPodsSaysWhosePodsTheyAre()
    {
        var map = new NetworkMapBuilder().Add(NetworkInventory.Parse($$"""
            { "virtualNetworks": [ { "id": "{{Hub}}", "addressPrefixes": [ "10.1.0.0/16" ],
                "subnets": [ { "name": "pods", "addressPrefixes": [ "10.1.16.0/20" ] }, { "name": "both", "addressPrefixes": [ "10.1.32.0/20" ] } ] } ],
              "aksClusters": [ { "name": "a", "nodePools": [ { "name": "p", "podSubnet": "{{Hub}}/subnets/PODS" }, { "name": "q", "podSubnet": "{{Hub}}/subnets/pods" } ] },
                               { "name": "b", "nodePools": [ { "name": "p", "podSubnet": "{{Hub}}/subnets/both" } ] },
                               { "name": "c", "nodePools": [ { "name": "p", "podSubnet": "{{Hub}}/subnets/both" } ] } ] }
            """)).Build();
        Assert.Equal((PlaceKind.VirtualNetwork, "pods", "a", AksRange.Pod), (map.Place("10.1.16.4").Kind, map.Place("10.1.16.4").Subnet, map.Place("10.1.16.4").AksCluster, map.Place("10.1.16.4").AksRange));
        Assert.Equal((null, AksRange.Pod), (map.Place("10.1.32.4").AksCluster, map.Place("10.1.32.4").AksRange));
    }

    [Fact]
    public void AnAddressIsResolvedWithTheMacOfItsInterface()
    {
        var resolver = Resolver();
        var node = resolver.Resolve(Address("10.1.0.5"));
        Assert.Equal(("10.1.0.5", PlaceKind.VirtualNetwork, "002248000001", "np1"), (node.IPAddress, node.Kind, node.MacAddress, node.NodePool));
        Assert.Equal("000D3AF8801A", resolver.Resolve(Address("20.50.0.1")).MacAddress);
        Assert.Null(resolver.Resolve(Address("10.1.0.100")).MacAddress);
        Assert.Equal("8.8.8.8: Unknown", resolver.Resolve(Address("8.8.8.8")).ToString());
    }

    [Fact]
    public void AMacIsResolvedToTheAddressesOfItsInterface()
    {
        var resolver = Resolver();
        var found = resolver.ResolveMac("000D3AF8801A");
        Assert.Equal(["10.0.1.4", "10.0.1.5"], found.Select(one => one.IPAddress));
        Assert.Equal("vm1", found[1].VirtualMachine);
        var unknown = Assert.Single(resolver.ResolveMac("FFFFFFFFFFFF"));
        Assert.Equal((null, "FFFFFFFFFFFF", null), (unknown.IPAddress, unknown.MacAddress, unknown.Kind));
    }

    private static AddressResolver Resolver()
    {
        var inventory = new InventoryBuilder(AzureNetwork.Answers()).Build(new InventoryScope(), CancellationToken.None);
        return new AddressResolver(new NetworkMapBuilder().Add(inventory).Build(), [inventory]);
    }
}
