using System;
using NsgFlow.Blobs;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public class FlowScopeTests
{
    private const string NsgBlob = "resourceId=/SUBSCRIPTIONS/11111111-2222-3333-4444-555555555555/RESOURCEGROUPS/MC_RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/AKS-AGENTPOOL-NSG/y=2026/m=11/d=23/h=09/m=00/macAddress=000D3AF8801A/PT1H.json";
    private const string VNetBlob = "flowLogResourceID=/11111111-2222-3333-4444-555555555555_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_HUB-FLOWLOG/y=2026/m=11/d=23/h=09/m=00/macAddress=7C1E5264840B/PT1H.json";
    private const string OtherSubscription = "/subscriptions/99999999-2222-3333-4444-555555555555";
    private static readonly FlowGroup _nsg = Groups.Nsg();
    private static readonly FlowGroup _vnet = Groups.Virtual(Groups.VNet);
    private static readonly FlowGroup _subnet = Groups.Virtual(Groups.VNet + "/subnets/aks");
    private static readonly FlowGroup _nic = Groups.Virtual(Groups.Nic, acl: "7f5a1b9e-0000-0000-0000-000000000001");
    private static readonly FlowGroup _nothing = new() { Entry = new FlowEntry { Kind = FlowLogKind.VirtualNetwork } };

    public static TheoryData<string, string, string> Cases => new()
    {
        // property, value, which of the groups n(sg) v(net) s(ubnet) i(nterface) match
        { "Nsg", "aks-agentpool-nsg", "nvs" },
        { "Nsg", "AKS-*", "nvs" },
        { "Nsg", "other", "" },
        { "Nsg", Groups.Nsg1, "nvs" },
        { "Nsg", Groups.Subscription + "/resourceGroups/*/providers/Microsoft.Network/networkSecurityGroups/aks-*", "nvs" },
        { "Nsg", OtherSubscription + "/resourceGroups/MC_rg/providers/Microsoft.Network/networkSecurityGroups/aks-agentpool-nsg", "" },
        { "VirtualNetwork", "hub-*", "vs" },
        { "VirtualNetwork", Groups.VNet, "vs" },
        { "VirtualNetwork", "aks", "" },
        { "Subnet", "aks", "s" },
        { "Subnet", Groups.VNet + "/subnets/AKS", "s" },
        { "Subnet", "hub-vnet", "" },
        { "NetworkInterface", "vm?-nic", "i" },
        { "NetworkInterface", Groups.Nic, "i" },
        { "ResourceId", Groups.VNet, "vs" },
        { "ResourceId", Groups.VNet + "/", "vs" },
        { "ResourceId", Groups.VNet + "/subnets/aks", "s" },
        { "ResourceId", Groups.VNet[..^1], "" },
        { "ResourceId", Groups.Nsg1, "nvs" },
        { "ResourceId", Groups.FlowLog, "vsi" },
        { "ResourceId", Groups.Subscription, "nvsi" },
        { "ResourceId", Groups.Subscription + "/resourcegroups/NET-RG", "vsi" },
        { "ResourceId", "*/virtualNetworks/hub-*", "vs" },
        { "ResourceId", OtherSubscription, "" },
        { "ResourceGroup", "net-rg", "vsi" },
        { "ResourceGroup", "mc_*", "n" },
        { "ResourceGroup", "NetworkWatcherRG", "" },
        { "SubscriptionId", "11111111-*", "nvsi" },
        { "SubscriptionId", "99999999-2222-3333-4444-555555555555", "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void GroupsMatchByWhatTheEntrySays(string property, string value, string expected)
    {
        var scope = Scope(property, value);
        Assert.False(scope.IsEverything);
        Assert.Equal(expected.Contains('n'), scope.Matches(_nsg));
        Assert.Equal(expected.Contains('v'), scope.Matches(_vnet));
        Assert.Equal(expected.Contains('s'), scope.Matches(_subnet));
        Assert.Equal(expected.Contains('i'), scope.Matches(_nic));

        // What a name proves must be true of the group.
        CheckAnswer(scope, NsgBlob, scope.Matches(_nsg));
        Assert.False(scope.Excludes(Blob(VNetBlob)) && expected.Trim('n').Length > 0);
    }

    [Fact]
    public void AnEntryThatSaysNothingMatchesNoRestriction()
    {
        Assert.False(Scope("Nsg", "*").Matches(_nothing));
        Assert.False(Scope("SubscriptionId", "*").Matches(_nothing));
        Assert.True(FlowScope.Everything.Matches(_nothing));
    }

    [Fact]
    public void ValuesAreOredAndPropertiesAnded()
    {
        Assert.True(new FlowScope { Nsg = ["x", "aks-*"] }.Matches(_nsg));
        Assert.True(new FlowScope { Nsg = ["aks-*"], VirtualNetwork = ["hub-vnet"] }.Matches(_vnet));
        Assert.False(new FlowScope { Nsg = ["aks-*"], VirtualNetwork = ["hub-vnet"] }.Matches(_nsg));
    }

    [Theory]
    [InlineData("Nsg", "aks-agentpool-nsg", ScopeAnswer.Yes, ScopeAnswer.Maybe)]
    [InlineData("Nsg", "other", ScopeAnswer.No, ScopeAnswer.Maybe)]
    [InlineData("VirtualNetwork", "*", ScopeAnswer.No, ScopeAnswer.Maybe)]
    [InlineData("Subnet", "*", ScopeAnswer.No, ScopeAnswer.Maybe)]
    [InlineData("NetworkInterface", "*", ScopeAnswer.No, ScopeAnswer.Maybe)]
    [InlineData("ResourceGroup", "mc_rg", ScopeAnswer.Yes, ScopeAnswer.Maybe)]
    [InlineData("ResourceGroup", "net-rg", ScopeAnswer.No, ScopeAnswer.Maybe)]
    [InlineData("SubscriptionId", "11111111-2222-3333-4444-555555555555", ScopeAnswer.Yes, ScopeAnswer.Yes)]
    [InlineData("SubscriptionId", "2*", ScopeAnswer.No, ScopeAnswer.No)]
    [InlineData("ResourceId", OtherSubscription, ScopeAnswer.No, ScopeAnswer.No)]
    [InlineData("ResourceId", "/subscriptions/*/resourceGroups/x", ScopeAnswer.No, ScopeAnswer.Maybe)]
    [InlineData("ResourceId", Groups.Nsg1, ScopeAnswer.Yes, ScopeAnswer.Maybe)]
    [InlineData("ResourceId", Groups.Subscription, ScopeAnswer.Yes, ScopeAnswer.Maybe)]
    public void NamesAnswer(string property, string value, ScopeAnswer ofNsgBlob, ScopeAnswer ofVNetBlob)
    {
        var scope = Scope(property, value);
        Assert.Equal(ofNsgBlob, scope.Answer(Blob(NsgBlob)));
        Assert.Equal(ofVNetBlob, scope.Answer(Blob(VNetBlob)));
        Assert.Equal(ScopeAnswer.Maybe, scope.Answer(Blob("/tmp/PT1H.json")));
        Assert.Equal(ScopeAnswer.Yes, FlowScope.Everything.Answer(Blob(VNetBlob)));
    }

    internal static FlowBlob Blob(string name)
    {
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

    private static void CheckAnswer(FlowScope scope, string name, bool isIn)
    {
        var answer = scope.Answer(Blob(name));
        Assert.True(answer == ScopeAnswer.Maybe || (answer == ScopeAnswer.Yes) == isIn, answer.ToString());
        Assert.Equal(answer == ScopeAnswer.No, scope.Excludes(Blob(name)));
    }

    private static FlowScope Scope(string property, string value) => property switch
    {
        "Nsg" => new FlowScope { Nsg = [value] },
        "VirtualNetwork" => new FlowScope { VirtualNetwork = [value] },
        "Subnet" => new FlowScope { Subnet = [value] },
        "NetworkInterface" => new FlowScope { NetworkInterface = [value] },
        "ResourceId" => new FlowScope { ResourceId = [value] },
        "ResourceGroup" => new FlowScope { ResourceGroup = [value] },
        "SubscriptionId" => new FlowScope { SubscriptionId = [value] },
        _ => throw new ArgumentException(property),
    };
}
