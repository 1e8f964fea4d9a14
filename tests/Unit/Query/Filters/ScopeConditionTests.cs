using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NsgFlow.Filtering;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query;

public class ScopeConditionTests
{
    private const string Group = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop";
    private const string Network = Group + "/providers/Microsoft.Network/";
    private const string Path = "11111111-2222-3333-4444-555555555555/shop/";

    [Fact]
    public void EverythingIsNoCondition() => Assert.Empty(Of(FlowScope.Everything));

    [Theory]
    [InlineData("aks-*", Path + "aks-1", true)]
    [InlineData("aks-*", Path + "AKS-1", true)]
    [InlineData("aks-1", Path + "aks-1", true)]
    [InlineData("aks-1", Path + "aks-12", false)]
    [InlineData("aks-1", Path + "x-aks-1", false)]
    [InlineData("shop", Path + "aks-1", false)]
    [InlineData("aks-1", Path + "web " + Path + "aks-1", true)]
    [InlineData("web", Path + "web, " + Path + "aks-1", true)]
    [InlineData("web*", Path + "web " + Path + "aks-1", true)]
    [InlineData("web*1", Path + "web " + Path + "aks-1", false)]
    [InlineData("*", "", false)]
    [InlineData("*", "11111111-2222-3333-4444-555555555555", false)]
    public void NsgsAreFoundByTheLastPartOfTheirPath(string name, string column, bool expected) =>
        Assert.Equal(expected, IsMatch(Only(new FlowScope { Nsg = [name] }), "NsgPath", column));

    [Theory]
    [InlineData("hub", "net/hub/web", "", true)]
    [InlineData("hub", "hub/spoke/hub", "", false)]
    [InlineData("HUB*", "sub/net/hub1/web", "", true)]
    [InlineData("hub", "", Network + "virtualNetworks/hub", true)]
    [InlineData("hub", "", Network + "virtualNetworks/Hub/subnets/web", true)]
    [InlineData("hub", "", Network + "virtualNetworks/hub2", false)]
    [InlineData("hub", "", Network + "networkInterfaces/hub", false)]
    public void VirtualNetworksAreThoseOfTheLoggedEndOrTheTarget(string name, string subnet, string target, bool expected)
    {
        var condition = Only(new FlowScope { VirtualNetwork = [name] });
        Assert.Equal(expected, IsMatch(condition, "LoggedSubnet", subnet) || IsMatch(condition, "TargetId", target));
    }

    [Theory]
    [InlineData("web", "net/hub/web", "", true)]
    [InlineData("hub", "net/hub/web", "", false)]
    [InlineData("web", "", Network + "virtualNetworks/hub/subnets/web", true)]
    [InlineData("web", "", Network + "virtualNetworks/web", false)]
    public void SubnetsAreThoseOfTheLoggedEndOrTheTarget(string name, string subnet, string target, bool expected)
    {
        var condition = Only(new FlowScope { Subnet = [name] });
        Assert.Equal(expected, IsMatch(condition, "LoggedSubnet", subnet) || IsMatch(condition, "TargetId", target));
    }

    [Theory]
    [InlineData("nic?", "shop/nic1", "", true)]
    [InlineData("nic?", "shop/nic10", "", false)]
    [InlineData("nic1", "", Network + "networkInterfaces/nic1", true)]
    public void NetworkInterfacesAreThoseThatLogged(string name, string nic, string target, bool expected)
    {
        var condition = Only(new FlowScope { NetworkInterface = [name] });
        Assert.Equal(expected, IsMatch(condition, "LoggedNic", nic) || IsMatch(condition, "TargetId", target));
    }

    [Fact]
    public void GroupsAndSubscriptionsAreTheTargets()
    {
        var group = Only(new FlowScope { ResourceGroup = ["sh*"] });
        Assert.True(IsMatch(group, "Target", Path + "hub"));
        Assert.False(IsMatch(group, "Target", "shop/other/hub"));
        var subscription = Only(new FlowScope { SubscriptionId = ["11111111-*"] });
        Assert.True(IsMatch(subscription, "Target", Path + "hub"));
        Assert.False(IsMatch(subscription, "Target", "2" + Path + "hub"));
    }

