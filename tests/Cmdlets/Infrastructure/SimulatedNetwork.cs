using System.Threading.Tasks;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>The simulator's sample world without blobs; besides, the web subnet's virtual network has a flow log, so that its machine is logged twice.</summary>
public sealed class SimulatedNetwork : IAsyncLifetime
{
    public SimulatedNetwork() => BuiltModule.Require();

    internal AzureSimulator Simulator { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        const string Prod = "/subscriptions/" + SampleWorld.ProdId + "/resourceGroups/";
        var world = SampleWorld.Create();
        world.AddFlowLog(
            Prod + "NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope",
            "web-flowlog",
            Prod + "rg-net/providers/Microsoft.Network/virtualNetworks/spoke-vnet/subnets/web",
            Prod + "rg-net/providers/Microsoft.Storage/storageAccounts/stflows");
        Simulator = await AzureSimulator.StartAsync(world);
    }

    public async Task DisposeAsync() => await Simulator.DisposeAsync();

    /// <summary>A session that is signed in.</summary>
    internal CmdletSession Session(Principal? principal = null) => Session(Simulator, principal);

    /// <summary>A session that is signed in to some simulator.</summary>
    internal static CmdletSession Session(AzureSimulator simulator, Principal? principal = null)
    {
        var session = new CmdletSession(("arm", simulator.IssueToken(principal: principal)), ("url", simulator.ArmEndpoint.AbsoluteUri));
        session.Run("$null = Connect-NsgFlow -AccessToken $arm -ResourceManagerUrl $url").Clean();
        simulator.Faults.Clear();
        simulator.Requests.Clear();
        return session;
    }
}

[CollectionDefinition(Name)]
public sealed class SimulatedNetworkGroup : ICollectionFixture<SimulatedNetwork>
{
    public const string Name = "Simulated network";
}
