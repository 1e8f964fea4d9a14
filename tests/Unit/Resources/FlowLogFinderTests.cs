using System;
using System.Linq;
using NsgFlow.Arm;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using NsgFlow.Resources;
using Xunit;

namespace NsgFlow.Unit.Resources;

public class FlowLogFinderTests
{
    private readonly FakeArm _arm = World.Create();

    public static TheoryData<FlowLogQuestion, string> Cover => new()
    {
        { new() { Nsg = ["web-nsg"] }, "hub-log nic1-log web-log web-nsg-log" },
        { new() { Nsg = ["db-nsg"] }, "hub-log nic2-log" },
        { new() { VirtualNetwork = ["hub"] }, "hub-log nic1-log nic2-log web-log" },
        { new() { Subnet = ["hub/web"] }, "hub-log nic1-log web-log" },
        { new() { VirtualNetwork = ["hub"], Subnet = ["db"] }, "hub-log nic2-log" },
        { new() { NetworkInterface = ["vm1-nic"] }, "hub-log nic1-log web-log" },
        { new() { AksCluster = ["prod"] }, "aks-log aks-nsg-log" },
        { new() { AksCluster = ["byo"] }, "hub-log web-nsg-log" },
        { new() { ResourceId = [World.Hub + "/subnets/db"] }, "hub-log nic2-log" },
        { new() { ResourceId = [World.Watcher + "/flowLogs/hub-log"] }, "hub-log" },
        { new() { ResourceId = [World.Root.TrimEnd('/')[..^"/resourceGroups".Length]] }, "aks-log aks-nsg-log hub-log nic1-log nic2-log web-log web-nsg-log" },
        { new() { ResourceGroups = ["mc_*"] }, "aks-log aks-nsg-log" },
        { new() { Subscriptions = ["prod"] }, "aks-log aks-nsg-log hub-log nic1-log nic2-log web-log web-nsg-log" },
        { new() { Nsg = ["web-nsg"], VirtualNetwork = ["hub"] }, "hub-log nic1-log web-log" },
    };

    [Theory]
    [MemberData(nameof(Cover))]
    public void FlowLogsOfAResourceAreThoseThatWriteItsFlows(FlowLogQuestion question, string expected)
    {
        LogAll();
        var found = Find(question);
        Assert.Equal(expected, string.Join(" ", found.FlowLogs.Select(static log => log.Name).Order()));
        Assert.Empty(found.Failures);
        Assert.Empty(found.Warnings);
    }

