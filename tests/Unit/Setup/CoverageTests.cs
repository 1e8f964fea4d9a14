using System;
using System.Collections.Generic;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Network;
using NsgFlow.Setup;
using Xunit;

namespace NsgFlow.Unit.Setup;

/// <summary>Who writes the flows of what; each case is worked out by hand after the documentation's rules.</summary>
public class CoverageTests
{
    private const string Sub = "/subscriptions/11111111-1111-1111-1111-111111111111";
    private const string Rg = Sub + "/resourceGroups/rg/providers/Microsoft.Network/";
    private const string Net = Rg + "virtualNetworks/v";
    private const string Web = Net + "/subnets/web";
    private const string Nic = Rg + "networkInterfaces/n1";
    private const string WebNsg = Rg + "networkSecurityGroups/web-nsg";
    private const string NicNsg = Rg + "networkSecurityGroups/n1-nsg";
    private const string Cluster = Sub + "/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/k";

    /// <summary>Which flow logs there are (a minus before one that is disabled), and which write: NSG flow logs first, then the nearest.</summary>
    [Theory]
    [InlineData("", CoverageState.None, "")]
    [InlineData("web-nsg", CoverageState.Once, "web-nsg")]
    [InlineData("n1-nsg", CoverageState.Once, "n1-nsg")]
    [InlineData("web-nsg n1-nsg", CoverageState.Once, "n1-nsg web-nsg")]
    [InlineData("v", CoverageState.Once, "v")]
    [InlineData("v web", CoverageState.Once, "web")]
    [InlineData("v web n1", CoverageState.Once, "n1")]
    [InlineData("v n1", CoverageState.Once, "n1")]
    [InlineData("v web -n1", CoverageState.Once, "web")]
    [InlineData("v -web -n1", CoverageState.Once, "v")]
    [InlineData("-v", CoverageState.None, "")]
    [InlineData("-web-nsg", CoverageState.None, "")]
    [InlineData("web-nsg v", CoverageState.Twice, "web-nsg v")]
    [InlineData("n1-nsg web-nsg v web", CoverageState.Twice, "n1-nsg web-nsg web")]
    [InlineData("-web-nsg v", CoverageState.Once, "v")]
    [InlineData("web-nsg -v", CoverageState.Once, "web-nsg")]
    [InlineData("other", CoverageState.None, "")]
    public void ANetworkInterfaceIsLoggedBy(string logs, CoverageState state, string by)
    {
        var row = Assert.Single(Table(logs, "n1").Rows(CoverageLevel.NetworkInterface));
        Assert.Equal((state, by), (row.State, Names(row.FlowLogs)));
        Assert.Equal(logs.Split(' ').Count(log => log.StartsWith('-')), row.DisabledFlowLogs.Count);
        Assert.Equal((1, state == CoverageState.None ? 1 : 0, state == CoverageState.Twice ? 1 : 0), (row.NetworkInterfaces, row.NotLogged, row.LoggedTwice));
        Assert.Equal(("n1", "vm1", "v", "web"), (row.Name, row.VirtualMachine, row.VirtualNetwork, row.Subnet));
    }

    [Fact]
    public void IdsAreComparedWithoutCase()
    {
        var log = Log("v", Net.ToUpperInvariant(), enabled: true);
        Assert.Equal(CoverageState.Once, new CoverageTable(Inventory("n1"), [log]).Rows(CoverageLevel.NetworkInterface)[0].State);
    }

    [Fact]
    public void AnAttachmentThatOnlyTheGroupTellsOfCounts()
    {
        var inventory = new NetworkInventory
        {
            NetworkInterfaces = [new InventoryNetworkInterface { Id = Nic, Subnet = Web }],
            Nsgs = [new InventoryNsg { Id = WebNsg, Subnets = [Web] }],
        };
        Assert.Equal(CoverageState.Once, new CoverageTable(inventory, [Log("l", WebNsg, enabled: true)]).Rows(CoverageLevel.NetworkInterface)[0].State);
    }

    [Fact]
    public void ALogThatIsBeingDeletedDoesNotCount()
    {
        var log = Log("v", Net, enabled: true);
        var going = new FlowLog(ArmResource.Parse(log.Resource.Root.Json.Replace("\"storageId\"", "\"provisioningState\": \"Deleting\", \"storageId\"", StringComparison.Ordinal)));
        var row = new CoverageTable(Inventory("n1"), [going]).Rows(CoverageLevel.NetworkInterface)[0];
        Assert.Equal(CoverageState.None, row.State);
        Assert.Empty(row.DisabledFlowLogs);
    }

