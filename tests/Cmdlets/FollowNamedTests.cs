using System;
using System.IO;
using NsgFlow.AzureTests.Infrastructure;
using NsgFlow.CmdletTests.Infrastructure;
using NsgFlow.Samples;
using NsgFlow.Simulator;
using Xunit;

namespace NsgFlow.CmdletTests;

/// <summary>Following by the names of Azure resources alone.</summary>
[Collection(SimulatedAzureGroup.Name)]
public sealed class FollowNamedTests(SimulatedAzure azure)
{
    private const string Time = "-StartTime 2026-11-10";
    private const string Wait = "Get-NsgFlowRecord -Wait -PollInterval 00:00:00.1 " + Time;

    private static readonly DateTime s_start = new(2026, 11, 10, 0, 0, 0, DateTimeKind.Utc);

    [AzuriteFact]
    public void WhoeverIsNamedIsFollowedAndNobodyElse()
    {
        var web = azure.Grow(new FlowSampleOptions { Seed = 11, Nsg = "web-nsg", ResourceGroup = "rg-net", Nic = 1, Hours = 1, TuplesPerMinute = 3, StartTime = s_start });
        var cluster = azure.Grow(new FlowSampleOptions { Seed = 12, Format = FlowSampleFormat.VNet4, ResourceGroup = SampleWorld.NodeGroup, Nic = 1, Hours = 1, TuplesPerMinute = 3, StartTime = s_start });
        web.Grow(0, 3);
        cluster.Grow(0, 3);
        using var first = azure.Session();
        using var second = azure.Session();
        using var third = azure.Session();

        // Other tests write of other interfaces, and at other times.
        var mac = $" -MacAddress {Mac(web)}";
        using var named = first.Start($"{Wait} -Nsg web-nsg{mac}");
        using var piped = second.Start($"Get-NsgFlowLog -Nsg web-nsg | {Wait}{mac}");
        using var aks = third.Start($"{Wait} -AksCluster prod-weu -MacAddress {Mac(cluster)}");
        foreach (var (logs, running) in new[] { (web, named), (web, piped), (cluster, aks) })
            running.Until(logs.Count);
        web.Grow(0, 2);
        cluster.Grow(0, 2);
        foreach (var (logs, running) in new[] { (web, named), (web, piped), (cluster, aks) })
            Assert.Equal(logs.Rows, running.Until(logs.Count).Stop().Clean().Rows);

        // From run to run, too.
        var folder = Directory.CreateTempSubdirectory("nsgflow-named-").FullName;
        var read = $"Get-NsgFlowRecord {Time}{mac} -Checkpoint '{folder}/c'";
        Assert.Equal(web.Rows, first.Run("Get-NsgFlowLog -Nsg web-nsg | " + read).Clean().Rows);
        var before = web.Count;
        web.Grow(0, 2);
        Assert.Equal(web.Since(before), first.Run("Get-NsgFlowLog -Nsg web-nsg | " + read).Clean().Rows);
        Directory.Delete(folder, recursive: true);
    }

    [AzuriteFact]
    public void WhereNothingIsNamedNothingIsWaitedFor()
    {
        using var session = azure.Session();
        var outcome = session.Run(Wait + " -Nsg nothing-*");
        Assert.Contains("like nothing-*", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Empty(outcome.Errors);
    }

    private static string Mac(GrowingLogs logs) => logs.Blobs[0].Name.Split('/')[^2]["macAddress=".Length..];
}
