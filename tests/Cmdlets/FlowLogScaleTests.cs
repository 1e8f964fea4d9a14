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

    [Fact]
    public async Task What_was_listed_is_not_kept()
    {
        var few = KeptBy(_azure);
        await using var large = await AzureSimulator.StartAsync(ManyWorld.Create(4000, 20, 30));
        var many = KeptBy(large);

        // 1,750 flow logs more, of some kilobytes each.
        Assert.InRange(many - few, long.MinValue, 2_000_000);
    }

    // What is alive when the last flow log has come, beyond what was before the first.
    private static long KeptBy(AzureSimulator azure)
    {
        using var session = new CmdletSession(("arm", azure.IssueToken()), ("url", azure.ArmEndpoint.AbsoluteUri));
        session.Run("$null = Connect-NsgFlow -AccessToken $arm -ResourceManagerUrl $url; $null = Get-NsgFlowLog").Clean();
        var output = session.Run("$before = [GC]::GetTotalMemory($true); Get-NsgFlowLog | & { process { $n++ } end { $n; [GC]::GetTotalMemory($true) - $before } }").Clean().Output;
        Assert.Equal(azure.World.State.OfType("Microsoft.Network/networkWatchers/flowLogs").Count, (int)output[0]);
        return (long)output[1];
    }
}
