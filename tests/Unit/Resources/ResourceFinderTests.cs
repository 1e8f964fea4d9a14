using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NsgFlow.Arm;
using NsgFlow.Resources;
using Xunit;

namespace NsgFlow.Unit.Resources;

public class ResourceFinderTests
{
    private const string Prod = "11111111-1111-1111-1111-111111111111";
    private const string Dev = "22222222-2222-2222-2222-222222222222";
    private const string End = " | project id, name, type, location, tags, kind, sku, identity, properties | order by id asc";

    private readonly FakeArm _arm = new FakeArm()
        .AddSubscription(Prod, "prod").AddSubscription(Dev, "dev")
        .Add(Nsg(Prod, "rg-net", "web-nsg")).Add(Nsg(Prod, "rg-net", "db-nsg")).Add(Nsg(Dev, "rg-dev", "web-nsg"))
        .Add(Net(Prod, "rg-net", "hub"), properties: $$"""{"subnets":[{"id":"{{Net(Prod, "rg-net", "hub")}}/subnets/aks","name":"aks"},{"id":"{{Net(Prod, "rg-net", "hub")}}/subnets/db","name":"db"}]}""")
        .Add(Net(Prod, "rg-net", "spoke"), properties: $$"""{"subnets":[{"id":"{{Net(Prod, "rg-net", "spoke")}}/subnets/aks","name":"aks"}]}""");

