using System;
using System.Linq;
using NsgFlow.Resources;
using Xunit;

namespace NsgFlow.Unit.Resources;

public class WorkspaceFinderTests
{
    private const string Id = "45d0c39a-046e-4a55-bbea-a026747f4496";
    private const string OtherId = "11111111-2222-3333-4444-555555555555";
    private const string Net = World.Root + "rg-net/providers/Microsoft.OperationalInsights/workspaces/law-net";
    private const string Ops = World.Root + "rg-ops/providers/Microsoft.OperationalInsights/workspaces/law-ops";

    private readonly FakeArm _arm = World.Create().Add(Net, properties: Customer(Id)).Add(Ops, properties: Customer(OtherId));

    [Theory]
    [InlineData("law-net", Id)]
    [InlineData("LAW-NET", Id)]
    [InlineData("law-*", Id + " " + OtherId)]
    [InlineData(Ops, OtherId)]
    [InlineData("law-net law-n* " + Id, Id)]
    public void NamesAndIdsLeadToCustomerIds(string texts, string expected) =>
        Assert.Equal(expected.Split(' '), Named(texts.Split(' ')).OrderByDescending(static id => id, StringComparer.Ordinal));

    [Fact]
    public void CustomerIdsAskNobody()
    {
        var finder = new WorkspaceFinder(static () => throw new InvalidOperationException("ARM was opened."));
        Assert.Equal([Id, OtherId], finder.Named([Id.ToUpperInvariant(), $"{{{OtherId}}}", Id], default).Select(static one => one.CustomerId));
    }

    [Fact]
    public void NothingNamedIsAnError() => Assert.Equal("WorkspaceMissing", Fails(static finder => finder.Named([], default)).ErrorId);

    [Fact]
    public void ASlipIsToldWithNamesThatComeNear()
    {
        var failure = Fails(static finder => finder.Named(["law-nte"], default));
        Assert.Equal("WorkspaceNotFound", failure.ErrorId);
        Assert.Contains("'law-net' (in rg-net)", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("law-x*")]
    [InlineData(Net + "x")]
    public void WhatIsNotThereIsAnError(string text) => Assert.Equal("WorkspaceNotFound", Fails(finder => finder.Named(["law-net", text], default)).ErrorId);

    [Fact]
    public void SomethingElseThanAWorkspaceIsNoWorkspace() => Assert.Equal("InvalidResourceId", Fails(static finder => finder.Named([World.Hub], default)).ErrorId);

    [Fact]
    public void ANameThatSeveralHaveIsAmbiguousAndAWildcardIsNot()
    {
        _arm.Add(Net.Replace("rg-net", "rg-dev"), properties: Customer("22222222-2222-2222-2222-222222222222"));
        Assert.Equal("ResourceAmbiguous", Fails(static finder => finder.Named(["law-net"], default)).ErrorId);
        Assert.Equal(2, Named("law-n*").Length);
    }

    [Fact]
    public void AWorkspaceWithoutCustomerIdCannotBeAsked()
    {
        _arm.Add(Net.Replace("law-net", "law-new"));
        Assert.Equal("WorkspaceIncomplete", Fails(static finder => finder.Named(["law-new"], default)).ErrorId);
    }

    [Fact]
    public void OneQueryReadsAHundred()
    {
        var ids = Enumerable.Range(0, 101).Select(static _ => Guid.NewGuid().ToString()).ToArray();
        Assert.Equal("WorkspacesTooMany", Fails(finder => finder.Named(ids, default)).ErrorId);
        Assert.Equal(100, Finder().Named([.. ids.Skip(1)], default).Count);
    }

    [Fact]
    public void FlowLogsNameTheirWorkspaces()
    {
        Analytics("web-nsg-log", World.WebNsg, Id, Net);
        Analytics("hub-log", World.Hub, OtherId, Ops);
        Analytics("nic1-log", World.Nic1, Id.ToUpperInvariant(), Net, enabled: false);
        _arm.Log("web-log", World.Hub + "/subnets/web");
        var found = Finder().Of(new FlowLogQuestion { Nsg = ["web-nsg"] }, default);
        Assert.Equal([Ops, Net], found.Workspaces.Select(static one => one.Id).OrderByDescending(static id => id, StringComparer.Ordinal));
        Assert.Equal("hub-log nic1-log web-log web-nsg-log", string.Join(" ", found.Found.FlowLogs.Select(static log => log.Name).Order()));
        Assert.Empty(found.Found.Sources);
        Assert.NotEmpty(found.Found.Scope.Resources);
        Assert.DoesNotContain(_arm.Calls, static call => call.Contains("storageAccounts", StringComparison.Ordinal) || call.Contains("workspaces", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void AFlowLogWithoutCustomerIdLeadsToItByTheWorkspacesId()
    {
        Analytics("hub-log", World.Hub, "", Net);
        Assert.Equal(Id, Finder().Of(new FlowLogQuestion { VirtualNetwork = ["hub"] }, default).Workspaces.Single().CustomerId);
        Analytics("nic1-log", World.Nic1, "-", Net + "-gone");
        Assert.Equal("WorkspaceNotFound", Fails(static finder => finder.Of(new FlowLogQuestion { NetworkInterface = ["vm1-nic"] }, default)).ErrorId);
    }

    [Fact]
    public void WithoutTrafficAnalyticsTheBlobsAreNamed()
    {
        _arm.Log("hub-log", World.Hub);
        Analytics("web-nsg-log", World.WebNsg, Id, Net, analytics: false);
        var failure = Fails(static finder => finder.Of(new FlowLogQuestion { Nsg = ["web-nsg"] }, default));
        Assert.Equal("AnalyticsOff", failure.ErrorId);
        Assert.Contains("'hub-log', 'web-nsg-log'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Measure-NsgTraffic", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutFlowLogsTheFindersWordsRemain()
    {
        var found = Finder().Of(new FlowLogQuestion { VirtualNetwork = ["hub"] }, default);
        Assert.Empty(found.Workspaces);
        Assert.Equal("FlowLogNotFound", Assert.Single(found.Found.Failures).ErrorId);
        Assert.Equal("WorkspaceMissing", Fails(static finder => finder.Of(new FlowLogQuestion(), default)).ErrorId);
    }

    private void Analytics(string name, string target, string customerId, string workspace, bool enabled = true, bool analytics = true) =>
        _arm.Add($"{World.Watcher}/flowLogs/{name}", properties: $$$"""
            {"targetResourceId":"{{{target}}}","storageId":"{{{World.Storage}}}","enabled":{{{(enabled ? "true" : "false")}}},"flowAnalyticsConfiguration":{"networkWatcherFlowAnalyticsConfiguration":{
              "enabled":{{{(analytics ? "true" : "false")}}},"workspaceId":"{{{customerId}}}","workspaceResourceId":"{{{workspace}}}","trafficAnalyticsInterval":10} } }
            """);

    private string[] Named(params string[] texts) => [.. Finder().Named(texts, default).Select(static one => one.CustomerId)];

    private NsgFlowException Fails(Func<WorkspaceFinder, object> find) => Assert.Throws<NsgFlowException>(() => find(Finder()));

    private WorkspaceFinder Finder() => new(() => new ResourceFinder(_arm));

    private static string Customer(string id) => $$"""{"customerId":"{{id}}"}""";
}
