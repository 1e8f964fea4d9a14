using System;
using System.Linq;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Testing flow logs end to end: ARM is the simulator, blobs are in Azurite, both over TLS with tokens.</summary>
[Collection(SimulatedAzureGroup.Name)]
public class CheckTests(SimulatedAzure azure)
{
    [AzuriteFact]
    public void AFlowLogIsLookedAtFromAllSides()
    {
        using var session = azure.Session();
        var checks = Checks(session.Run("Test-NsgFlowLog web-nsg-rg-net-flowlog").Clean());
        Assert.All(checks, check => Assert.Equal("web-nsg-rg-net-flowlog", check.FlowLog));
        Assert.Equal(
            [
                "Provider", "NetworkWatcher", "FlowLog", "Enabled", "Provisioning", "Target", "Region", "Format", "Records", "StorageAccount", "StorageKind", "StorageFirewall", "SharedKey",
                "Retention", "ReadAccess", "Data", "TrafficAnalytics", "Workspace", "WorkspaceProvider", "WorkspaceAccess", "DoubleLogging", "UnsupportedServices", "FlowTimeout", "Locks", "Retirement",
            ],
            checks.Select(static check => check.Check));

        // What arrived depends on which test was here before.
        Assert.Equal(
            ["FlowTimeout Warn", "Retirement Warn"],
            checks.Where(static check => check.Result != FlowLogCheckResult.Pass && check.Check != "Data").Select(static check => $"{check.Check} {check.Result}"));
        Assert.Empty(azure.Simulator.Requests.Writes);
    }

    [AzuriteFact]
    public void BlobsThatAreWrittenNowAreFound()
    {
        var now = DateTime.UtcNow;
        azure.Write(new FlowSampleOptions
        {
            Seed = 4, Hours = 1, Nsg = "web-nsg", ResourceGroup = "rg-net", Nic = 1, TuplesPerMinute = 5, StartTime = new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc),
        });
        using var session = azure.Session();
        var data = Checks(session.Run("Test-NsgFlowLog -Nsg web-nsg").Clean()).Single(static check => check.Check == "Data");
        Assert.True(data.Result == FlowLogCheckResult.Pass, data.ToString());
        Assert.DoesNotContain("Data", Checks(session.Run("Test-NsgFlowLog -Nsg web-nsg -SkipData").Clean()).Select(static check => check.Check));
    }

    [AzuriteFact]
    public void ATargetWithoutOneIsToldSo()
    {
        using var session = azure.Session();
        var checks = Checks(session.Run("Test-NsgFlowLog -VirtualNetwork hub-vnet").Clean());
        var flowLog = checks.Single(static check => check.Check == "FlowLog");
        Assert.Equal(FlowLogCheckResult.Fail, flowLog.Result);
        Assert.StartsWith("Enable-NsgFlowLog -ResourceId /subscriptions/", flowLog.Fix, StringComparison.Ordinal);
        Assert.All(checks, static check => Assert.Null(check.FlowLog));
    }

    [AzuriteFact]
    public void AClusterIsLoggedByItsNetwork()
    {
        using var session = azure.Session();
        var checks = Checks(session.Run("Test-NsgFlowLog -AksCluster prod-weu").Clean());
        var first = checks.First(static check => check.Check == "FlowLog");
        Assert.Equal($"Subnet '{SimulatedAzure.Network}/aks-subnet' is logged by {SimulatedAzure.Network}-{SampleWorld.NodeGroup}-flowlog.", first.Message);
        Assert.Contains(checks, static check => check.Check == "StorageAccount");
    }

    [AzuriteFact]
    public void WhatMayNotBeReadIsSkippedAndTheRestComes()
    {
        using var session = azure.Session();
        azure.Simulator.Faults.Fail("GET", "*/Microsoft.OperationalInsights/workspaces/*", 403, "AuthorizationFailed", times: 100);
        var checks = Checks(session.Run("Test-NsgFlowLog web-nsg-rg-net-flowlog -SkipData").Clean());
        azure.Simulator.Faults.Clear();
        var workspace = checks.Single(static check => check.Check == "Workspace");
        Assert.Equal(FlowLogCheckResult.Skipped, workspace.Result);
        Assert.NotEmpty(workspace.Fix!);
        Assert.Contains(checks, static check => check is { Check: "StorageFirewall", Result: FlowLogCheckResult.Pass });
    }

    [AzuriteFact]
    public void ResultsCanBeComparedAsTexts()
    {
        using var session = azure.Session();
        Assert.Equal([true], session.Run("(Get-NsgFlowLog web-nsg* | Test-NsgFlowLog -SkipData).Result -notcontains 'Fail'").Clean().Output);
    }

    private static FlowLogCheck[] Checks(Outcome outcome) => [.. outcome.Output.Cast<FlowLogCheck>()];
}
