using System.Linq;
using System.Threading.Tasks;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Listing a large tenant: 500 NSGs in 20 subscriptions and 30 regions.</summary>
public sealed class FlowLogScaleTests : IAsyncLifetime
{
    private AzureSimulator _azure = null!;

    public async Task InitializeAsync() => _azure = await AzureSimulator.StartAsync(ManyWorld.Create());

    public async Task DisposeAsync() => await _azure.DisposeAsync();

    [Fact]
    public void One_query_and_one_request_for_each_watcher_though_throttled()
    {
        using var session = new CmdletSession(("arm", _azure.IssueToken()), ("url", _azure.ArmEndpoint.AbsoluteUri));
        session.Run("$null = Connect-NsgFlow -AccessToken $arm -ResourceManagerUrl $url").Clean();
        var watchers = _azure.World.State.OfType("Microsoft.Network/networkWatchers").Count;
        _azure.Requests.Clear();
        _azure.Faults.Fail("GET", "*/flowLogs", 429, "TooManyRequests", times: 3, retryAfter: 1);
        var logs = session.Run("Get-NsgFlowLog").Clean().Output.Cast<FlowLog>().ToList();
        Assert.Equal(250, logs.Count);
        Assert.Equal(250, logs.Select(static log => log.Id).Distinct().Count());
        Assert.Equal(1 + watchers + 3, _azure.Requests.All.Count);
        Assert.Equal(200, watchers);

        _azure.Requests.Clear();
        Assert.NotEmpty(session.Run("Get-NsgFlowLog -SubscriptionId sub002 -Location 'East US', uksouth").Output);
        Assert.InRange(_azure.Requests.All.Count, 2, 5);
    }
}
