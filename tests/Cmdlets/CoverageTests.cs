using System;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>What of the simulator's worlds is logged.</summary>
[Collection(SimulatedNetworkGroup.Name)]
public class CoverageTests(SimulatedNetwork azure)
{
    [Theory]
    [InlineData("", "aks-agentpool-12345678-vmss_0 None,aks-agentpool-12345678-vmss_1 None,aks-agentpool-12345678-vmss_2 None,db-1-nic None,web-1-nic Twice,dev-1-nic None")]
    [InlineData("-Level NetworkInterface -VirtualNetwork spoke-vnet", "db-1-nic None,web-1-nic Twice")]
    [InlineData("Subnet -SubscriptionId prod", "aks-vnet-12345678/aks-subnet None,hub-vnet/GatewaySubnet None,spoke-vnet/db None,spoke-vnet/web Twice")]
    [InlineData("Subnet -AksCluster prod-*", "aks-vnet-12345678/aks-subnet None")]
    [InlineData("AksPool", "prod-weu/agentpool None")]
    [InlineData("VirtualNetwork -ResourceGroupName rg-net", "hub-vnet None,spoke-vnet Partly")]
    public void EachLevelHasItsRows(string parameters, string expected)
    {
        using var session = azure.Session();
        var rows = session.Run("Get-NsgFlowLogCoverage " + parameters).Clean().Output.Cast<FlowLogCoverage>().ToList();
        Assert.Equal(expected, string.Join(',', rows.Select(row => $"{row.Name} {row.State}")));
        Assert.Empty(azure.Simulator.Requests.Writes);
    }

    [Fact]
    public void ARowSaysByWhat()
    {
        using var session = azure.Session();
        var row = Assert.Single(session.Run("Get-NsgFlowLogCoverage -VirtualNetwork spoke-vnet | Where-Object State -eq Twice").Clean().Output.Cast<FlowLogCoverage>());
        Assert.Equal(["web-nsg-rg-net-flowlog", "web-flowlog"], row.FlowLogs.Select(log => log.Name));
        Assert.Equal((true, "web-1", "spoke-vnet", "web", 1), (row.TrafficAnalytics, row.VirtualMachine, row.VirtualNetwork, row.Subnet, row.LoggedTwice));
    }

    [Fact]
    public void AWatcherThatCannotBeListedMakesItUnknown()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.Fail("GET", "*/networkWatchers/*/flowLogs", 403, "AuthorizationFailed", "No right.", times: 100);
        var outcome = session.Run("Get-NsgFlowLogCoverage -VirtualNetwork spoke-vnet");
        azure.Simulator.Faults.Clear();
        Assert.Equal("ArmAccessDenied", Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.All(outcome.Output.Cast<FlowLogCoverage>(), row => Assert.Equal(CoverageState.Unknown, row.State));
    }

    [Fact]
    public void NoRowsAreExplained()
    {
        using var session = azure.Session();
        Assert.Equal("There is no pool of an AKS cluster in what was found; another -Level may have more.", Assert.Single(session.Run("Get-NsgFlowLogCoverage AksPool -SubscriptionId dev").Warnings));
    }

    /// <summary>500 NSGs over 20 subscriptions and 30 regions, and a service that throttles.</summary>
    [Fact]
    public async Task ALargeTenantIsReadInABoundedNumberOfRequests()
    {
        await using var simulator = await AzureSimulator.StartAsync(ManyWorld.Create());
        using var session = SimulatedNetwork.Session(simulator);
        var rows = session.Run("Get-NsgFlowLogCoverage").Clean().Output.Cast<FlowLogCoverage>().ToList();
        Assert.Equal(500, rows.Count);
        Assert.Equal((250, 250), (rows.Count(row => row.State == CoverageState.Once), rows.Count(row => row.State == CoverageState.None)));

        // The subscriptions, two pages of Resource Graph (500 each of NSGs, virtual networks and interfaces), the watchers, each watcher's flow logs.
        var asked = simulator.Requests.All.Count;
        var watchers = simulator.Requests.All.Count(request => request.Path.EndsWith("/flowLogs", StringComparison.OrdinalIgnoreCase));
        Assert.InRange(watchers, 1, 20 * 30);
        Assert.InRange(asked - watchers, 4, 5);

        simulator.Requests.Clear();
        simulator.Faults.Fail("POST", "*", 429, "TooManyRequests", "Throttled.", times: 2, retryAfter: 0);
        simulator.Faults.Fail("GET", "*/flowLogs", 429, "TooManyRequests", "Throttled.", times: 8, retryAfter: 0);
        Assert.Equal(500, session.Run("Get-NsgFlowLogCoverage").Clean().Output.Count);
        Assert.Equal(asked + 10, simulator.Requests.All.Count);
    }
}
