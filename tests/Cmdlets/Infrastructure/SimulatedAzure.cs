using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Azure.Storage.Blobs;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.Samples;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests.Infrastructure;

/// <summary>An Azure to read from: the simulator's sample world, with blobs in its account <c>stflows</c>, which Azurite holds over TLS, and
/// their Traffic Analytics in its workspace <c>law-net</c>.</summary>
public sealed class SimulatedAzure : IAsyncLifetime
{
    public const string Network = "aks-vnet-12345678";
    public const string Nsg = "aks-agentpool-12345678-nsg";
    public const string Workspace = "law-net";
    public const string Hours = "-StartTime 2026-11-01T00 -EndTime 2026-11-01T02";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "nsgflow-simulated-" + Guid.NewGuid().ToString("N"));
    private AzuriteServer? _storage;
    private TestAccount? _account;

    public SimulatedAzure() => BuiltModule.Require();

    internal AzureSimulator Simulator { get; private set; } = null!;

    /// <summary>What the flow log of web-nsg wrote.</summary>
    internal StoredSample Web { get; private set; } = null!;

    /// <summary>What the flow log of the cluster's virtual network wrote.</summary>
    internal StoredSample Cluster { get; private set; } = null!;

    /// <summary>What a flow log of another virtual network wrote, to the same account.</summary>
    internal StoredSample Other { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (AzuriteFiles.Missing is not null)
        {
            return;
        }

        Directory.CreateDirectory(_folder);
        var (certificate, key) = TestCertificates.WriteServerPem(_folder);
        _storage = await AzuriteServer.StartAsync(AzuriteFiles.Node!, AzuriteFiles.Script, "stflows:" + TestAccount.Key, AzuriteServer.Tls(certificate, key));
        var account = _account = new TestAccount("stflows", _storage.Port, null, "https");
        var start = new DateTime(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);
        Web = new StoredSample(account, new FlowSampleOptions { Seed = 1, Nsg = "web-nsg", ResourceGroup = "rg-net", Nic = 1, TuplesPerMinute = 5, StartTime = start });
        Cluster = new StoredSample(account, new FlowSampleOptions { Seed = 2, Format = FlowSampleFormat.VNet4, ResourceGroup = SampleWorld.NodeGroup, TuplesPerMinute = 5, StartTime = start });
        Other = new StoredSample(account, new FlowSampleOptions
        {
            Seed = 3, Format = FlowSampleFormat.VNet4, Nsg = "db-nsg", VirtualNetwork = "spoke-vnet", ResourceGroup = "rg-net", Nic = 1, TuplesPerMinute = 5, StartTime = start,
        });
        var world = NewWorld(account.Endpoint.AbsoluteUri);
        world.Workspace(Workspace)!.Database = Reduce(world, Web, Cluster, Other);
        Simulator = await AzureSimulator.StartAsync(world, new SimulatorOptions { OperationPolls = 0 });
    }

    public async Task DisposeAsync()
    {
        if (_storage is null)
        {
            return;
        }

        await Simulator.DisposeAsync();
        await _storage.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A container of its account that is not one of flow logs.</summary>
    internal BlobContainerClient NewContainer()
    {
        var container = _account!.Client.GetBlobContainerClient("other-" + Guid.NewGuid().ToString("N"));
        container.Create();
        return container;
    }

    /// <summary>Has a flow log write.</summary>
    internal StoredSample Write(FlowSampleOptions options) => new(_account!, options);

    /// <summary>Has a flow log write minute by minute.</summary>
    internal GrowingLogs Grow(FlowSampleOptions options) => GrowingLogs.In(_account!, options);

    /// <summary>A session that is signed in to it.</summary>
    internal CmdletSession Session(Principal? principal = null)
    {
        var session = new CmdletSession(
            ("arm", Simulator.IssueToken(principal: principal)), ("storage", Simulator.IssueToken("https://storage.azure.com/", principal)),
            ("logs", Simulator.IssueToken("https://api.loganalytics.io/", principal)), ("url", Simulator.ArmEndpoint.AbsoluteUri), ("logsUrl", Simulator.LogAnalytics.AbsoluteUri));
        session.Run("$null = Connect-NsgFlow -AccessToken $arm -StorageAccessToken $storage -LogAnalyticsAccessToken $logs -ResourceManagerUrl $url -LogAnalyticsUrl $logsUrl").Clean();
        Simulator.Faults.Clear();
        Simulator.Requests.Clear();
        return session;
    }

    /// <summary>What Traffic Analytics makes of samples, for the database of a workspace.</summary>
    internal static KqlDatabase Reduce(SimulatedWorld world, params StoredSample[] samples)
    {
        var reducer = new TrafficAnalyticsReducer(world);
        foreach (var blob in samples.SelectMany(static sample => sample.Blobs))
        {
            reducer.Add(blob.ToArray());
        }

        return reducer.Tables();
    }

    private static SimulatedWorld NewWorld(string blobEndpoint)
    {
        const string Prod = "/subscriptions/" + SampleWorld.ProdId + "/resourceGroups/";
        const string Watcher = Prod + "NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
        const string Storage = Prod + "rg-net/providers/Microsoft.Storage/storageAccounts/stflows";
        var world = SampleWorld.Create(blobEndpoint, TestAccount.Key);
        var cluster = $"{Prod}{SampleWorld.NodeGroup}/providers/Microsoft.Network/virtualNetworks/{Network}";
        world.AddFlowLog(Watcher, $"{Network}-{SampleWorld.NodeGroup}-flowlog", cluster, Storage);
        return world;
    }
}

[CollectionDefinition(Name)]
public sealed class SimulatedAzureGroup : ICollectionFixture<SimulatedAzure>
{
    public const string Name = "Simulated Azure";
}
