using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Tab completion of Azure's names where each test needs a world of its own.</summary>
public sealed class CompletionWorldTests : IAsyncLifetime
{
    private const string Prod = "/subscriptions/" + SampleWorld.ProdId + "/resourceGroups/";
    private const string Watcher = Prod + "NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
    private const string Storage = Prod + "rg-net/providers/Microsoft.Storage/storageAccounts/stflows";

    private AzureSimulator _azure = null!;

    public async Task InitializeAsync() => _azure = await AzureSimulator.StartAsync(SampleWorld.Create());

    public async Task DisposeAsync() => await _azure.DisposeAsync();

    [Fact]
    public void What_was_found_by_name_is_not_shown_to_another_sign_in()
    {
        _azure.World.AddFlowLog(Watcher, "hidden-log", _azure.World.AddNsg(Prod + "rg-net", "hidden-nsg"), Storage);
        using var session = Session();
        // No token for storage: it ends behind the flow log.
        Assert.DoesNotContain(session.Run("Get-NsgFlowBlob -Nsg hidden-nsg -Last 1h").Errors, static error => error.FullyQualifiedErrorId.Contains("NotFound", StringComparison.Ordinal));
        Assert.Equal(["hidden-nsg"], Complete(session, "Get-NsgFlowRecord -Nsg hid"));
        using var other = Session(_azure.World.AddPrincipal("nobody"));
        Assert.Empty(Complete(other, "Get-NsgFlowRecord -Nsg hid"));
    }

    [Fact]
    public void Names_behind_the_first_thousand_are_found_by_what_was_typed()
    {
        var group = _azure.World.AddGroup(_azure.World.State.Subscription(SampleWorld.ProdId)!, "rg-many", "westeurope");
        for (var i = 0; i < 1001; i++)
            _azure.World.AddNsg(group, $"many-{i:d4}-nsg");
        _azure.World.AddNsg(group, "zz-nsg");
        using var session = Session();
        Assert.True(SpinWait.SpinUntil(() => Complete(session, "Get-NsgFlowRecord -Nsg zz").SequenceEqual(["zz-nsg"]), TimeSpan.FromSeconds(15)));
    }

    private static List<string> Complete(CmdletSession session, string line) =>
        [.. session.Run($"[System.Management.Automation.CommandCompletion]::CompleteInput('{line}', {line.Length}, $null).CompletionMatches.Where{{ $_.ResultType -eq 'ParameterValue' }}.ForEach{{ $_.CompletionText }}").Clean().Output.Cast<string>()];

    private CmdletSession Session(Principal? principal = null)
    {
        var session = new CmdletSession(("arm", _azure.IssueToken(principal: principal)), ("url", _azure.ArmEndpoint.AbsoluteUri));
        session.Run("$null = Connect-NsgFlow -AccessToken $arm -ResourceManagerUrl $url").Clean();
        return session;
    }
}