    public static TheoryData<string[], string[], string> Queries => new()
    {
        { ["web-nsg"], [], "type =~ 'Microsoft.Network/networkSecurityGroups' and name =~ 'web-nsg'" },
        { ["a", "b"], [], "type =~ 'Microsoft.Network/networkSecurityGroups' and name in~ ('a', 'b')" },
        { ["aks-*"], ["MC_*"], "type =~ 'Microsoft.Network/networkSecurityGroups' and name startswith 'aks-' and resourceGroup startswith 'MC_'" },
        { ["a", "web*1"], ["rg"], "type =~ 'Microsoft.Network/networkSecurityGroups' and (name =~ 'a' or name startswith 'web') and resourceGroup =~ 'rg'" },
        { ["*"], [], "type =~ 'Microsoft.Network/networkSecurityGroups'" },
        { [], [], "type =~ 'Microsoft.Network/networkSecurityGroups'" },
        { ["x' or 1 == 1 | project '"], [], @"type =~ 'Microsoft.Network/networkSecurityGroups' and name =~ 'x\' or 1 == 1 | project \''" },
        { ["back\\slash\n*"], [], @"type =~ 'Microsoft.Network/networkSecurityGroups' and name startswith 'back\\slash\u000a'" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void NamesBecomeAQueryThatTheyCannotBreak(string[] names, string[] groups, string where)
    {
        var text = GraphText.Of([ResourceKind.Nsg], new NameChoice(names).Names, new NameChoice(groups).Names);
        Assert.Equal("Resources | where " + where + End, text);
    }

    [Fact]
    public void OneQueryFindsANameEverywhere()
    {
        var found = Finder().Find(Ask(ResourceKind.Nsg, "WEB-nsg"), default);
        Assert.Equal([Nsg(Prod, "rg-net", "web-nsg"), Nsg(Dev, "rg-dev", "web-nsg")], found.Select(static one => one.Id));
        Assert.Single(_arm.Calls);
    }

    [Fact]
    public void WildcardsAreMatchedHereInFull()
    {
        Assert.Equal(["db-nsg"], Names(Finder().Find(Ask(ResourceKind.Nsg, "d?-[m-o]sg"), default)));
        Assert.Empty(Finder().Find(Ask(ResourceKind.Nsg, "d*x"), default));
    }

    [Fact]
    public void IdsAreGotAsTheyAre()
    {
        var found = Finder().Find(Ask(ResourceKind.Nsg, Nsg(Prod, "RG-NET", "DB-NSG"), Nsg(Dev, "rg-dev", "web-nsg")), default);
        Assert.Equal(["db-nsg", "web-nsg"], Names(found));
        Assert.All(_arm.Calls, call => Assert.StartsWith("GET ", call));
        Assert.All(_arm.Calls, call => Assert.EndsWith(" " + ResourceKind.Nsg.ApiVersion, call));
    }

    [Fact]
    public void AnIdOfAnotherKindIsRefused()
    {
        var error = Assert.Throws<NsgFlowException>(() => Finder().Find(Ask(ResourceKind.Nsg, Net(Prod, "rg-net", "hub")), default));
        Assert.Equal("InvalidResourceId", error.ErrorId);
        Assert.Empty(_arm.Calls);
    }

    [Theory]
    [InlineData("aks", "hub/aks spoke/aks")]
    [InlineData("hub/aks", "hub/aks")]
    [InlineData("h*/*", "hub/aks hub/db")]
    [InlineData("d*", "hub/db")]
    public void SubnetsAreInTheirNetworks(string name, string expected)
    {
        var found = Finder().Find(Ask(ResourceKind.Subnet, name), default);
        Assert.Equal(expected, string.Join(" ", found.Select(static one => one.ResourceId.VirtualNetwork + "/" + one.Name)));
        Assert.Single(_arm.Calls);
    }

    [Fact]
    public void ANameThatIsNotThereIsAnErrorWithWhatWasMeant()
    {
        var error = Assert.Throws<NsgFlowException>(() => Finder().Find(Ask(ResourceKind.Nsg, "wbe-nsg"), default));
        Assert.Equal("ResourceNotFound", error.ErrorId);
        Assert.Equal("There is no network security group 'wbe-nsg', or you may not read it. Did you mean 'web-nsg' (in rg-net) or 'db-nsg' (in rg-net)?", error.Message);
    }

    [Theory]
    [InlineData("aks-agentpool-11111111-nsg", "aks-agentpool-98765432-nsg")]
    [InlineData("web-nsg-prod", "web-nsg1prod web-nsg-testing")]
    [InlineData("vm-backend", "")]
    public void NamesThatBeginAlikeAreNearToo(string wanted, string expected) => Assert.Equal(
        expected, string.Join(" ", NearNames.Of(wanted, ["aks-agentpool-98765432-nsg", "web-nsg-testing", "web-nsg1prod", "vm-frontend-1", "vm-"]).Where(static name => name != "vm-")));

    [Fact]
    public void WhatNoNameFindsAnIdMay()
    {
        const string Late = "If it was made in the last minutes, give its ARM id";
        var nsg = Assert.Throws<NsgFlowException>(() => Finder().Find(Ask(ResourceKind.Nsg, "new-nsg"), default)).RecommendedAction;
        Assert.Contains(Late, nsg, StringComparison.Ordinal);
        Assert.DoesNotContain("scale sets", nsg, StringComparison.Ordinal);
        var nic = Assert.Throws<NsgFlowException>(() => Finder().Find(Ask(ResourceKind.NetworkInterface, "nic0"), default)).RecommendedAction;
        Assert.Contains(Late, nic, StringComparison.Ordinal);
        Assert.Contains("Interfaces of scale sets (such as AKS nodes) are found by ARM id only; Get-NsgInventory lists these.", nic, StringComparison.Ordinal);
        var id = Assert.Throws<NsgFlowException>(() => Finder().Find(Ask(ResourceKind.Nsg, Nsg(Prod, "rg-net", "new-nsg")), default)).RecommendedAction;
        Assert.DoesNotContain(Late, id, StringComparison.Ordinal);
    }

    [Fact]
    public void ANameInAnotherGroupIsNamedWithThatGroup()
    {
        var question = new ResourceQuestion { Kind = ResourceKind.Nsg, Names = ["db-nsg"], ResourceGroups = ["rg-dev"] };
        var error = Assert.Throws<NsgFlowException>(() => Finder().Find(question, default));
        Assert.Equal("There is no network security group 'db-nsg' in resource group rg-dev, or you may not read it. Did you mean 'db-nsg' (in rg-net) or 'web-nsg' (in rg-net)?", error.Message);
    }

    [Fact]
    public void SeveralOfANameAreAnErrorForOne()
    {
        var error = Assert.Throws<NsgFlowException>(() => Finder().FindOne(Ask(ResourceKind.Nsg, "web-nsg"), default));
        Assert.Equal("ResourceAmbiguous", error.ErrorId);
        Assert.Contains(Nsg(Prod, "rg-net", "web-nsg"), error.Message, StringComparison.Ordinal);
        Assert.Contains(Nsg(Dev, "rg-dev", "web-nsg"), error.Message, StringComparison.Ordinal);
        var narrowed = new ResourceQuestion { Kind = ResourceKind.Nsg, Names = ["web-nsg"], Subscriptions = ["dev"] };
        Assert.Equal(Dev, Finder().FindOne(narrowed, default).SubscriptionId);
    }

    [Theory]
    [InlineData("prod", Prod)]
    [InlineData("PR*", Prod)]
    [InlineData(Dev, Dev)]
    [InlineData("/subscriptions/" + Dev, Dev)]
    public void SubscriptionsHaveIdsAndNames(string given, string expected)
    {
        var found = Finder().Find(new ResourceQuestion { Kind = ResourceKind.Nsg, Names = ["web-*"], Subscriptions = [given] }, default);
        Assert.Equal(expected, Assert.Single(found).SubscriptionId);
        Assert.Equal(given.Contains(Dev, StringComparison.Ordinal) ? 1 : 2, _arm.Calls.Count);
    }

    [Fact]
    public void ASubscriptionThatIsNotThereIsAnError()
    {
        var question = new ResourceQuestion { Kind = ResourceKind.Nsg, Names = ["web-nsg"], Subscriptions = ["prdo"] };
        var error = Assert.Throws<NsgFlowException>(() => Finder().Find(question, default));
        Assert.Equal("There is no subscription 'prdo', or you may not read it. Did you mean prod?", error.Message);
        Assert.Empty(Finder().Find(new ResourceQuestion { Kind = ResourceKind.Nsg, Names = ["web-*"], Subscriptions = ["x*"] }, default));
    }

    [Theory]
    [InlineData("ArmAccessDenied")]
    [InlineData("ResourceNotFound")]
    [InlineData("ArmUnavailable")]
    public void WithoutResourceGraphSubscriptionsAreListed(string errorId)
    {
        var said = new List<string>();
        _arm.Before = call => Refuse(call.StartsWith("QUERY", StringComparison.Ordinal), errorId);
        var finder = new ResourceFinder(_arm, said.Add);
        Assert.Equal(2, finder.Find(Ask(ResourceKind.Nsg, "web-nsg"), default).Count);
        Assert.Single(said);
        Assert.Equal(["aks", "aks"], Names(finder.Find(Ask(ResourceKind.Subnet, "aks"), default)));
        Assert.Equal(
            ["LIST", "LIST", "LIST", "LIST", "LIST", "QUERY"], _arm.Calls.Select(static call => call.Split(' ')[0]).Order());
        Assert.Contains($"LIST /subscriptions/{Prod}/providers/Microsoft.Network/networkSecurityGroups {ResourceKind.Nsg.ApiVersion}", _arm.Calls);
    }

    [Fact]
    public void ASubscriptionThatRefusesDoesNotHideTheOthers()
    {
        var said = new List<string>();
        _arm.Before = call => Refuse(call.StartsWith("QUERY", StringComparison.Ordinal) || call.StartsWith("LIST /subscriptions/" + Dev, StringComparison.Ordinal), "ArmAccessDenied");
        Assert.Equal(["web-nsg"], Names(new ResourceFinder(_arm, said.Add).Find(Ask(ResourceKind.Nsg, "web-nsg"), default)));
        Assert.Contains(said, text => text.Contains(Dev, StringComparison.Ordinal));
        _arm.Before = call => Refuse(call != "LIST /subscriptions " + ResourceKind.Subscription.ApiVersion, "ArmAccessDenied");
        Assert.Equal("ArmAccessDenied", Assert.Throws<NsgFlowException>(() => Finder().Find(Ask(ResourceKind.Nsg, "web-nsg"), default)).ErrorId);
    }

    [Fact]
    public void WithoutASignInNothingElseIsTried()
    {
        _arm.Before = _ => Refuse(true, "NotSignedIn");
        Assert.Equal("NotSignedIn", Assert.Throws<NsgFlowException>(() => Finder().Find(Ask(ResourceKind.Nsg, "web-nsg"), default)).ErrorId);
        Assert.Single(_arm.Calls);
    }

    [Fact]
    public void TwentySubscriptionsCostAsManyCallsAsTheyHavePages()
    {
        var arm = new FakeArm { PageSize = 100 };
        for (var subscription = 0; subscription < 20; subscription++)
        {
            arm.AddSubscription($"{subscription:x8}-0000-0000-0000-000000000000", "s" + subscription);
            for (var i = 0; i < 25; i++)
                arm.Add(Nsg($"{subscription:x8}-0000-0000-0000-000000000000", "rg", $"nsg-{subscription}-{i}"));
        }

        Assert.Equal(500, new ResourceFinder(arm).Find(new ResourceQuestion { Kind = ResourceKind.Nsg }, default).Count);
        Assert.Equal(5, arm.Calls.Count);
        arm.Before = call => Refuse(call.StartsWith("QUERY", StringComparison.Ordinal), "ArmAccessDenied");
        Assert.Equal(500, new ResourceFinder(arm).Find(new ResourceQuestion { Kind = ResourceKind.Nsg }, default).Count);
        Assert.Equal(5 + 1 + 1 + 20, arm.Calls.Count);
    }

    [Fact]
    public void FlowLogsAndScaleSetInterfacesAreListedUnderWhatHoldsThem()
    {
        var watcher = $"/subscriptions/{Prod}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_westeurope";
        var scaleSet = $"/subscriptions/{Prod}/resourceGroups/MC_x/providers/Microsoft.Compute/virtualMachineScaleSets/vmss";
        _arm.Add(watcher).Add(watcher + "/flowLogs/hub-flowlog").Add(watcher + "/flowLogs/other").Add(scaleSet).Add(scaleSet + "/networkInterfaces/nic0", null);
        Assert.Equal(["hub-flowlog"], Names(Finder().Find(Ask(ResourceKind.FlowLog, "hub-*"), default)));
        Assert.Equal(["nic0"], Names(Finder().Find(Ask(ResourceKind.ScaleSetNetworkInterface, "nic0"), default)));
        Assert.Equal(["prod"], Finder().Find(Ask(ResourceKind.Subscription, "pr*"), default).Select(static one => one.Root["displayName"].Text));
    }

    [Fact]
    public void StopEndsTheSearch()
    {
        using var stop = new CancellationTokenSource();
        _arm.Before = call =>
        {
            Refuse(call.StartsWith("QUERY", StringComparison.Ordinal), "ArmAccessDenied");
            stop.Cancel();
        };
        Assert.ThrowsAny<OperationCanceledException>(() => Finder().Find(Ask(ResourceKind.Nsg, "web-nsg"), stop.Token));
    }

    private static string Nsg(string subscription, string group, string name) =>
        $"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Network/networkSecurityGroups/{name}";

    private static string Net(string subscription, string group, string name) =>
        $"/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/{name}";

    private static ResourceQuestion Ask(ResourceKind kind, params string[] names) => new() { Kind = kind, Names = names };

    private static IEnumerable<string> Names(IEnumerable<ArmResource> found) => found.Select(static one => one.Name);

    private static void Refuse(bool isRefused, string errorId)
    {
        if (isRefused)
            throw new NsgFlowException(errorId, "refused", string.Empty);
    }

    private ResourceFinder Finder() => new(_arm);
}