    [Fact]
    public void IdsAreComparedByTheirKind()
    {
        Assert.Equal(
            $"NsgPath in~ (paths1) or (NsgPath matches regex \"[ ,;]\" and (NsgPath matches regex \"(?i)(?:^|[ ,;])(?:{Path.Replace("-", "\\\\-")}x\\\\.1)(?:$|[ ,;])\"))",
            Only(new FlowScope { ResourceId = [Network + "networkSecurityGroups/x.1"] }));
        Assert.Equal(
            $"TargetId in~ (ids1) or TargetId matches regex {Below(Network + "virtualNetworks/hub")} or LoggedSubnetId matches regex {Below(Network + "virtualNetworks/hub")}",
            Only(new FlowScope { ResourceId = [Network + "virtualNetworks/hub"] }));
        Assert.Equal("TargetId in~ (ids1) or LoggedSubnetId in~ (ids1)", Only(new FlowScope { ResourceId = [Network + "virtualNetworks/hub/subnets/web/"] }));
        Assert.Equal("TargetId in~ (ids1) or LoggedNicId in~ (ids1)", Only(new FlowScope { ResourceId = [Network + "networkInterfaces/nic1"] }));
        Assert.Equal("FlowLogId in~ (ids1)", Only(new FlowScope { ResourceId = [Network + "networkWatchers/w/flowLogs/f"] }));
        Assert.Equal(
            $"NsgId matches regex {Below(Group)} or TargetId matches regex {Below(Group)} or FlowLogId matches regex {Below(Group)}",
            Only(new FlowScope { ResourceId = [Group] }));
        Assert.True(IsMatch(Only(new FlowScope { ResourceId = [Group] }), "TargetId", Group.ToUpperInvariant() + "/providers/x"));
        Assert.False(IsMatch(Only(new FlowScope { ResourceId = [Group] }), "TargetId", Group + "2/providers/x"));
        Assert.Equal("false", Only(new FlowScope { ResourceId = ["no-id", Network + "loadBalancers/lb"] }));
    }

    [Fact]
    public void ManyNsgsAreAListAndNoLongRegex()
    {
        var script = new KqlScript();
        var ids = Enumerable.Range(0, 1600).Select(static at => $"{Network}networkSecurityGroups/aks-agentpool-{at:0000}-nsg").ToList();
        var condition = Assert.Single(ScopeConditions.Of(new FlowScope { Resources = [new ScopeResources { Text = "found", Ids = ids }] }, script));
        Assert.StartsWith("NsgPath in~ (paths1) or (NsgPath matches regex \"[ ,;]\" and (", condition, StringComparison.Ordinal);
        Assert.InRange(Regex.Matches(condition, "\"[^\"]*\"").Cast<Match>().Max(static literal => literal.Length), 1, 10_000);
        Assert.Contains($"\"{Path}aks-agentpool-1599-nsg\"", script.Text(string.Empty), StringComparison.Ordinal);
        Assert.True(IsMatch(condition, "NsgPath", $"{Path}web,{Path}AKS-agentpool-1599-nsg"));
    }

    [Fact]
    public void ManyConditionsAreNoDeepChain()
    {
        // Each "or" of a chain is a level of the syntax tree, and Kusto takes some hundreds.
        var ports = PortSet.Parse(Enumerable.Range(100, 400).Select(static port => $"{port}0-{port}5"));
        var condition = FlowConditions.OfRow(new AnalyticsQuestion { Filter = new FlowFilter { DestinationPort = ports } }, new KqlScript())[0];
        Assert.Equal(8, Regex.Matches(condition, @"\(DestinationPort between").Cast<Match>().Count());
        Assert.Equal(400, Regex.Matches(condition, "DestinationPort between").Cast<Match>().Count());
    }

