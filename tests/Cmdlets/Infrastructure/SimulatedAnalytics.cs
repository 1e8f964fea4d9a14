using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using NsgFlow.Simulator;
using NsgFlow.SimulatorTests.Analytics;
using Xunit;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>
/// The simulator's sample world with what Traffic Analytics made of an hour of flow logs in its workspace law-net: lines that can be counted by hand, of the
/// NSG flow log of web-nsg and the virtual network flow log of the cluster's network.
/// </summary>
public sealed class SimulatedAnalytics : IAsyncLifetime
{
    public const string Hours = "-StartTime 2026-10-27T12 -EndTime 2026-10-27T13";
    public const string Network = "aks-vnet-12345678";

    private const string Prod = "/subscriptions/" + SampleWorld.ProdId + "/resourceGroups/";
    private const string Nodes = Prod + SampleWorld.NodeGroup + "/providers/Microsoft.Network/";

    public SimulatedAnalytics() => BuiltModule.Require();

    internal AzureSimulator Simulator { get; private set; } = null!;

    internal SimulatedWorkspace Workspace => Simulator.World.Workspace("law-net")!;

    /// <summary>What Log Analytics was asked.</summary>
    internal IReadOnlyList<RecordedRequest> Queries => [.. Simulator.Requests.All.Where(static request => request.Path.StartsWith("/v1/", StringComparison.Ordinal))];

    /// <summary>What Resource Manager was asked.</summary>
    internal IReadOnlyList<RecordedRequest> Lookups => [.. Simulator.Requests.All.Except(Queries)];

    public async Task InitializeAsync()
    {
        const long Noon = LogText.Noon;
        const string Watcher = Prod + "NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
        var world = SampleWorld.Create();
        world.AddFlowLog(
            Watcher,
            "aks-flowlog",
            Nodes + "virtualNetworks/" + Network,
            Prod + "rg-net/providers/Microsoft.Storage/storageAccounts/stflows",
            Prod + "rg-net/providers/Microsoft.OperationalInsights/workspaces/law-net");
        world.AddFlowLog(
            Watcher,
            "hub-flowlog",
            Prod + "rg-net/providers/Microsoft.Network/virtualNetworks/hub-vnet",
            Prod + "rg-net/providers/Microsoft.Storage/storageAccounts/stflows");
        Simulator = await AzureSimulator.StartAsync(world);
        var analytics = new TrafficAnalyticsReducer(world, new AnalyticsOptions { Threats = [("192.0.2.66", "Botnet", "Scans for open ports", "bad.example")] });
        analytics.Add(LogText.Nsg(
            Prod + "rg-net/providers/Microsoft.Network/networkSecurityGroups/web-nsg",
            "000D3A112233",
            2,
            ("UserRule_AllowHttps", [
                $"{Noon + 60},203.0.113.7,10.2.1.4,50001,443,T,I,A,B,,,,", $"{Noon + 70},203.0.113.7,10.2.1.4,50001,443,T,I,A,E,10,1000,20,2000",
                $"{Noon + 62},203.0.113.8,10.2.1.4,50002,443,T,I,A,B,,,,", $"{Noon + 72},203.0.113.8,10.2.1.4,50002,443,T,I,A,E,5,500,6,600",
            ]),
            ("DefaultRule_DenyAllInBound", [
                $"{Noon + 120},192.0.2.66,10.2.1.4,50003,22,T,I,D,B,,,,", $"{Noon + 130},192.0.2.66,10.2.1.4,50004,22,T,I,D,B,,,,", $"{Noon + 140},192.0.2.66,10.2.1.4,50005,22,T,I,D,B,,,,",
                $"{Noon + 200},198.51.100.9,10.2.1.4,50006,3389,T,I,D,B,,,,",
            ])));
        analytics.Add(LogText.VirtualNetwork(
            Nodes + "virtualNetworks/" + Network,
            Nodes + "networkSecurityGroups/aks-agentpool-12345678-nsg",
            "000D3AE75BCA",
            ("DefaultRule_AllowVnetOutBound", [
                $"{(Noon + 300) * 1000},10.224.0.4,10.2.2.4,50007,1433,6,O,B,NX,0,0,0,0", $"{(Noon + 310) * 1000},10.224.0.4,10.2.2.4,50007,1433,6,O,E,NX,7,700,8,800",
            ])));
        Workspace.Database = analytics.Tables();
    }

    public async Task DisposeAsync() => await Simulator.DisposeAsync();

    /// <summary>A session that is signed in.</summary>
    internal CmdletSession Session(Principal? principal = null)
    {
        var session = new CmdletSession(
            ("arm", Simulator.IssueToken(principal: principal)),
            ("logs", Simulator.IssueToken("https://api.loganalytics.io/", principal)),
            ("url", Simulator.ArmEndpoint.AbsoluteUri),
            ("logsUrl", Simulator.LogAnalytics.AbsoluteUri));
        session.Run("$null = Connect-NsgFlow -AccessToken $arm -LogAnalyticsAccessToken $logs -ResourceManagerUrl $url -LogAnalyticsUrl $logsUrl").Clean();
        Simulator.Faults.Clear();
        Simulator.Requests.Clear();
        return session;
    }
}

[CollectionDefinition(Name)]
public sealed class SimulatedAnalyticsGroup : ICollectionFixture<SimulatedAnalytics>
{
    public const string Name = "Simulated Traffic Analytics";
}
