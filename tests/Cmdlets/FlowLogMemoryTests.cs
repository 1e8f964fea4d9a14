using System.Threading.Tasks;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using NsgFlow.Unit;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Listing needs memory for what is on its way only. It is the whole process that is measured, so no other test runs meanwhile.</summary>
[Collection(AloneCollection.Name)]
public sealed class FlowLogMemoryTests
{
    [Fact]
    public async Task What_was_listed_is_not_kept()
    {
        await using var small = await AzureSimulator.StartAsync(ManyWorld.Create());
        var few = KeptBy(small);
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