    [Fact]
    public void WhatCannotBeLoggedSaysWhy()
    {
        var inventory = new NetworkInventory
        {
            VirtualNetworks =
            [
                new InventoryVirtualNetwork
                {
                    Id = Net,
                    Subnets =
                    [
                        new InventorySubnet { Id = Web, Name = "web" },
                        new InventorySubnet { Id = Net + "/subnets/apps", Name = "apps", Delegations = ["microsoft.web/serverfarms"] },
                        new InventorySubnet { Id = Net + "/subnets/pe", Name = "pe" },
                        new InventorySubnet { Id = Net + "/subnets/pods", Name = "pods", Delegations = ["Microsoft.ContainerService/managedClusters"] },
                    ],
                },
            ],
            NetworkInterfaces =
            [
                new InventoryNetworkInterface { Id = Nic, Name = "n1", Subnet = Web },
                new InventoryNetworkInterface { Id = Rg + "networkInterfaces/e1", Name = "e1", Subnet = Web, PrivateEndpoint = Rg + "privateEndpoints/e1" },
                new InventoryNetworkInterface { Id = Rg + "networkInterfaces/e2", Name = "e2", Subnet = Net + "/subnets/pe", PrivateEndpoint = Rg + "privateEndpoints/e2" },
            ],
        };
        var table = new CoverageTable(inventory, [Log("v", Net, enabled: true)]);
        const string Endpoint = "Traffic of a private endpoint is logged at its other end only.";
        Assert.Equal(
            [("n1", CoverageState.Once, null, 0), ("e1", CoverageState.None, Endpoint, 0), ("e2", CoverageState.None, Endpoint, 0)],
            table.Rows(CoverageLevel.NetworkInterface).Select(row => (row.Name, row.State, row.Unsupported, row.NotLogged)));

        // What cannot be logged does not make the rest of a subnet less logged.
        Assert.Equal(
            [
                ("v/web", CoverageState.Once, null, 2),
                ("v/apps", CoverageState.None, "Flow logs do not support App Service, Functions and Logic Apps, to which the subnet is delegated.", 0),
                ("v/pe", CoverageState.None, Endpoint, 1),
                ("v/pods", CoverageState.Once, null, 0),
            ],
            table.Rows(CoverageLevel.Subnet).Select(row => (row.Name, row.State, row.Unsupported, row.NetworkInterfaces)));
        Assert.Equal(CoverageState.Once, Assert.Single(table.Rows(CoverageLevel.VirtualNetwork)).State);
    }

    /// <summary>Two interfaces of a subnet, one with a security group of its own.</summary>
    [Theory]
    [InlineData("", CoverageState.None, 2, 0)]
    [InlineData("web-nsg", CoverageState.Once, 0, 0)]
    [InlineData("n1-nsg", CoverageState.Partly, 1, 0)]
    [InlineData("n1", CoverageState.Partly, 1, 0)]
    [InlineData("n1-nsg v", CoverageState.Twice, 0, 1)]
    [InlineData("web-nsg web", CoverageState.Twice, 0, 2)]
    [InlineData("n1-nsg n1", CoverageState.Partly, 1, 1)]
    public void ASubnetIsJudgedByWhatIsInIt(string logs, CoverageState state, int notLogged, int twice)
    {
        var table = Table(logs, "n1", "n2");
        foreach (var level in new[] { CoverageLevel.Subnet, CoverageLevel.VirtualNetwork })
        {
            var row = table.Rows(level)[0];
            Assert.Equal((state, 2, notLogged, twice), (row.State, row.NetworkInterfaces, row.NotLogged, row.LoggedTwice));
        }
    }

    [Theory]
    [InlineData("", CoverageState.None, CoverageState.None)]
    [InlineData("v", CoverageState.Once, CoverageState.Once)]
    [InlineData("web", CoverageState.Once, CoverageState.None)]
    [InlineData("web-nsg", CoverageState.Once, CoverageState.None)]
    [InlineData("web-nsg v", CoverageState.Twice, CoverageState.Once)]
    public void WhatIsEmptyIsJudgedByItself(string logs, CoverageState subnet, CoverageState network)
    {
        var table = Table(logs);
        Assert.Equal((subnet, network), (table.Rows(CoverageLevel.Subnet)[0].State, table.Rows(CoverageLevel.VirtualNetwork)[0].State));
        Assert.Equal(0, table.Rows(CoverageLevel.Subnet)[0].NetworkInterfaces);
    }

