using System;
using System.IO;
using System.Linq;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Network;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Inventories of the simulator's sample world, over TLS with tokens.</summary>
[Collection(SimulatedNetworkGroup.Name)]
public sealed class InventoryTests(SimulatedNetwork azure) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsgflow-inventory-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AllThatIsSeenIsInIt()
    {
        using var session = azure.Session();
        var inventory = Inventory(session.Run("Get-NsgInventory").Clean());
        Assert.Equal(["aks-vnet-12345678", "hub-vnet", "spoke-vnet", "dev-vnet"], inventory.VirtualNetworks.Select(network => network.Name));
        Assert.Equal(6, inventory.NetworkInterfaces.Count);
        Assert.Equal(31, inventory.NetworkInterfaces.First(nic => nic.MacAddress!.Replace("-", string.Empty, StringComparison.Ordinal) == "000D3AE75BCA").Addresses.Count);
        Assert.Equal(["dev", "prod"], inventory.Subscriptions.Select(subscription => subscription.Name).Order());
        Assert.Equal("agentpool", inventory.VirtualMachines.First(machine => machine.AksCluster is not null).NodePool);
        Assert.Equal("hub-vpn", Assert.Single(inventory.VirtualNetworks.Single(network => network.Name == "hub-vnet").Gateways).Name);
        Assert.Equal(3, inventory.PublicAddresses.Count);
        Assert.Contains(inventory.Nsgs.Single(nsg => nsg.Name == "web-nsg").Rules, rule => rule.Name == "AllowHttps" && rule.IsDefault == false);
        Assert.Equal(["northeurope", "westeurope"], inventory.Locations);
        Assert.Empty(inventory.Issues);

        // Resource Graph, the scale set's network interfaces, the subscriptions' names; and nothing is written.
        Assert.Equal(["GET", "GET", "POST"], azure.Simulator.Requests.All.Select(request => request.Method).Order());
        Assert.Empty(azure.Simulator.Requests.Writes);
    }

    [Fact]
    public void WithoutResourceGraphItIsTheSame()
    {
        using var session = azure.Session();
        var graph = Text(Inventory(session.Run("Get-NsgInventory").Clean()));
        azure.Simulator.Faults.Fail("POST", "*Microsoft.ResourceGraph*", 400, "BadRequest", "Not here.", times: 100);
        var outcome = session.Run("Get-NsgInventory -Verbose").Clean();
        azure.Simulator.Faults.Clear();
        Assert.Equal(graph, Text(Inventory(outcome)));
        Assert.Contains(outcome.Verbose, line => line.Contains("Resource Graph did not answer", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatMayNotBeReadIsAWarning()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.Fail("GET", "*/virtualMachineScaleSets/*/networkInterfaces", 403, "AuthorizationFailed", "No right.", times: 100);
        var outcome = session.Run("Get-NsgInventory");
        azure.Simulator.Faults.Clear();
        Assert.Empty(outcome.Errors);
        Assert.StartsWith("The network interfaces of scale set '", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal(3, Inventory(outcome).NetworkInterfaces.Count);
    }

    [Fact]
    public void WhoSeesNothingIsTold()
    {
        using var session = azure.Session(azure.Simulator.World.AddPrincipal("nobody"));
        var outcome = session.Run("Get-NsgInventory");
        Assert.Contains(outcome.Warnings, warning => warning.StartsWith("Nothing was found", StringComparison.Ordinal));
    }

    [Fact]
    public void AFileIsWrittenAndReadWithoutAzure()
    {
        var file = Path.Combine(_folder, "network.json");
        using var session = azure.Session();
        Assert.False(File.Exists(file));
        Inventory(session.Run($"Get-NsgInventory '{file}' -WhatIf").Clean());
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
        var inventory = Inventory(session.Run($"Get-NsgInventory '{file}'").Clean());
        Assert.Equal([file], Directory.GetFileSystemEntries(_folder));
        using (var stream = File.OpenRead(file))
            Assert.Equal(Text(inventory), Text(NetworkInventory.Read(stream)));
        Assert.Equal("InventoryExists", Outcome.Id(Assert.Single(session.Run($"Get-NsgInventory '{file}'").Errors)));
        session.Run($"Get-NsgInventory '{file}' -Force").Clean();

        azure.Simulator.Requests.Clear();
        var infos = session.Run($"Resolve-NsgAddress 10.224.0.5, 10.2.1.4, 10.60.1.1, 20.61.4.18, 000D3A445566 -Inventory '{file}'").Clean().Output.Cast<AddressInfo>().ToList();
        Assert.Empty(azure.Simulator.Requests.All);
        Assert.Equal(["aks-agentpool-12345678-vmss_0", "web-1", null, "web-1", "db-1"], infos.Select(info => info.VirtualMachine));
        Assert.Equal(("prod-weu", "agentpool", "office"), (infos[0].AksCluster, infos[0].NodePool, infos[2].Site));
        Assert.Equal("10.2.2.4", infos[4].IPAddress);
    }

    [Fact]
    public void AnEmptyInventoryReplacesNoFile()
    {
        var file = Path.Combine(_folder, "network.json");
        File.WriteAllText(file, "good");
        using var session = azure.Session();
        var outcome = session.Run($"Get-NsgInventory '{file}' -AksCluster nope* -Force");
        Assert.Equal("InventoryEmpty", Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.Contains("Nothing that you may read is an AKS cluster with a name like nope*.", outcome.Warnings);
        Assert.Empty(Inventory(outcome).VirtualNetworks);
        Assert.Equal("good", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("-SubscriptionId dev", "dev-vnet")]
    [InlineData("-SubscriptionId " + SampleWorld.DevId, "dev-vnet")]
    [InlineData("-Location 'North Europe'", "dev-vnet")]
    [InlineData("-ResourceGroupName rg-net", "hub-vnet spoke-vnet")]
    [InlineData("-VirtualNetwork spoke*", "spoke-vnet")]
    [InlineData("-AksCluster prod-weu", "aks-vnet-12345678")]
    public void ItIsNarrowed(string parameters, string networks)
    {
        using var session = azure.Session();
        Assert.Equal(networks, string.Join(' ', Inventory(session.Run("Get-NsgInventory " + parameters).Clean()).VirtualNetworks.Select(network => network.Name)));
    }

    [Theory]
    [InlineData("-SubscriptionId none", "There is no subscription 'none'")]
    [InlineData("-VirtualNetwork spoke-vnett", "Did you mean spoke-vnet?")]
    [InlineData("-AksCluster none", "There is no AKS cluster 'none'")]
    public void ANameThatNothingHasIsAnError(string parameters, string message)
    {
        using var session = azure.Session();
        var error = Assert.Single(session.Run("Get-NsgInventory " + parameters).Errors);
        Assert.Equal("ResourceNotFound", Outcome.Id(error));
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APipelineOfAddressesAsksOnce()
    {
        using var session = azure.Session();
        var infos = session.Run("1..50 | ForEach-Object { \"10.224.0.$_\" } | Resolve-NsgAddress").Clean().Output.Cast<AddressInfo>().ToList();
        Assert.Equal(50, infos.Count);
        Assert.Equal(3, azure.Simulator.Requests.All.Count);
        Assert.Equal("aks-subnet", infos[0].Subnet);
        Assert.Null(infos[0].VirtualMachine);
        Assert.Equal("aks-agentpool-12345678-vmss_1", infos[34].VirtualMachine);
    }

    [Fact]
    public void WhatIsGivenIsUsedBesideAzureWhenAskedFor()
    {
        using var session = azure.Session();
        var infos = session.Run("Resolve-NsgAddress 10.2.1.4, 192.168.7.7 -VirtualNetwork spoke-vnet -Inventory @{ sites = @{ name = 'Home'; addressPrefixes = '192.168.0.0/16' } }")
            .Clean().Output.Cast<AddressInfo>().ToList();
        Assert.Equal(("web-1", "Home"), (infos[0].VirtualMachine, infos[1].Site));
    }

    private static NetworkInventory Inventory(Outcome outcome) => (NetworkInventory)Assert.Single(outcome.Output);

    private static string Text(NetworkInventory inventory)
    {
        using var stream = new MemoryStream();
        inventory.Write(stream);
        return string.Join('\n', System.Text.Encoding.UTF8.GetString(stream.ToArray()).Split('\n').Where(line => !line.Contains("\"time\"", StringComparison.Ordinal)));
    }
}
