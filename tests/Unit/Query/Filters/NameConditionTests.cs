using System;
using System.Linq;
using System.Text.RegularExpressions;
using NsgFlow.Filtering;
using NsgFlow.Query;
using Xunit;

namespace NsgFlow.Unit.Query;

public class NameConditionTests
{
    private static readonly string[] _pieces = ["a", "B", "-", ".", "*", "?", "[a-c]", "[!b]", "[]x]", "[z-a]", "[!z-a]", "[*]", "`*", "`[", "[", "]", "^", "$", "(", "|", "\\", "+", "{2}", "x1"];
    private static readonly string[] _texts = ["a", "b", "-", ".", "*", "[", "]", "^", "$", "(", "|", "\\", "+", "{2}", "X1", "c", "z", "aa"];

    [Fact]
    public void RegularExpressionsMatchWhatPatternsMatch()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var pattern = new NamePattern(Some(random, _pieces));
            var name = Some(random, _texts);
            var regex = NameConditions.Regex([pattern], "(?is)^", "$");
            Assert.True(
                pattern.Matches(name) == Regex.IsMatch(name, regex.TrimEnd('$') + @"\z", RegexOptions.CultureInvariant),
                $"{pattern} and {regex} differ about {name}");
        }
    }

    [Theory]
    [InlineData("Allow*", "(?is)^(?:Allow.*)$")]
    [InlineData("a?[b-d]", "(?is)^(?:a.[b-d])$")]
    [InlineData("x.y-*", "(?is)^(?:x\\.y\\-.*)$")]
    public void RegularExpressionsAreOfTheSimplestSort(string pattern, string expected) => Assert.Equal(expected, NameConditions.Regex([new NamePattern(pattern)], "(?is)^", "$"));

    [Fact]
    public void NamesWithoutWildcardsAreComparedAsTheyAre()
    {
        Assert.Equal("X in~ (\"a\", \"b*\")", NameConditions.Of([new NamePattern("a"), new NamePattern("b`*")], "X"));
        Assert.Equal("X in~ (\"a\") or X matches regex \"(?is)^(?:b.*|c.)$\"", NameConditions.Of([new NamePattern("b*"), new NamePattern("a"), new NamePattern("c?")], "X"));
        Assert.Equal("false", NameConditions.Of([], "X"));
    }

    [Fact]
    public void RulesAreComparedWithAndWithoutTheirPrefix()
    {
        const string Written = "case(RuleKind == \"Default\", strcat(\"DefaultRule_\", Rule), RuleKind == \"User\", strcat(\"UserRule_\", Rule), RuleKind == \"Platform\", \"PlatformRule\", Rule)";
        Assert.Equal($"(isnotempty(RuleText) and (Rule in~ (\"SSH\") or {Written} in~ (\"SSH\")))", RuleConditions.Of(RuleSet.Parse(["SSH"])));
        Assert.DoesNotContain("startswith", RuleConditions.Of(RuleSet.Parse([new string('r', 53)])), StringComparison.Ordinal);

        // As RuleSet: cut after 65 characters, which the prefix may be among.
        var name = new string('r', 70);
        var cut = RuleConditions.Of(RuleSet.Parse([name]));
        Assert.Contains($"strlen(Rule) == 65 and \"{name}\" startswith Rule", cut, StringComparison.Ordinal);
        Assert.Contains($"strlen({Written}) == 65 and \"{name}\" startswith {Written}", cut, StringComparison.Ordinal);
        Assert.Contains($"strlen({Written}) == 65 and strlen(Rule) < 60 and", RuleConditions.Of(RuleSet.Parse([new string('r', 60)])), StringComparison.Ordinal);
    }

    private static string Some(Random random, string[] pieces) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => pieces[random.Next(pieces.Length)]));
}
