using System;
using Xunit;

namespace NsgFlow.Unit.Parsing;

public class GoldenRuleTests
{
    [Theory]
    [InlineData("DefaultRule_AllowInternetOutBound", FlowRuleKind.Default, "AllowInternetOutBound")]
    [InlineData("defaultrule_DenyAllInBound", FlowRuleKind.Default, "DenyAllInBound")]
    [InlineData("DefaultRule", FlowRuleKind.Default, "DefaultRule")]
    [InlineData("UserRule_allow-web", FlowRuleKind.User, "allow-web")]
    [InlineData("USERRULE_x_y", FlowRuleKind.User, "x_y")]
    [InlineData("UserRule_UserRule_x", FlowRuleKind.User, "UserRule_x")]
    [InlineData("UserRule", FlowRuleKind.User, "UserRule")]
    [InlineData("PlatformRule", FlowRuleKind.Platform, "PlatformRule")]
    [InlineData("PlatformRule_dns", FlowRuleKind.Platform, "dns")]
    [InlineData("unspecified", FlowRuleKind.Unspecified, "unspecified")]
    [InlineData("Unspecified", FlowRuleKind.Unspecified, "Unspecified")]
    [InlineData("BlockHighRiskTCPPortsFromInternet", FlowRuleKind.Unprefixed, "BlockHighRiskTCPPortsFromInternet")]
    [InlineData("Block_b6d4f9a3-0000-0000-0000-1f0c1a8f5a10", FlowRuleKind.Unprefixed, "Block_b6d4f9a3-0000-0000-0000-1f0c1a8f5a10")]
    [InlineData("UserRules_x", FlowRuleKind.Unprefixed, "UserRules_x")]
    [InlineData("MyUserRule_x", FlowRuleKind.Unprefixed, "MyUserRule_x")]
    [InlineData("Allow all, everywhere", FlowRuleKind.Unprefixed, "Allow all, everywhere")]
    public void The_prefix_tells_the_kind(string written, FlowRuleKind kind, string name)
    {
        var nsg = Assert.Single(Reading.Read(Texts.Records(Texts.NsgEntry(2, written, Texts.Good(1)))).Rows).Context;
        Assert.Equal((kind, name), (nsg.RuleKind, nsg.Rule));
        var vnet = Assert.Single(Reading.Read(Texts.Records(Texts.VnetEntry("g", written, Texts.GoodVnet(1)))).Rows).Context;
        Assert.Equal((kind, name), (vnet.RuleKind, vnet.Rule));
        Assert.Equal((kind, name), ReferenceParser.SplitRule(written));
    }

    [Fact]
    public void A_missing_rule_is_null()
    {
        var text = Texts.Nsg(2, Texts.Good(1)).Replace("\"rule\":\"DefaultRule_AllowInternetOutBound\",", string.Empty);
        var context = Assert.Single(Reading.Read(text).Rows).Context;
        Assert.Null(context.Rule);
        Assert.Equal(FlowRuleKind.Unprefixed, context.RuleKind);
    }

    [Fact]
    public void Arm_ids_keep_their_case_and_compare_without()
    {
        var context = Assert.Single(Reading.Read(Texts.Nsg(2, Texts.Good(1))).Rows).Context;
        Assert.Equal(Texts.NsgId, context.Target);
        Assert.Equal(new ResourceId(Texts.NsgId), new ResourceId(Texts.NsgId.ToLowerInvariant()));
        Assert.Equal("WEB-NSG", new ResourceId(context.Target).Nsg);
    }

    [Theory]
    [InlineData("resourceId")]
    [InlineData("resourceid")]
    public void The_group_is_named_by_either_spelling(string key)
    {
        var text = Texts.Nsg(2, Texts.Good(1)).Replace("resourceId", key);
        Assert.Equal(Texts.NsgId, Assert.Single(Reading.Read(text).Rows).Context.Target, StringComparer.Ordinal);
    }
}
