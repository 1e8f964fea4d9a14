using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Converting NSG flow logs end to end. Every test has an Azure of its own, since it changes it; Azurite is slow to start, so they are few.</summary>
public sealed class ConversionTests : IAsyncLifetime
{
    private const string Line = "Convert-NsgFlowLog -Nsg web-nsg";
    private const string New = "/flowLogs/web-spoke-vnet-rg-net-flowlog";

    private readonly SimulatedAzure _azure = new();

    public Task InitializeAsync() => _azure.InitializeAsync();

    public Task DisposeAsync() => _azure.DisposeAsync();

    [AzuriteTheory]
    [InlineData(Line + " -WhatIf")]
    [InlineData(Line + " -PlanOnly")]
    [InlineData("Convert-NsgFlowLog -VirtualNetwork spoke-vnet -PlanOnly")]
    [InlineData("Convert-NsgFlowLog -NetworkInterface web-1-nic -PlanOnly")]
    [InlineData("Get-NsgFlowLog -SubscriptionId prod | Convert-NsgFlowLog -PlanOnly")]
    public void The_plan_comes_first_and_writes_nothing(string line)
    {
        using var session = _azure.Session();
        var steps = Steps(session.Run(line));
        Assert.Equal(["1 Create spoke-vnet/web Planned", "2 Verify spoke-vnet/web Planned", "3 Disable web-nsg Planned"], steps.Select(Shown));
        Assert.Equal(1, steps[0].NetworkInterfaces);
        Assert.Equal(0, steps[0].Added);
        Assert.Equal(["web-nsg"], steps[0].Replaces);
        Assert.True(steps[0] is { StorageAccount: "stflows", RetentionDays: 30, TrafficAnalytics: true, TrafficAnalyticsInterval: 60, Workspace: "law-net" });
        Assert.Empty(_azure.Simulator.Requests.Writes);
    }

    [AzuriteFact]
    public void The_old_goes_off_when_the_new_writes()
    {
        using var session = _azure.Session();

        // Nothing arrives: the new one is there, and the old one stays on.
        var first = session.Run(Line + " -VerifyTimeout 1s");
        Assert.Equal(["1 Create spoke-vnet/web Done", "2 Verify spoke-vnet/web Failed", "3 Disable web-nsg Skipped"], Steps(first).Select(Shown));
        Assert.Equal("FlowLogNotVerified", Outcome.Id(Assert.Single(first.Errors)));
        Assert.Equal(["PUT"], _azure.Simulator.Requests.Writes.Select(static request => request.Method));
        Assert.EndsWith(New, _azure.Simulator.Requests.Writes[0].Path, StringComparison.Ordinal);
        Assert.Equal(["True"], session.Run("(Get-NsgFlowLog -Nsg web-nsg).Enabled.ToString()").Output);

        // It is run again, and finds the new one there; while it waits, flows come.
        _azure.Simulator.Requests.Clear();
        var writing = Task.Run(() =>
        {
            Thread.Sleep(1500);
            var now = DateTime.UtcNow;
            _azure.Write(new FlowSampleOptions
            {
                Seed = 5, Format = FlowSampleFormat.VNet4, VirtualNetwork = "web-spoke-vnet", Nsg = "web-nsg", Hours = 1, ResourceGroup = "rg-net", Nic = 1, TuplesPerMinute = 5,
                StartTime = new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc),
            });
        });
        var second = session.Run(Line + " -VerifyTimeout 8s");
        writing.Wait();
        Assert.Equal(["1 Verify spoke-vnet/web Done", "2 Disable web-nsg Done"], Steps(second).Select(Shown));
        Assert.Empty(second.Errors);
        Assert.Equal(["PUT"], _azure.Simulator.Requests.Writes.Select(static request => request.Method));
        Assert.Equal(["False True"], session.Run("$old = Get-NsgFlowLog -Nsg web-nsg; $new = Get-NsgFlowLog -Subnet web; \"$($old.Enabled) $($new.TrafficAnalytics)\"").Output);

        // And a third time there is nothing left to do.
        _azure.Simulator.Requests.Clear();
        Assert.Empty(Steps(session.Run(Line)));
        Assert.Empty(_azure.Simulator.Requests.Writes);
    }

    [AzuriteFact]
    public void What_cannot_be_created_leaves_the_old_on()
    {
        using var session = _azure.Session();
        _azure.Simulator.Faults.Fail("PUT", "*/flowLogs/*", 403, "AuthorizationFailed", "The client does not have authorization to perform action 'Microsoft.Network/networkWatchers/flowLogs/write'.");
        var outcome = session.Run(Line);
        Assert.Equal(["1 Create spoke-vnet/web Failed", "2 Verify spoke-vnet/web Skipped", "3 Disable web-nsg Skipped"], Steps(outcome).Select(Shown));
        Assert.Equal("ArmAccessDenied", Outcome.Id(Assert.Single(outcome.Errors)));
        Assert.Equal("Stays on: web-spoke-vnet-rg-net-flowlog was not created.", Steps(outcome)[2].Message);
    }

    [AzuriteFact]
    public void One_that_is_off_becomes_one_that_is_off()
    {
        using var session = _azure.Session();
        Assert.Empty(session.Run("Disable-NsgFlowLog -Nsg web-nsg").Errors);
        var outcome = session.Run(Line);
        Assert.Equal(["1 Create spoke-vnet/web Done"], Steps(outcome).Select(Shown));
        Assert.Empty(outcome.Errors);
        Assert.Equal(["False stflows 30"], session.Run("Get-NsgFlowLog -Subnet web | ForEach-Object { \"$($_.Enabled) $($_.StorageAccount) $($_.RetentionDays)\" }").Output);
        Assert.Empty(Steps(session.Run(Line)));
    }

    private static FlowLogConversionStep[] Steps(Outcome outcome)
    {
        Assert.True(outcome.Terminating is null, outcome.AllText);
        return [.. outcome.Output.Cast<FlowLogConversionStep>()];
    }

    private static string Shown(FlowLogConversionStep step) => $"{step.Step} {step.Action} {step.Target} {step.State}";
}
