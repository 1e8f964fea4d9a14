using System;
using System.Diagnostics;
using System.Linq;
using NsgFlow.Filtering;
using Xunit;

namespace NsgFlow.Unit.Filtering;

public class NamePatternTests
{
    [Theory]
    [InlineData("aks-*", "AKS-agentpool-nsg", true)]
    [InlineData("aks-*", "my-aks-nsg", false)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("nsg?", "nsg1", true)]
    [InlineData("nsg[0-9]", "nsg7", true)]
    [InlineData("nsg[0-9]", "nsgx", false)]
    [InlineData("[!a]bc", "xbc", true)]
    [InlineData("[!a]bc", "Abc", false)]
    [InlineData("[A-C]*", "bob", true)]
    [InlineData("[a-c]*", "Bob", true)]
    [InlineData("a`*b", "a*b", true)]
    [InlineData("a`*b", "axb", false)]
    [InlineData("a`[b", "a[b", true)]
    [InlineData("a[b", "a[b", true)]
    [InlineData("a[]]", "a]", true)]
    [InlineData("a[-x]", "a-", true)]
    [InlineData("a[`]x]", "a]", true)]
    [InlineData("tail`", "tail`", true)]
    [InlineData("TITLE", "title", true)]
    [InlineData("t\u0131tle", "title", false)]
    public void Matches(string pattern, string name, bool expected) => Assert.Equal(expected, new NamePattern(pattern).Matches(name));

    [Fact]
    public void NullNeverMatches() => Assert.False(new NamePattern("*").Matches(null));

    [Theory]
    [InlineData("aks-*-nsg", null, "aks-")]
    [InlineData("aks`*nsg", "aks*nsg", "aks*nsg")]
    [InlineData("[ab]c", null, "")]
    public void LiteralPartsAreTold(string pattern, string? literal, string prefix)
    {
        Assert.Equal(literal, new NamePattern(pattern).Literal);
        Assert.Equal(prefix, new NamePattern(pattern).LiteralPrefix);
    }

    [Fact]
    public void AgreesWithRecursion()
    {
        var random = new Random(11);
        for (var i = 0; i < 30_000; i++)
        {
            var pattern = Text(random, "ab*?*c", 8);
            var name = Text(random, "abcAB", 9);
            Assert.True(Slow(pattern, name) == new NamePattern(pattern).Matches(name), $"'{pattern}' and '{name}'");
        }
    }

    [Fact]
    public void ManyStarsTakeNoTime()
    {
        var pattern = new NamePattern(string.Concat(Enumerable.Repeat("*a", 200)) + "b");
        var watch = Stopwatch.StartNew();
        Assert.False(pattern.Matches(new string('a', 20_000)));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    private static string Text(Random random, string letters, int most) =>
        new(Enumerable.Range(0, random.Next(most)).Select(_ => letters[random.Next(letters.Length)]).ToArray());

    private static bool Slow(string pattern, string name)
    {
        if (pattern.Length == 0)
        {
            return name.Length == 0;
        }

        return pattern[0] switch
        {
            '*' => Slow(pattern[1..], name) || (name.Length > 0 && Slow(pattern, name[1..])),
            '?' => name.Length > 0 && Slow(pattern[1..], name[1..]),
            _ => name.Length > 0 && char.ToLowerInvariant(name[0]) == char.ToLowerInvariant(pattern[0]) && Slow(pattern[1..], name[1..]),
        };
    }
}
