using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Setup;
using Xunit;

namespace NsgFlow.Unit.Setup;

public class FlowLogListerTests
{
    private readonly List<(string Target, NsgFlowException Failure)> _failures = [];

    [Theory]
    [MemberData(nameof(Questions))]
    public void Chooses(string name, FlowLogChoice question, string[] expected)
    {
        _ = name;
        Assert.Equal(expected, Listed(question).Select(log => log.Name));
        Assert.Empty(_failures);
    }

    public static TheoryData<string, FlowLogChoice, string[]> Questions() => new()
    {
        { "all", new(), ["hub-vnet-net-flowlog", "apps-log", "old-nsg-log"] },
        { "name", new() { Names = ["HUB-*"] }, ["hub-vnet-net-flowlog"] },
        { "network, not what is in it", new() { VirtualNetworks = ["hub-vnet"] }, ["hub-vnet-net-flowlog"] },
        { "subnet", new() { Subnets = ["apps"] }, ["apps-log"] },
        { "subnet of a network", new() { Subnets = ["hub-*/apps"] }, ["apps-log"] },
        { "nsg", new() { Nsgs = ["*"] }, ["old-nsg-log"] },
        { "targets or", new() { Nsgs = ["web*"], Subnets = ["apps"] }, ["apps-log", "old-nsg-log"] },
        { "target id in any case", new() { Ids = [Place.Hub.ToUpperInvariant()] }, ["hub-vnet-net-flowlog"] },
        { "flow log id", new() { Ids = [Place.NsgLog.Replace("/flowLogs/", "/FlowLogs/", StringComparison.Ordinal)] }, ["old-nsg-log"] },
        { "id in place of a name", new() { VirtualNetworks = [Place.Hub + "/"] }, ["hub-vnet-net-flowlog"] },
        { "kind", new() { Kind = FlowLogKind.Nsg }, ["old-nsg-log"] },
        { "disabled", new() { Enabled = false }, ["old-nsg-log"] },
        { "group of the target", new() { ResourceGroups = ["n?t"] }, ["hub-vnet-net-flowlog", "apps-log", "old-nsg-log"] },
        { "not the watcher's group", new() { ResourceGroups = ["NetworkWatcherRG"] }, [] },
        { "region", new() { Locations = ["West Europe"] }, ["hub-vnet-net-flowlog", "apps-log", "old-nsg-log"] },
        { "other region", new() { Locations = ["northeurope"] }, [] },
        { "and", new() { Names = ["*log"], Subnets = ["apps"], Enabled = true }, ["apps-log"] },
        { "a pattern that finds nothing", new() { Names = ["nothing*"] }, [] },
    };

    [Fact]
    public void A_name_that_finds_nothing_is_an_error_and_the_rest_comes()
    {
        var question = new FlowLogChoice { VirtualNetworks = ["hub-vnet", "spoke-vnet"], Ids = [Place.Watcher + "/flowLogs/gone"] };
        Assert.Single(Listed(question));
        Assert.Equal(["FlowLogNotFound", "FlowLogNotFound"], _failures.Select(failure => failure.Failure.ErrorId));
        Assert.Equal("spoke-vnet", _failures[0].Target);
        Assert.Equal("There is no flow log of virtual network 'spoke-vnet'.", _failures[0].Failure.Message);
        Assert.Equal("There is no flow log 'gone'.", _failures[1].Failure.Message);
    }

    [Fact]
    public void An_NSG_that_has_none_is_not_told_to_get_one()
    {
        Assert.Empty(Listed(new FlowLogChoice { Nsgs = ["it's-nsg"], Ids = [Place.Nsg + "2"], Locations = ["West Europe"], ResourceGroups = ["n*"], Kind = FlowLogKind.Nsg }));
        const string Start = "Get-NsgFlowLog without names lists all that you may see; an NSG can get none any more (since 2025-06-30), and Enable-NsgFlowLog -Nsg ";
        const string End = " gives the command that logs its virtual network. The search is narrowed by -Location and -Kind and -ResourceGroupName.";
        Assert.Equal([Start + "'it''s-nsg'" + End, $"{Start}'{Place.Nsg}2'{End}"], _failures.Select(failure => failure.Failure.RecommendedAction));
    }

    [Fact]
    public void A_flow_log_that_another_condition_leaves_out_was_found()
    {
        Assert.Empty(Listed(new FlowLogChoice { VirtualNetworks = ["hub-vnet"], Enabled = false }));
        Assert.Empty(_failures);
    }

