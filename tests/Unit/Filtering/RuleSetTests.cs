using System;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public class RuleSetTests
{
    [Theory]
    [InlineData("DenyAllInBound", "DenyAllInBound", FlowRuleKind.Default, true)]
    [InlineData("defaultrule_denyallinbound", "DenyAllInBound", FlowRuleKind.Default, true)]
    [InlineData("UserRule_DenyAllInBound", "DenyAllInBound", FlowRuleKind.Default, false)]
    [InlineData("UserRule_*", "SSH", FlowRuleKind.User, true)]
    [InlineData("S?H", "SSH", FlowRuleKind.User, true)]
    [InlineData("SSH", "SSH2", FlowRuleKind.User, false)]
    [InlineData("PlatformRule", null, FlowRuleKind.Platform, true)]
    [InlineData("unspecified", null, FlowRuleKind.Unspecified, true)]
    [InlineData("DefaultRule", null, FlowRuleKind.Default, true)]
    [InlineData("Block*", "BlockHighRiskPorts", FlowRuleKind.Unprefixed, true)]
    [InlineData("*", null, FlowRuleKind.Unprefixed, false)]
    public void ShortAndWrittenNamesMatch(string pattern, string? rule, FlowRuleKind kind, bool expected) =>
        Assert.Equal(expected, RuleSet.Parse(["no-such-rule", pattern]).Matches(Groups.Nsg(rule: rule, kind: kind)));

    [Fact]
    public void CutNamesMatchTheirWholeName()
    {
        var whole = new string('r', 60) + "-allow-something-else";
        var cut = Groups.Nsg(rule: whole[..65], kind: FlowRuleKind.User);
        var cutWithPrefix = Groups.Nsg(rule: whole[..(65 - "UserRule_".Length)], kind: FlowRuleKind.User);
        var shorter = Groups.Nsg(rule: whole[..40], kind: FlowRuleKind.User);
        var set = RuleSet.Parse([whole]);
        Assert.True(set.Matches(cut));
        Assert.True(set.Matches(cutWithPrefix));
        Assert.False(set.Matches(shorter));
        Assert.True(RuleSet.Parse(["UserRule_" + whole]).Matches(cutWithPrefix));
    }

    [Fact]
    public void EmptyNamesAreRefused() => Assert.Throws<FormatException>(() => RuleSet.Parse(["a", " "]));
}
