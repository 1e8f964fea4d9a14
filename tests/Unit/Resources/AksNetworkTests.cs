using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Resources;
using Xunit;

namespace NsgFlow.Unit.Resources;

public class AksNetworkTests
{
    private readonly FakeArm _arm = World.Create();

    [Fact]
    public void AManagedNetworkIsInTheNodeResourceGroup()
    {
        var network = Of(World.Cluster);
        Assert.Equal("MC_rg_prod", network.NodeResourceGroup);
        Assert.Equal(["aks-agentpool-1-nsg"], Names(network.Nsgs));
        Assert.Equal(["aks-vnet-1"], Names(network.VirtualNetworks));
        Assert.Equal(["aks-subnet"], Names(network.Subnets));
        Assert.Equal(["aks-agentpool-1-vmss"], Names(network.ScaleSets));
        Assert.Empty(network.Issues);
        Assert.Single(_arm.Calls, static call => call.StartsWith("QUERY", StringComparison.Ordinal));
    }

    [Fact]
    public void ANetworkThatWasBroughtIsFoundByThePools()
    {
        var network = Of(World.OwnCluster);
        Assert.Equal(["aks-agentpool-2-nsg"], Names(network.Nsgs));
        Assert.Equal([World.Hub], network.VirtualNetworks.Select(static one => one.Id));
        Assert.Equal(["nodes", "nodes2", "pods"], Names(network.Subnets).Order());
        Assert.Empty(network.Issues);
    }

    [Fact]
    public void ANetworkThatMayNotBeReadIsSaid()
    {
        _arm.Before = static call =>
        {
            if (call.StartsWith("GET " + World.Hub, StringComparison.OrdinalIgnoreCase))
                throw new NsgFlowException("ArmAccessDenied", "no right to read hub", string.Empty);
        };
        var network = Of(World.OwnCluster);
        Assert.Equal(["aks-agentpool-2-nsg"], Names(network.Nsgs));
        Assert.Empty(network.Subnets);
        Assert.Contains("no right to read hub", network.Issues);
    }

    [Fact]
    public void AClusterWithoutNodesSaysSo()
    {
        _arm.Add(World.Root + "rg-aks/providers/Microsoft.ContainerService/managedClusters/new");
        Assert.Contains("'new' has no node resource group", Assert.Single(Of(World.Root + "rg-aks/providers/Microsoft.ContainerService/managedClusters/new").Issues), StringComparison.Ordinal);
    }

    [Fact]
    public void ItIsTheSameWithoutResourceGraph()
    {
        _arm.Before = static call =>
        {
            if (call.StartsWith("QUERY", StringComparison.Ordinal))
                throw new NsgFlowException("ArmAccessDenied", "no graph", string.Empty);
        };
        var network = Of(World.Cluster);
        Assert.Equal(["aks-agentpool-1-nsg"], Names(network.Nsgs));
        Assert.Equal(["aks-subnet"], Names(network.Subnets));
        Assert.Equal(["aks-agentpool-1-vmss"], Names(network.ScaleSets));
    }

    private static IEnumerable<string> Names(IEnumerable<ArmResource> all) => all.Select(static one => one.Name);

    private AksNetwork Of(string cluster)
    {
        var finder = new ResourceFinder(_arm);
        return AksNetwork.Of(finder.FindOne(new ResourceQuestion { Kind = ResourceKind.AksCluster, Names = [cluster] }, default), finder, default);
    }
}