    [Fact]
    public void APoolIsJudgedByItsNodesAndTheSubnetOfItsPods()
    {
        var pods = Net + "/subnets/pods";
        var inventory = new NetworkInventory
        {
            NetworkInterfaces = [new InventoryNetworkInterface { Id = Nic, Subnet = Web, VirtualMachine = "node0" }],
            VirtualMachines = [new InventoryVirtualMachine { Name = "node0", AksCluster = Cluster.ToUpperInvariant(), NodePool = "P1" }],
            AksClusters =
            [
                new InventoryAksCluster
                {
                    Id = Cluster,
                    NodePools =
                    [
                        new InventoryNodePool { Name = "p1", Subnet = Web, PodSubnet = pods },
                        new InventoryNodePool { Name = "p2", Subnet = Web },
                        new InventoryNodePool { Name = "p3", Subnet = pods },
                    ],
                },
            ],
        };
        var rows = new CoverageTable(inventory, [Log("web", Web, enabled: true)]).Rows(CoverageLevel.AksPool);
        Assert.Equal(
            [("k/p1", CoverageState.Partly, 1), ("k/p2", CoverageState.Once, 0), ("k/p3", CoverageState.None, 0)],
            rows.Select(row => (row.Name, row.State, row.NetworkInterfaces)));
        Assert.Equal((Cluster + "/agentPools/p1", "k", "p1", "web"), (rows[0].ResourceId, rows[0].AksCluster, rows[0].NodePool, rows[0].Subnet));
    }

    [Fact]
    public void WhatCouldNotBeListedIsNotCalledUnlogged()
    {
        var table = new CoverageTable(Inventory("n1", "n2"), [Log("l", NicNsg, enabled: true)], ["11111111-1111-1111-1111-111111111111"]);
        Assert.Equal([CoverageState.Once, CoverageState.Unknown], table.Rows(CoverageLevel.NetworkInterface).Select(row => row.State));
        Assert.Equal((CoverageState.Partly, 0), (table.Rows(CoverageLevel.Subnet)[0].State, table.Rows(CoverageLevel.Subnet)[0].NotLogged));
        Assert.Equal(CoverageState.None, new CoverageTable(Inventory("n1"), [], ["22222222-2222-2222-2222-222222222222"]).Rows(CoverageLevel.NetworkInterface)[0].State);
    }

    [Fact]
    public void TrafficAnalyticsIsThatOfTheFlowLogsThatWrite()
    {
        var off = new CoverageTable(Inventory("n1"), [Log("web", Web, enabled: true), Log("v", Net, enabled: true, analytics: true)]);
        Assert.False(off.Rows(CoverageLevel.NetworkInterface)[0].TrafficAnalytics);
        var on = new CoverageTable(Inventory("n1"), [Log("v", Net, enabled: true, analytics: true)]);
        Assert.True(on.Rows(CoverageLevel.NetworkInterface)[0].TrafficAnalytics);
    }

    private static CoverageTable Table(string logs, params string[] nics) => new(
        Inventory(nics),
        logs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(log => Log(log.TrimStart('-'), TargetOf(log.TrimStart('-')), !log.StartsWith('-'))));

    private static string TargetOf(string log) => log switch
    {
        "v" => Net,
        "web" => Web,
        "n1" => Nic,
        "other" => Net + "2",
        _ => Rg + "networkSecurityGroups/" + log,
    };

    private static string Names(IEnumerable<FlowLog> logs) => string.Join(' ', logs.Select(log => log.Name));

    private static NetworkInventory Inventory(params string[] nics) => new()
    {
        VirtualNetworks = [new InventoryVirtualNetwork { Id = Net, Name = "v", Subnets = [new InventorySubnet { Id = Web, Name = "web", Nsg = WebNsg }] }],
        NetworkInterfaces =
        [
            .. nics.Select(name => new InventoryNetworkInterface
            {
                Id = Rg + "networkInterfaces/" + name,
                Name = name,
                Subnet = Web,
                Nsg = name == "n1" ? NicNsg : null,
                VirtualMachine = Sub + "/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1",
            }),
        ],
    };

    private static FlowLog Log(string name, string target, bool enabled, bool analytics = false) => new(ArmResource.Parse($$"""
        { "id": "{{Rg}}networkWatchers/w/flowLogs/{{name}}", "name": "{{name}}", "location": "westeurope",
          "properties": { "targetResourceId": "{{target}}", "enabled": {{(enabled ? "true" : "false")}}, "storageId": "s",
            "flowAnalyticsConfiguration": { "networkWatcherFlowAnalyticsConfiguration": { "enabled": {{(analytics ? "true" : "false")}} } } } }
        """));
}