    [Fact]
    public void Ids_alone_ask_their_subscriptions_alone()
    {
        var finder = new FakeFinder();
        _ = new FlowLogLister(Place.Azure(), finder).List(new FlowLogChoice { Ids = [Place.Hub, Place.Nic] }, (_, _) => { }, default).ToList();
        Assert.Equal([Place.Sub], finder.SubscriptionsAsked);
        _ = new FlowLogLister(Place.Azure(), finder).List(new FlowLogChoice { Ids = [Place.Hub], Nsgs = ["x*"] }, (_, _) => { }, default).ToList();
        Assert.Empty(finder.SubscriptionsAsked);
    }

    [Fact]
    public void One_call_for_each_watcher_eight_at_a_time_and_in_order()
    {
        var arm = new FakeArm { ListDelay = TimeSpan.FromMilliseconds(5) };
        var finder = Many(arm, 60);
        var lister = new FlowLogLister(arm, finder);
        var logs = lister.List(new FlowLogChoice(), (_, _) => { }, default).Select(log => log.Name).ToList();
        Assert.Equal(Enumerable.Range(0, 60).Select(Name), logs);
        Assert.Equal(60, arm.Requests.Count);
        Assert.Equal(60, lister.WatchersAsked);
        Assert.InRange(arm.MostAtOnce, 2, FlowLogLister.MostAtOnce);
    }

    [Fact]
    public void Nobody_asks_on_when_the_first_was_enough()
    {
        var arm = new FakeArm();
        var finder = Many(arm, 60);
        Assert.Equal(Name(0), new FlowLogLister(arm, finder).List(new FlowLogChoice(), (_, _) => { }, default).First().Name);
        Assert.InRange(arm.Requests.Count, 1, FlowLogLister.MostAtOnce);
    }

    [Fact]
    public void A_watcher_that_fails_is_told_and_the_rest_comes()
    {
        var arm = new FakeArm();
        var finder = Many(arm, 3);
        arm.Fail(WatcherId(1) + "/flowLogs", "ArmAccessDenied");
        arm.Fail(WatcherId(2) + "/flowLogs", "ResourceNotFound");
        var logs = new FlowLogLister(arm, finder).List(new FlowLogChoice { Names = ["log-0", "log-1"] }, (target, failure) => _failures.Add((target, failure)), default).ToList();
        Assert.Equal(Name(0), Assert.Single(logs).Name);

        // Nor is log-1 said to be missing: it may be where nobody could look.
        var (target, failure) = Assert.Single(_failures);
        Assert.Equal(WatcherId(1), target);
        Assert.Equal("ArmAccessDenied", failure.ErrorId);
    }

    [Fact]
    public void Stopping_does_not_wait_for_answers()
    {
        var arm = new FakeArm { ListDelay = TimeSpan.FromMinutes(2) };
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        var watch = Stopwatch.StartNew();
        Assert.ThrowsAny<OperationCanceledException>(() => new FlowLogLister(arm, Many(arm, 3)).List(new FlowLogChoice(), (_, _) => { }, source.Token).ToList());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), watch.Elapsed.ToString());
    }

    private static string Name(int number) => "log-" + number.ToString(CultureInfo.InvariantCulture);

    private static string WatcherId(int number) => $"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkWatchers/w{number}";

    private static FakeFinder Many(FakeArm arm, int count)
    {
        for (var i = 0; i < count; i++)
            arm.Add($"{WatcherId(i)}/flowLogs/{Name(i)}", Place.LogJson(Place.Hub).Replace("NAME", Name(i), StringComparison.Ordinal));
        return new FakeFinder([.. Enumerable.Range(0, count).Select(number => ArmResource.Parse($$"""{"id":"{{WatcherId(number)}}","location":"r{{number}}"}"""))]);
    }

    private List<FlowLog> Listed(FlowLogChoice question)
    {
        var arm = Place.Azure()
            .Add(Place.HubLog, Place.LogJson(Place.Hub).Replace("NAME", "hub-vnet-net-flowlog", StringComparison.Ordinal))
            .Add(Place.Watcher + "/flowLogs/apps-log", Place.LogJson(Place.Apps).Replace("NAME", "apps-log", StringComparison.Ordinal))
            .Add(Place.NsgLog, Place.LogJson(Place.Nsg, enabled: false).Replace("NAME", "old-nsg-log", StringComparison.Ordinal));
        return [.. new FlowLogLister(arm, new FakeFinder(FlowLogRefusalTests.Watcher())).List(question, (target, failure) => _failures.Add((target, failure)), default)];
    }
}