    [Fact]
    public void SourcesAreTheContainersOfTheAccounts()
    {
        _arm.Add(World.Storage + "2", properties: """{"primaryEndpoints":{"blob":"https://stflows2.z1.blob.storage.azure.net/"}}""")
            .Log("web-nsg-log", World.WebNsg).Log("hub-log", World.Hub).Log("web-log", World.Hub + "/subnets/web", storage: World.Storage.ToUpperInvariant() + "2");
        var sources = Find(new() { Nsg = ["web-nsg"] }).Sources;
        Assert.Equal(
            [
                "hub-log -> stflows/insights-logs-flowlogflowevent https://stflows.blob.core.windows.net/",
                "web-log -> STFLOWS2/insights-logs-flowlogflowevent https://stflows2.z1.blob.storage.azure.net/",
                "web-nsg-log -> stflows/insights-logs-networksecuritygroupflowevent https://stflows.blob.core.windows.net/",
            ],
            sources.Select(static one => $"{string.Join(",", one.FlowLogs.Select(static log => log.Name))} -> {one} {one.BlobEndpoint}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ANameCostsFiveCalls()
    {
        LogAll();
        Find(new() { VirtualNetwork = ["hub"] });
        Assert.Equal(
            ["QUERY", "QUERY", "LIST", "QUERY", "GET"], _arm.Calls.Select(static call => call.Split(' ')[0]));
        Assert.Single(_arm.Calls, static call => call.StartsWith("LIST " + World.Watcher + "/flowLogs", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatWasAskedOnceIsNotAskedAgain()
    {
        LogAll();
        var finder = new FlowLogFinder(new ResourceFinder(_arm));
        finder.Find(new() { ResourceId = [World.WebNsg] }, default);
        var before = _arm.Calls.Count;
        finder.Find(new() { ResourceId = [World.ManagedNsg] }, default);
        Assert.Equal(["GET " + World.ManagedNsg + " " + ResourceKind.Nsg.ApiVersion], _arm.Calls.Skip(before));
    }

    [Fact]
    public void AnNsgWithoutAFlowLogIsAnErrorWithTheCommandForItsNetwork()
    {
        var error = Assert.Single(Find(new() { Nsg = ["web-nsg"] }).Failures);
        Assert.Equal("FlowLogNotFound", error.ErrorId);
        Assert.Equal("No flow log writes flows of network security group 'web-nsg': it has none of its own, and neither has what it is on.", error.Message);
        Assert.Equal(
            "NSG flow logs cannot be made any more (since 2025-06-30), and they end on 2027-09-30; log the virtual network. Enable-NsgFlowLog -VirtualNetwork 'hub' -ResourceGroupName 'rg-net' -StorageAccount <name>",
            error.RecommendedAction);
        Assert.Contains("on no subnet", Assert.Single(Find(new() { Nsg = ["idle-nsg"] }).Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANetworkWhoseNsgsAreLoggedSaysWhichTheseAre()
    {
        _arm.Log("web-nsg-log", World.WebNsg);
        var error = Assert.Single(Find(new() { VirtualNetwork = ["hub"] }).Failures);
        Assert.Equal("No virtual network flow log writes flows of virtual network 'hub', but NSG flow logs do: web-nsg.", error.Message);
        Assert.StartsWith("Read those with -Nsg web-nsg. Enable-NsgFlowLog -VirtualNetwork 'hub'", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInterfaceWhoseSubnetsNsgIsLoggedSaysSo()
    {
        _arm.Log("web-nsg-log", World.WebNsg);
        var error = Assert.Single(Find(new() { NetworkInterface = ["vm1-nic"] }).Failures);
        Assert.Equal("No virtual network flow log writes flows of network interface 'vm1-nic', but NSG flow logs do: web-nsg.", error.Message);
        Assert.Equal("No flow log writes flows of network interface 'vm2-nic'.", Assert.Single(Find(new() { NetworkInterface = ["vm2-nic"] }).Failures).Message);
    }

    [Fact]
    public void OfManyOnlyThoseThatWereNamedAreErrors()
    {
        _arm.Log("web-nsg-log", World.WebNsg);
        var found = Find(new() { Nsg = ["*-nsg", "idle-nsg"], ResourceGroups = ["rg-net"] });
        Assert.Equal("web-nsg-log", Assert.Single(found.FlowLogs).Name);
        Assert.Contains("'idle-nsg'", Assert.Single(found.Failures).Message, StringComparison.Ordinal);
        Assert.Equal("No flow log writes flows of network security group 'db-nsg'.", Assert.Single(found.Warnings));

        var none = Find(new() { Nsg = ["db-*", "aks-agentpool-2*"] });
        Assert.Equal("FlowLogNotFound", Assert.Single(none.Failures).ErrorId);
        Assert.Contains("like zz*", Assert.Single(Find(new() { Nsg = ["zz*"] }).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void OfAWildcardTheSameIsSaidAsOfAName()
    {
        var none = Assert.Single(Find(new() { Nsg = ["aks-agentpool-*"] }).Failures);
        Assert.Contains("'aks-agentpool-2-nsg', network security group 'aks-agentpool-1-nsg'", none.Message, StringComparison.Ordinal);
        Assert.StartsWith("NSG flow logs cannot be made any more (since 2025-06-30), and they end on 2027-09-30; log the virtual network. Enable-NsgFlowLog", none.RecommendedAction, StringComparison.Ordinal);

        _arm.Log("web-nsg-log", World.WebNsg);
        var some = Assert.Single(Find(new() { NetworkInterface = ["vm?-nic"] }).Failures);
        Assert.Equal("No virtual network flow log writes flows of network interface 'vm1-nic', network interface 'vm2-nic', but NSG flow logs do of some: web-nsg.", some.Message);
        Assert.StartsWith("Read those with -Nsg web-nsg. Enable-NsgFlowLog -VirtualNetwork 'hub'", some.RecommendedAction, StringComparison.Ordinal);

        _arm.Log("nic2-log", World.Nic2);
        Assert.Equal(
            "No virtual network flow log writes flows of network interface 'vm1-nic', but NSG flow logs do: web-nsg.", Assert.Single(Find(new() { NetworkInterface = ["vm?-nic"] }).Warnings));
    }

    [Fact]
    public void WhatIsNotThereIsSaidWithTheSubscriptionsOfConnect()
    {
        const string Where = " in subscription pr* (Connect-NsgFlow -SubscriptionId)";
        var finder = new FlowLogFinder(new ResourceFinder(_arm) { DefaultSubscriptions = ["pr*"] });
        Assert.StartsWith(
            $"There is no network security group 'zz'{Where}, or you may not read it.", Assert.Single(finder.Find(new() { Nsg = ["zz"] }, default).Failures).Message, StringComparison.Ordinal);
        Assert.EndsWith($"like zz*{Where}.", Assert.Single(finder.Find(new() { Nsg = ["zz*"] }, default).Warnings), StringComparison.Ordinal);
        Assert.Equal(
            $"There is no flow log of anything in resource group rg-net{Where}.", Assert.Single(finder.Find(new() { ResourceGroups = ["rg-net"] }, default).Failures).Message);
        Assert.Equal(
            "There is no flow log of anything in subscription prod.", Assert.Single(finder.Find(new() { Subscriptions = ["prod"] }, default).Failures).Message);
    }

    [Fact]
    public void OneNameForSeveralIsAnError()
    {
        _arm.Add(World.Root + "rg-other/providers/Microsoft.Network/networkSecurityGroups/web-nsg").Log("web-nsg-log", World.WebNsg);
        var error = Assert.Single(Find(new() { Nsg = ["web-nsg"] }).Failures);
        Assert.Equal("ResourceAmbiguous", error.ErrorId);
        Assert.Contains("rg-other", error.Message, StringComparison.Ordinal);
        Assert.Empty(Find(new() { Nsg = ["web-nsg"], ResourceGroups = ["rg-net"] }).Failures);
        Assert.Empty(Find(new() { Nsg = ["web-ns*"] }).Failures);
    }

    [Fact]
    public void ADisabledFlowLogIsWarnedOfUnlessAnotherTookItsPlace()
    {
        _arm.Log("web-nsg-log", World.WebNsg, enabled: false);
        var found = Find(new() { Nsg = ["web-nsg"] });
        Assert.Single(found.Sources);
        Assert.StartsWith("Flow log 'web-nsg-log' of 'web-nsg' is disabled", Assert.Single(found.Warnings), StringComparison.Ordinal);
        _arm.Log("hub-log", World.Hub);
        Assert.Empty(Find(new() { Nsg = ["web-nsg"] }).Warnings);
    }

    [Fact]
    public void AWatcherThatRefusesIsAFailureAndNoMissingFlowLog()
    {
        Refuse("LIST " + World.Watcher);
        var found = Find(new() { Nsg = ["web-nsg"] });
        Assert.Equal("ArmAccessDenied", Assert.Single(found.Failures).ErrorId);
    }

    [Fact]
    public void AnAccountThatRefusesIsTakenByName()
    {
        _arm.Log("web-nsg-log", World.WebNsg);
        Refuse("GET " + World.Storage);
        var source = Assert.Single(Find(new() { Nsg = ["web-nsg"] }).Sources);
        Assert.Null(source.BlobEndpoint);
        Assert.Equal("stflows", source.Account);
    }

    [Fact]
    public void AnAccountThatIsGoneIsAFailure()
    {
        _arm.Log("web-nsg-log", World.WebNsg, storage: World.Storage + "gone").Log("hub-log", World.Hub);
        var found = Find(new() { Nsg = ["web-nsg"] });
        Assert.Equal("StorageAccountNotFound", Assert.Single(found.Failures).ErrorId);
        Assert.Single(found.Sources);
    }

    [Fact]
    public void AnIdThatHasNoFlowLogsIsRefusedAndTheOthersAreFound()
    {
        LogAll();
        var found = Find(new() { ResourceId = [World.Storage, World.Nsg("nowhere"), World.WebNsg] });
        Assert.Equal(["InvalidResourceId", "ResourceNotFound"], found.Failures.Select(static one => one.ErrorId));
        Assert.NotEmpty(found.Sources);
    }

    [Theory]
    [InlineData("web-nsg", "nsg:web-nsg Yes, vnet:hub,acl=id Yes, vnet:hub,acl=guid Yes, vnet:hub,acl=other No, vnet:web,acl=id Yes")]
    [InlineData("hub", "nsg:web-nsg No, vnet:hub,acl=other Yes, vnet:web,acl=other Yes, nic:vm1 Yes, vnet:spoke,acl=other No")]
    [InlineData("hub/web", "nsg:web-nsg No, vnet:hub,acl=id Maybe, vnet:web,acl=other Yes, nic:vm1 Yes, vnet:spoke,acl=other No")]
    [InlineData("vm1-nic", "vnet:hub,acl=id Yes, vnet:hub,mac=other No, nic:vm1 Yes")]
    [InlineData("prod", "nsg:aks Yes, nsg:web-nsg No, vnet:aks,acl=other Maybe, vnet:hub,acl=other No")]
    [InlineData("byo", "nsg:aks No, nsg:web-nsg Maybe, vnet:hub,acl=other Maybe, vnet:web,acl=other No")]
    public void TheScopeKnowsTheResourceByAllThatLogsCallIt(string name, string expected)
    {
        LogAll();
        var scope = Find(Ask(name)).Scope;
        Assert.Equal(expected, string.Join(", ", expected.Split(", ").Select(one => one[..one.LastIndexOf(' ')]).Select(group => group + " " + scope.Answer(Group(group)))));
    }

    [Fact]
    public void OfAPartTheLoggedEndDecides()
    {
        LogAll();
        var scope = Find(new() { Subnet = ["hub/db"] }).Scope;
        var group = Group("vnet:hub,acl=other");
        Assert.True(scope.Matches(group, Tuple("10.0.2.9", "8.8.8.8", FlowDirection.Outbound)));
        Assert.False(scope.Matches(group, Tuple("10.0.2.9", "10.0.1.4", FlowDirection.Inbound)));
        Assert.True(scope.Matches(group, Tuple("10.0.1.4", "10.0.2.9", FlowDirection.Inbound)));
        Assert.True(scope.Matches(group, Tuple("fd00:2::9", "fd00:1::1", FlowDirection.Outbound)));
        Assert.False(scope.Matches(group, Tuple("10.0.1.4", "10.0.2.9", FlowDirection.Outbound)));

        // An interface whose MAC is not known, told by its address.
        var nic = Find(new() { NetworkInterface = ["vm2-nic"] }).Scope;
        Assert.Equal(ScopeAnswer.Maybe, nic.Answer(group));
        Assert.True(nic.Matches(group, Tuple("10.0.2.4", "8.8.8.8", FlowDirection.Outbound)));
        Assert.False(nic.Matches(group, Tuple("10.0.2.5", "8.8.8.8", FlowDirection.Outbound)));
    }

    [Fact]
    public void BlobsOfOtherFlowLogsInTheSameAccountAreLeftOut()
    {
        LogAll();
        var found = Find(new() { VirtualNetwork = ["hub"] });
        var query = new FlowBlobQuery { Scope = found.Scope, FlowLogs = found.FlowLogs };
        Assert.False(query.Excludes(Blob("flowLogResourceID=/11111111-1111-1111-1111-111111111111_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_HUB-LOG")));
        Assert.False(query.Excludes(Blob("flowLogResourceID=" + World.Watcher.ToUpperInvariant() + "/FLOWLOGS/HUB-LOG")));
        Assert.True(query.Excludes(Blob("flowLogResourceID=/11111111-1111-1111-1111-111111111111_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_AKS-LOG")));
        Assert.True(query.Excludes(Blob("flowLogResourceID=/22222222-1111-1111-1111-111111111111_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_HUB-LOG")));
        Assert.True(query.Excludes(Blob("flowLogResourceID=" + World.Watcher.ToUpperInvariant() + "/FLOWLOGS/AKS-LOG")));
        Assert.True(query.Excludes(Blob("resourceId=" + World.WebNsg.ToUpperInvariant())));
        Assert.True(query.Excludes(FlowBlobName.Parse("resourceId=/")));
        Assert.False(query.Excludes(FlowBlobName.Parse("flowLogResourceID=/")));

        var nsg = Find(new() { Nsg = ["web-nsg"] });
        query = new FlowBlobQuery { Scope = nsg.Scope, FlowLogs = nsg.FlowLogs };
        Assert.False(query.Excludes(Blob("resourceId=" + World.WebNsg.ToUpperInvariant())));
        Assert.True(query.Excludes(Blob("resourceId=" + World.ManagedNsg.ToUpperInvariant())));

        // Of one interface, only its blobs.
        var nic = Find(new() { NetworkInterface = ["vm1-nic"] });
        query = new FlowBlobQuery { Scope = nic.Scope, FlowLogs = nic.FlowLogs };
        const string HubLog = "flowLogResourceID=/11111111-1111-1111-1111-111111111111_NETWORKWATCHERRG/NETWORKWATCHER_WESTEUROPE_HUB-LOG";
        Assert.False(query.Excludes(Blob(HubLog)));
        Assert.True(query.Excludes(Blob(HubLog, "7C1E5264840B")));
    }

    [Theory]
    [InlineData("NETWORKWATCHER_WESTEUROPE_HUB-LOG", "hub-log", true)]
    [InlineData("NETWORKWATCHER_WESTEUROPE_THE_HUB_LOG", "the_hub_log", true)]
    [InlineData("MY_WATCHER_HUB-LOG", "hub-log", true)]
    [InlineData("MY_WATCHER_HUB_LOG", "hub_log", true)]
    [InlineData("NETWORKWATCHER_HUB_LOG", "hub_log", true)]
    [InlineData("NW_HUB-LOG", "hub-log", true)]
    [InlineData("NETWORKWATCHER_WESTEUROPE_HUB-LOG", "ub-log", false)]
    [InlineData("NETWORKWATCHER_WESTEUROPE_HUB-LOG", "hub-log2", false)]
    public void JoinedNamesAreReadWithTolerance(string joined, string name, bool isPossible)
    {
        var log = new FlowLog(ArmResource.Parse($$"""{"id":"{{World.Watcher}}/flowLogs/{{name}}","name":"{{name}}","properties":{"targetResourceId":"{{World.Hub}}"} }"""));
        var query = new FlowBlobQuery { FlowLogs = [log] };
        Assert.Equal(!isPossible, query.Excludes(Blob($"flowLogResourceID=/{World.Subscription.ToUpperInvariant()}_RG/{joined}")));
    }

    [Fact]
    public void TheScopeAloneNeedsNoFlowLog()
    {
        var scope = new FlowLogFinder(new ResourceFinder(_arm)).FindScope(new() { AksCluster = ["prod"] }, out var warnings, default);
        Assert.Empty(warnings);
        Assert.Equal("AKS cluster prod", scope.ToString());
        Assert.Equal(ScopeAnswer.Yes, scope.Answer(Group("nsg:aks")));
        Assert.DoesNotContain(_arm.Calls, static call => call.Contains("networkWatchers", StringComparison.OrdinalIgnoreCase));
        var error = Assert.Throws<NsgFlowException>(() => new FlowLogFinder(new ResourceFinder(_arm)).FindScope(new() { AksCluster = ["prud"] }, out _, default));
        Assert.Contains("'prod'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFlowLogNeedsItsAccountOnly()
    {
        LogAll();
        var log = new FlowLog(_arm.Get(World.Watcher + "/flowLogs/hub-log", "any", default)!);
        var before = _arm.Calls.Count;
        var found = Find(new() { FlowLogs = [log] });
        Assert.Equal("hub-log", Assert.Single(Assert.Single(found.Sources).FlowLogs).Name);
        Assert.Equal(ScopeAnswer.Yes, found.Scope.Answer(Group("vnet:hub,acl=other")));
        Assert.Equal(ScopeAnswer.No, found.Scope.Answer(Group("nsg:aks")));
        Assert.Equal(["GET"], _arm.Calls.Skip(before).Select(static call => call.Split(' ')[0]));
    }

    [Fact]
    public void SeveralObjectsOfAPipelineMakeOneScope()
    {
        LogAll();
        var finder = new FlowLogFinder(new ResourceFinder(_arm));
        var both = ScopeResources.Union(
            [.. new[] { World.WebNsg, World.ManagedNsg }.Select(id => finder.Find(new() { ResourceId = [id] }, default).Scope.Resources[0])]);
        var scope = new FlowScope { Resources = [both] };
        Assert.Equal(ScopeAnswer.Yes, scope.Answer(Group("nsg:aks")));
        Assert.Equal(ScopeAnswer.Yes, scope.Answer(Group("vnet:hub,acl=guid")));
        Assert.Equal(ScopeAnswer.No, scope.Answer(Group("vnet:hub,acl=other")));
    }

    private static FlowLogQuestion Ask(string name) => name switch
    {
        "web-nsg" => new() { Nsg = [name] },
        "hub" => new() { VirtualNetwork = [name] },
        "hub/web" => new() { Subnet = [name] },
        "vm1-nic" => new() { NetworkInterface = [name] },
        _ => new() { AksCluster = [name] },
    };

    // "vnet:hub,acl=id": what the log is on, and what decided.
    private static FlowGroup Group(string text)
    {
        var (target, rest) = text.Split(',') is [var first, var second] ? (first, second) : (text, "acl=other");
        var id = target switch
        {
            "nsg:web-nsg" => World.WebNsg,
            "nsg:aks" => World.ManagedNsg,
            "vnet:hub" => World.Hub.ToUpperInvariant(),
            "vnet:web" => World.Hub + "/subnets/web",
            "vnet:aks" => World.Managed,
            "nic:vm1" => World.Nic1,
            _ => World.Root + "rg-net/providers/Microsoft.Network/virtualNetworks/spoke",
        };
        return new FlowGroup
        {
            Entry = new FlowEntry { Kind = target.StartsWith("nsg", StringComparison.Ordinal) ? FlowLogKind.Nsg : FlowLogKind.VirtualNetwork, TargetResourceId = id },
            MacAddress = rest == "mac=other" || target != "vnet:hub" || rest == "acl=other" ? "7C1E5264840B" : "000D3AF8801A",
            AclId = rest switch { "acl=id" => World.WebNsg, "acl=guid" => World.WebGuid, _ => "00000000-0000-0000-0000-000000000000" },
        };
    }

    private static FlowTuple Tuple(string source, string destination, FlowDirection direction)
    {
        Assert.True(FlowAddress.TryParse(source, out var from));
        Assert.True(FlowAddress.TryParse(destination, out var to));
        return new FlowTuple { Source = from, Destination = to, Direction = direction };
    }

    private static FlowBlob Blob(string root, string mac = "000D3AF8801A")
    {
        var name = root + "/y=2026/m=11/d=23/h=09/m=00/macAddress=" + mac + "/PT1H.json";
        var parsed = FlowBlobName.Parse(name);
        return new FlowBlob
        {
            Name = name,
            Kind = parsed.Kind,
            Target = parsed.Target,
            ResourceId = parsed.ResourceId,
            ResourceGroup = parsed.ResourceGroup,
            SubscriptionId = parsed.SubscriptionId,
            MacAddress = parsed.MacAddress,
            Hour = parsed.Hour,
        };
    }

    private void LogAll() => _arm
        .Log("web-nsg-log", World.WebNsg).Log("hub-log", World.Hub.ToUpperInvariant()).Log("web-log", World.Hub + "/subnets/web")
        .Log("nic1-log", World.Nic1).Log("nic2-log", World.Nic2).Log("aks-log", World.Managed).Log("aks-nsg-log", World.ManagedNsg);

    private FoundFlowLogs Find(FlowLogQuestion question) => new FlowLogFinder(new ResourceFinder(_arm)).Find(question, default);

    private void Refuse(string beginning) => _arm.Before = call =>
    {
        if (call.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            throw new NsgFlowException("ArmAccessDenied", "refused", string.Empty);
    };
}
