using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Tab completion of Azure's names, against the simulator.</summary>
[Collection(SimulatedAzureGroup.Name)]
public class CompletionTests(SimulatedAzure azure)
{
    [AzuriteTheory]
    [InlineData("-Nsg d", "db-nsg dev-nsg")]
    [InlineData("-Nsg d -SubscriptionId dev", "dev-nsg")]
    [InlineData("-Nsg d -ResourceGroupName rg-net", "db-nsg")]
    [InlineData("-Nsg 'de", "dev-nsg")]
    [InlineData("-VirtualNetwork sp", "spoke-vnet")]
    [InlineData("-Subnet d", "db default")]
    [InlineData("-Subnet d -VirtualNetwork spoke-vnet", "db")]
    [InlineData("-NetworkInterface db", "db-1-nic")]
    [InlineData("-AksCluster p", "prod-weu")]
    [InlineData("-ResourceGroupName rg-d", "rg-dev")]
    [InlineData("-SubscriptionId d", "dev")]
    [InlineData("-StorageAccount st", "stdev stflows stpremium")]
    [InlineData("-Timeout 3", "30m 3h")]
    [InlineData("-PollInterval 1", "15s 1m 1h")]
    public void NamesComeFromAzure(string typed, string expected)
    {
        using var session = azure.Session();
        var cursor = "Get-NsgFlowRecord " + typed;
        var rest = cursor.IndexOf(" -", "Get-NsgFlowRecord -".Length, StringComparison.Ordinal);

        // What comes behind the cursor counts, too.
        Assert.Equal(expected, string.Join(" ", Complete(session, cursor, rest < 0 ? cursor.Length : rest)));
    }

    [AzuriteTheory]
    [InlineData("Enable-NsgFlowLog -VirtualNetwork hub-vnet -StorageAccount stf", "stflows")]
    [InlineData("Set-NsgFlowLog x -Workspace l", "law-net")]
    [InlineData("Get-NsgTrafficAnalytics -Workspace l", "law-net")]
    [InlineData("Measure-NsgTraffic -Workspace l", "law-net")]
    [InlineData("Enable-NsgFlowLog -AksCluster p", "prod-weu")]
    [InlineData("Get-NsgFlowLog web-", "web-nsg-rg-net-flowlog")]
    [InlineData("Get-NsgInventory -AksCluster p", "prod-weu")]
    public void OtherCmdletsHaveThemToo(string line, string expected)
    {
        using var session = azure.Session();
        Assert.Equal(expected, string.Join(" ", Complete(session, line)));
    }

    [AzuriteFact]
    public void ATipSaysWhere()
    {
        using var session = azure.Session();
        var tip = session.Run("[System.Management.Automation.CommandCompletion]::CompleteInput('Get-NsgFlowRecord -Nsg db', 25, $null).CompletionMatches[0].ToolTip");
        Assert.Equal(["westeurope, rg-net"], tip.Clean().Output);
    }

    [AzuriteFact]
    public void NothingIsAskedBeforeASignInNorForFiles()
    {
        using var session = azure.Session();
        Assert.Empty(Complete(session, "Get-NsgFlowRecord -Path /nowhere -AksCluster "));
        session.Run("Disconnect-NsgFlow").Clean();
        Assert.Empty(Complete(session, "Get-NsgFlowRecord -AksCluster "));
        Assert.Empty(azure.Simulator.Requests.All);
    }

    [AzuriteFact]
    public void NamesAreAskedForOnce()
    {
        using var session = azure.Session();
        Complete(session, "Get-NsgFlowRecord -AksCluster ");
        Assert.Equal(["prod-weu"], Complete(session, "Get-NsgFlowBlob -AksCluster prod"));
        Assert.Single(azure.Simulator.Requests.All);
    }

    [AzuriteFact]
    public void OthersAreNotShownTheseNames()
    {
        using var session = azure.Session();
        Assert.NotEmpty(Complete(session, "Get-NsgFlowRecord -AksCluster "));
        var nobody = azure.Simulator.World.AddPrincipal("nobody " + Guid.NewGuid().ToString("N"));
        using var other = azure.Session(nobody);
        Assert.Empty(Complete(other, "Get-NsgFlowRecord -AksCluster "));
    }

    [AzuriteFact]
    public void ASlowAnswerIsThereForTheNextTab()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.Delay("POST", "*ResourceGraph*", TimeSpan.FromSeconds(4));
        var clock = Stopwatch.StartNew();
        Assert.Empty(Complete(session, "Get-NsgFlowRecord -AksCluster "));
        Assert.InRange(clock.Elapsed.TotalSeconds, 1.9, 3.5);
        Assert.True(SpinWait.SpinUntil(() => Complete(session, "Get-NsgFlowRecord -AksCluster ").Count == 1, TimeSpan.FromSeconds(10)));
        Assert.Single(azure.Simulator.Requests.All);
    }

    [AzuriteFact]
    public void AFailureIsSilent()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.Fail("POST", "*ResourceGraph*", 403, "AuthorizationFailed", "no graph", times: 10);
        Assert.Empty(Complete(session, "Get-NsgFlowRecord -AksCluster "));
    }

    private static List<string> Complete(CmdletSession session, string line, int? cursor = null)
    {
        var quoted = line.Replace("'", "''", StringComparison.Ordinal);
        // Where there are no names, PowerShell gives those of files.
        return [.. session.Run($"[System.Management.Automation.CommandCompletion]::CompleteInput('{quoted}', {cursor ?? line.Length}, $null).CompletionMatches.Where{{ $_.ResultType -eq 'ParameterValue' }}.ForEach{{ $_.CompletionText }}").Clean().Output.Cast<string>()];
    }
}