    [Fact]
    public void WhatWasFoundHasNoWildcards()
    {
        var found = new ScopeResources { Text = "found", Ids = [Network + "networkSecurityGroups/a*b"] };
        var condition = Only(new FlowScope { Resources = [found] });
        Assert.True(IsMatch(condition, "NsgPath", Path + "a*b"));
        Assert.False(IsMatch(condition, "NsgPath", Path + "axb"));
    }

    [Fact]
    public void IdsWithWildcardsAreComparedAsAWhole()
    {
        var condition = Only(new FlowScope { ResourceId = ["/subscriptions/*/resourceGroups/sh?p"] });
        foreach (var column in new[] { "NsgId", "TargetId", "FlowLogId" })
        {
            Assert.True(IsMatch(condition, column, Network + "virtualNetworks/hub"));
            Assert.False(IsMatch(condition, column, "/subscriptions/s/resourceGroups/shopping/providers/x/y/z"));
        }
    }

    [Fact]
    public void FoundResourcesAreToldByAnythingThatTheTablesCallThem()
    {
        var script = new KqlScript();
        var scope = new FlowScope
        {
            Resources =
            [
                new ScopeResources
                {
                    Text = "subnet web",
                    Ids = [Network + "virtualNetworks/hub/subnets/web"],
                    MacAddresses = ["000D3AF8801A"],
                    NsgGuids = ["11111111-2222-3333-4444-555555555556"],
                    Parts = [new ScopePart(Network + "virtualNetworks/hub", AddressSet.Parse(["10.0.1.0/24"]))],
                },
                new ScopeResources { Text = "nothing" },
            ],
        };
        Assert.Equal(
            [
                "MacAddress in~ (macs1) or NsgPath in~ (groups1) or TargetId in~ (ids1) or LoggedSubnetId in~ (ids1) or "
                    + $"(TargetId =~ \"{Network}virtualNetworks/hub\" and coalesce(ipv4_is_in_any_range(LoggedAddress, prefixes1), false))",
                "false",
            ],
            ScopeConditions.Of(scope, script));
    }

    [Fact]
    public void PropertiesAreConditionsOfTheirOwn() =>
        Assert.Equal(3, Of(new FlowScope { Nsg = ["a", "b"], ResourceGroup = ["c"], SubscriptionId = ["d"] }).Count);

    [Fact]
    public void NamesCannotChangeTheQuery()
    {
        // What a name brings along stands in literals only.
        const string Attack = "x\" | take 1 ;\\\" `*\n\u2028(";
        var plain = AnalyticsKql.Rows(Question("plain"));
        var attacked = AnalyticsKql.Rows(Question(Attack));
        Assert.Equal(Outside(plain), Outside(attacked));

        static AnalyticsQuestion Question(string name) => new()
        {
            Filter = new FlowFilter
            {
                Rule = RuleSet.Parse([name]),
                ExcludeRule = RuleSet.Parse([name + "*"]),
                Scope = new FlowScope { Nsg = [name], VirtualNetwork = [name], Subnet = [name], NetworkInterface = [name], ResourceGroup = [name], SubscriptionId = [name], ResourceId = [Network + "networkSecurityGroups/" + name] },
            },
        };

        static string Outside(string kql) => Regex.Replace(kql, @"""(?:[^""\\]|\\.)*""", "\"\"");
    }

    private static List<string> Of(FlowScope scope) => [.. ScopeConditions.Of(scope, new KqlScript())];

    private static string Only(FlowScope scope) => Assert.Single(Of(scope));

    /// <summary>Whether one of the regular expressions that a condition has for a column matches.</summary>
    /// <summary>The literal for what lies in a resource.</summary>
    private static string Below(string id) => "\"(?i)^(?:" + id.Replace("-", @"\\-").Replace(".", @"\\.") + ")/\"";

    private static bool IsMatch(string condition, string column, string value)
    {
        var found = Regex.Matches(condition, column + @" matches regex ""(?<regex>(?:[^""\\]|\\.)*)""").Cast<Match>().ToList();
        Assert.NotEmpty(found);
        return found.Any(match => Regex.IsMatch(value, match.Groups["regex"].Value.Replace(@"\\", @"\")));
    }
}
